"""Clients of the routes, the facts others tell us, and what came of them."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any
from uuid import UUID

import httpx

from events import (
    ConnectionCompleted,
    Event,
    OrderCancelled,
    OrderPlaced,
    PartnerChanged,
    PaymentConfirmed,
    ShipmentDelivered,
    ShipmentHandedOver,
    ShipmentReturned,
    StorePickupDone,
    StorePickupReady,
)
from events.ids import uuid7
from hold.clocks import commands as clocks
from hold.consumers import subscriptions
from hold.holds.domain import Hold
from hold.holds.states import Status
from kit import clock
from kit.db import Database
from kit.jobs import EachRow, by_clock
from kit.testing import deliver, published

As = Callable[..., Awaitable[httpx.AsyncClient]]
Offer = Callable[..., str]
NUMBER = uuid7()


async def hold(client: httpx.AsyncClient, offer: str, sim: str = "ESIM") -> httpx.Response:
    return await client.post("/v1/holds", json={"offer": offer, "sim": sim})


async def slip(client: httpx.AsyncClient, offer: str, form: dict[str, Any]) -> dict[str, Any]:
    hold_id = (await hold(client, offer)).json()["hold_id"]
    response = await client.put(f"/v1/holds/{hold_id}/registration", json=form)
    assert response.status_code == 200, response.text
    body: dict[str, Any] = response.json()
    return body


async def a_slip(client: httpx.AsyncClient, offer: str, form: dict[str, str]) -> UUID:
    placed = await client.post("/v1/holds", json={"offer": offer, "sim": "ESIM"})
    hold_id = placed.json()["hold_id"]
    await client.put(f"/v1/holds/{hold_id}/registration", json=form)
    return UUID(hold_id)


def paid(hold_id: UUID, at: datetime | None = None, **more: Any) -> PaymentConfirmed:
    return PaymentConfirmed.model_validate(
        {
            "occurred_at": clock.now(),
            "hold_id": hold_id,
            "order_id": uuid7(),
            "payment_id": uuid7(),
            "amount_vnd": 75_000,
            "method": "ONLINE",
            "paid_at": at or clock.now(),
        }
        | more
    )


def ordered(hold_id: UUID, payment: str = "COD", at: datetime | None = None) -> Event:
    return OrderPlaced.model_validate(
        {
            "occurred_at": at or clock.now(),
            "hold_id": hold_id,
            "order_id": uuid7(),
            "customer_id": uuid7(),
            "sim": "PHYSICAL",
            "delivery": "HOME",
            "delivery_id": uuid7(),
            "store_code": None,
            "payment": payment,
            "total_vnd": 75_000,
        }
    )


def cancelled(hold_id: UUID, keep_until: datetime | None = None) -> Event:
    return OrderCancelled(
        occurred_at=clock.now(),
        hold_id=hold_id,
        order_id=uuid7(),
        cancelled_by="CUSTOMER",
        reason_code="CHANGED_MIND",
        refund_due_vnd=0,
        keep_number_until=keep_until,
    )


def connected(hold_id: UUID) -> Event:
    return ConnectionCompleted(
        occurred_at=clock.now(),
        hold_id=hold_id,
        number_id=NUMBER,
        connection_id=uuid7(),
        officer_id=uuid7(),
        connected_at=clock.now(),
    )


def returned(hold_id: UUID) -> Event:
    return ShipmentReturned(occurred_at=clock.now(), hold_id=hold_id, shipment_id=uuid7())


def handed_over(hold_id: UUID) -> Event:
    return ShipmentHandedOver(occurred_at=clock.now(), hold_id=hold_id, shipment_id=uuid7())


def delivered(hold_id: UUID) -> Event:
    now = clock.now()
    return ShipmentDelivered(
        occurred_at=now, hold_id=hold_id, shipment_id=uuid7(), delivered_at=now
    )


def ready_at_store(hold_id: UUID) -> Event:
    return StorePickupReady(
        occurred_at=clock.now(), hold_id=hold_id, shipment_id=uuid7(), store_code="2HCM0002"
    )


def picked_up(hold_id: UUID) -> Event:
    return StorePickupDone(
        occurred_at=clock.now(),
        hold_id=hold_id,
        shipment_id=uuid7(),
        store_code="2HCM0002",
        sim_serial="8984012345678901234",
    )


async def tell(db: Database, *events: Event) -> None:
    await deliver(db, subscriptions, *events)


async def status(db: Database, hold_id: UUID) -> Status:
    async with db.transaction() as tx:
        return (await tx.get_one(Hold, hold_id)).status


async def since_the_slip(db: Database) -> list[str]:
    return (await published(db))[2:]


async def expire(db: Database) -> int:
    return await EachRow("expire", by_clock(clocks.unpaid_too_long), clocks.expire).batch(
        db, clock.now()
    )


def registered(partner_id: UUID, at: datetime | None = None, **terms: Any) -> PartnerChanged:
    return PartnerChanged.model_validate(
        {
            "occurred_at": at or clock.now(),
            "partner_id": partner_id,
            "channel_code": "KV2WEB",
            "kind": "SPECIALISED",
            "region": "KV2",
            "collects_fee": True,
            "delivers": True,
            "own_customers": True,
            "active": True,
        }
        | terms
    )


async def lock(
    client: httpx.AsyncClient, offer: str, sim: str = "PHYSICAL", **more: Any
) -> httpx.Response:
    return await client.post("/v1/partner/locks", json={"offer": offer, "sim": sim} | more)


def sale(hold_id: str, **more: Any) -> dict[str, Any]:
    return {
        "hold_id": hold_id,
        "customer_phone": "0905 123 456",
        "collected_vnd": 75_000,
        "collected_at": clock.now().isoformat(),
        "partner_reference": f"order-{hold_id}",
    } | more


async def sell(client: httpx.AsyncClient, hold_id: str, **more: Any) -> httpx.Response:
    return await client.post("/v1/partner/holds", json=sale(hold_id, **more))
