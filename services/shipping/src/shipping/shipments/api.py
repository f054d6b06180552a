"""HTTP: a customer's shipment, and what OSP's staff do about one (flow 4)."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel, Field

from events import ReasonCode
from kit import clock
from kit.auth import Caller, Customer, staff
from kit.db import Database, RequestDatabase, Transaction, Tx
from kit.errors import Invalid, ServiceError
from kit.http import Problem, instance_of, problem_of, problems
from shipping.settings import RequestSettings
from shipping.shipments import commands, queries
from shipping.shipments.queries import MyShipment, StaffShipment
from shipping.shipments.states import (
    CodAboveLimit,
    NoSuchShipment,
    NotPacked,
    NotThatWay,
    SerialTaken,
    ShipmentMovedOn,
)
from values.labels import Label
from values.moments import Moment
from values.sim_serials import SimSerial

router = APIRouter(tags=["shipments"])

Osp = Annotated[Caller, Depends(staff("osp_staff", "admin"))]
"""OSP's staff, who pack parcels and hand them to couriers."""


class TooEarly(Invalid):
    """The collection time has to lie in the future."""


class Confirm(BaseModel):
    """Place and time of the collection, and the carrier (F4.8)."""

    collection_address: Annotated[Label, Field(min_length=5)]
    collection_at: Moment
    carrier: Literal["ghn"] = "ghn"

    def in_the_future(self, now: datetime) -> datetime:
        """Refuse a moment that has passed."""
        if self.collection_at <= now:
            raise TooEarly
        return self.collection_at


Chosen = Annotated[list[UUID], Field(min_length=1, max_length=100)]
"""The shipments that were ticked."""


class ConfirmMany(Confirm):
    """Place and time of one collection of many parcels."""

    shipment_ids: Chosen


class HandOverMany(BaseModel):
    """The parcels that one courier takes along."""

    shipment_ids: Chosen


class Outcome(BaseModel):
    """The result of one of many shipments: how it stands now, or why it was refused."""

    shipment_id: UUID
    shipment: StaffShipment | None = None
    problem: Problem | None = None


class Outcomes(BaseModel):
    """A result for each shipment, in the order in which they were named."""

    items: list[Outcome]


class Pack(BaseModel):
    """The serial printed on the blank SIM (F4.12)."""

    sim_serial: SimSerial


class Reject(BaseModel):
    """The reason why the order cannot be sent (G17)."""

    reason_code: ReasonCode


@router.get(
    "/v1/shipments/by-hold/{hold_id}",
    summary="Where is my SIM?",
    responses=problems(NoSuchShipment),
)
async def read_my_shipment(hold_id: UUID, customer: Customer, tx: Transaction) -> MyShipment:
    """Show the caller's own shipment: tab, state and tracking code."""
    return await queries.of_customer(tx, hold_id, customer.subject_id)


@router.post(
    "/v1/staff/shipments/bulk/confirm",
    summary="Confirm many orders",
    responses=problems(TooEarly),
)
async def confirm_shipments(
    body: ConfirmMany,
    caller: Osp,
    db: RequestDatabase,
    settings: RequestSettings,
    request: Request,
) -> Outcomes:
    """Confirm orders for one collection, each in a transaction of its own (F4.8).

    One that is refused says why and holds up no other; the same request again changes nothing.
    """
    now = clock.now()
    at = body.in_the_future(now)

    async def confirm(tx: Tx, shipment_id: UUID) -> None:
        await commands.confirm(
            tx,
            shipment_id,
            caller,
            address=body.collection_address,
            at=at,
            carrier=body.carrier,
            most_cod_vnd=settings.ghn_most_cod_vnd,
            now=now,
        )

    return await _each(db, body.shipment_ids, confirm, instance_of(request))


@router.post("/v1/staff/shipments/bulk/hand-over", summary="Hand many parcels to the courier")
async def hand_over_shipments(
    body: HandOverMany, caller: Osp, db: RequestDatabase, request: Request
) -> Outcomes:
    """Hand parcels to their courier, each in a transaction of its own (F4.13.1)."""

    async def hand_over(tx: Tx, shipment_id: UUID) -> None:
        await commands.hand_over(tx, shipment_id, caller, now=clock.now())

    return await _each(db, body.shipment_ids, hand_over, instance_of(request))


async def _each(
    db: Database,
    shipment_ids: list[UUID],
    work: Callable[[Tx, UUID], Awaitable[None]],
    instance: str,
) -> Outcomes:
    items = []
    for shipment_id in dict.fromkeys(shipment_ids):
        outcome = Outcome(shipment_id=shipment_id)
        try:
            async with db.transaction() as tx:
                await work(tx, shipment_id)
                outcome.shipment = await queries.standing(tx, shipment_id)
        except ServiceError as refusal:
            outcome.problem = problem_of(refusal, instance)
        items.append(outcome)
    return Outcomes(items=items)


@router.post(
    "/v1/staff/shipments/{shipment_id}/confirm",
    summary="Confirm, with collection address and time",
    responses=problems(NoSuchShipment, ShipmentMovedOn, NotThatWay, CodAboveLimit, TooEarly),
)
async def confirm_shipment(
    shipment_id: UUID, body: Confirm, caller: Osp, tx: Transaction, settings: RequestSettings
) -> StaffShipment:
    """Move the order to "Chờ lấy hàng" and book the courier (F4.8)."""
    now = clock.now()
    shipment = await commands.confirm(
        tx,
        shipment_id,
        caller,
        address=body.collection_address,
        at=body.in_the_future(now),
        carrier=body.carrier,
        most_cod_vnd=settings.ghn_most_cod_vnd,
        now=now,
    )
    return await queries.standing(tx, shipment.id)


@router.post(
    "/v1/staff/shipments/{shipment_id}/pack",
    summary="Pack the blank SIM",
    responses=problems(NoSuchShipment, ShipmentMovedOn, NotThatWay, SerialTaken),
)
async def pack_shipment(
    shipment_id: UUID, body: Pack, caller: Osp, tx: Transaction
) -> StaffShipment:
    """Bind the SIM with this serial to the order (F4.12)."""
    shipment = await commands.pack(tx, shipment_id, caller, body.sim_serial, now=clock.now())
    return await queries.standing(tx, shipment.id)


@router.post(
    "/v1/staff/shipments/{shipment_id}/hand-over",
    summary="Hand the parcel to the courier",
    responses=problems(NoSuchShipment, ShipmentMovedOn, NotThatWay, NotPacked),
)
async def hand_over_shipment(shipment_id: UUID, caller: Osp, tx: Transaction) -> StaffShipment:
    """Set "đang giao hàng": from here on it can only be refused (F4.13.1, F4.14)."""
    shipment = await commands.hand_over(tx, shipment_id, caller, now=clock.now())
    return await queries.standing(tx, shipment.id)


@router.post(
    "/v1/staff/shipments/{shipment_id}/reject",
    summary="Reject, with a reason",
    responses=problems(NoSuchShipment, ShipmentMovedOn),
)
async def reject_shipment(
    shipment_id: UUID, body: Reject, caller: Osp, tx: Transaction
) -> StaffShipment:
    """Cancel an order that cannot be sent; its customer is told why (G17)."""
    shipment = await commands.reject(tx, shipment_id, caller, body.reason_code, now=clock.now())
    return await queries.standing(tx, shipment.id)
