"""Choosing how to receive the SIM."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, delete, select, update

from events import Region
from kit.db import Tx
from kit.sealing import Sealer
from shipping.deliveries.domain import (
    Delivery,
    DeliverySettled,
    Doorstep,
    HoldIsOver,
    Kind,
    NothingToDeliver,
)
from shipping.holds import commands as holds
from shipping.holds.domain import KnownHold
from shipping.shipments.domain import Shipment
from shipping.shipments.states import Status
from shipping.tables import carrier_news, deliveries, shipments


@dataclass(frozen=True)
class Choice:
    """A customer's choice on the screen, already checked."""

    kind: Kind
    ward_code: str
    region: Region
    store_code: str | None = None
    doorstep: Doorstep | None = None


async def choose(
    tx: Tx, sealer: Sealer, hold_id: UUID, customer_id: UUID, choice: Choice, *, now: datetime
) -> Delivery:
    """Keep the choice for a hold, or change it while that is still possible (F3.7 to F3.10)."""
    hold = await holds.of_customer(tx, hold_id, customer_id)
    _check_deliverable(hold)
    new = Delivery(
        hold_id=hold_id,
        customer_id=customer_id,
        kind=choice.kind,
        ward_code=choice.ward_code,
        region=choice.region,
        store_code=choice.store_code,
        doorstep=None,
        changed_at=now,
    )
    if await _replaces(tx, old := await latest(tx, hold_id), new):
        assert old is not None
        new.id = old.id
    if choice.doorstep is not None:
        new.seal(choice.doorstep, sealer)
    return await tx.merge(new)


async def latest(tx: Tx, hold_id: UUID) -> Delivery | None:
    """Return the last choice for a hold, if there is one."""
    of_hold = select(Delivery).where(deliveries.c.hold_id == hold_id)
    return await tx.scalar(of_hold.order_by(deliveries.c.changed_at.desc()).limit(1))


async def forget(tx: Tx, customer_id: UUID) -> None:
    """Forget where a person lives, and what carriers wrote about their parcels."""
    own = deliveries.c.customer_id == customer_id
    shipped = select(shipments.c.id).join(deliveries, deliveries.c.hold_id == shipments.c.hold_id)
    await tx.execute(delete(carrier_news).where(carrier_news.c.shipment_id.in_(shipped.where(own))))
    await tx.execute(update(deliveries).where(own).values(doorstep=None, phone_index=None))


def _check_deliverable(hold: KnownHold) -> None:
    if hold.sim == "ESIM" or hold.channel_delivers:
        raise NothingToDeliver(hold.hold_id)
    if hold.closed_because:
        raise HoldIsOver(hold.hold_id, hold.closed_because)


async def _replaces(tx: Tx, old: Delivery | None, new: Delivery) -> bool:
    of_hold = select(Shipment).where(shipments.c.hold_id == new.hold_id).with_for_update()
    shipment = await tx.scalar(of_hold)
    same_way = old is not None and new.same_way_as(old)
    if shipment is None:
        return same_way
    # An order was placed for the old choice: who is responsible and who collects is agreed, so
    # only the doorstep may still be another.
    early = shipment.status in (Status.WAITING_PAYMENT, Status.PENDING)
    if not (early and same_way and old and old.id == shipment.delivery_id):
        raise DeliverySettled(new.hold_id)
    return True


def without_phone_index() -> Select[UUID]:
    """Select the deliveries that were sealed before their phones were indexed."""
    return select(deliveries.c.id).where(
        deliveries.c.doorstep.is_not(None), deliveries.c.phone_index.is_(None)
    )


async def index_phone(tx: Tx, sealer: Sealer, delivery_id: UUID) -> None:
    """Let a recipient's phone be found."""
    delivery = await tx.get_one(Delivery, delivery_id)
    assert delivery.doorstep is not None
    doorstep = sealer.open_json(delivery.doorstep, about=str(delivery_id))
    delivery.phone_index = sealer.blind_index(doorstep["phone"])
