"""Shipments move by events of other services and by OSP's staff."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from events import OrderPlaced
from kit.auth import Caller
from kit.db import Tx
from shipping.holds.domain import KnownHold
from shipping.shipments.domain import Shipment
from shipping.shipments.gateways import tasks
from shipping.shipments.states import (
    IN_THE_HOUSE,
    WITH_COURIER,
    CodAboveLimit,
    NoSuchShipment,
    SerialTaken,
    ShipmentMovedOn,
    Status,
)
from shipping.tables import shipments

WITH_CARRIER = frozenset({Status.BOOKING, Status.BOOKED, Status.COLLECTION_FAILED})


async def place(tx: Tx, placed: OrderPlaced, hold: KnownHold, *, now: datetime) -> None:
    """Begin a shipment for a physical SIM (F4.1); an eSIM has nothing to ship."""
    if placed.sim == "ESIM" or await of_hold(tx, hold.hold_id):
        return
    tx.add(Shipment.of(placed))
    await tx.flush()
    await catch_up(tx, hold, now=now)


async def catch_up(tx: Tx, hold: KnownHold, *, now: datetime) -> None:
    """Bring the shipment up to date with the hold's events, in any order (F4.2, F4.11)."""
    shipment = await of_hold(tx, hold.hold_id)
    if shipment is None:
        return
    if asked_because := hold.cancel_asked_because:
        hold.cancel_asked_because = None
        await answer_cancel(tx, hold, asked_because, now=now)
    elif because := hold.closed_because:
        await call_off(tx, shipment, because)
    else:
        shipment.begin(paid=hold.paid)


async def answer_cancel(tx: Tx, hold: KnownHold, reason_code: str, *, now: datetime) -> None:
    """Decide a cancellation under the shipment's row lock: the first to commit wins (G18)."""
    shipment = await of_hold(tx, hold.hold_id)
    if shipment is None:
        hold.cancel_asked_because = reason_code
        return
    await _tell_carrier(tx, shipment)
    await tx.publish(shipment.answer_cancel(reason_code, now=now))


async def confirm(
    tx: Tx,
    shipment_id: UUID,
    caller: Caller,
    *,
    address: str,
    at: datetime,
    carrier: str,
    most_cod_vnd: int,
    now: datetime,
) -> Shipment:
    """Confirm the order and book the courier, who is called after the commit (F4.8, F4.8.2)."""
    shipment = await of_staff(tx, shipment_id, caller)
    same = (shipment.collection_address, shipment.collection_at, shipment.carrier)
    again = shipment.refused_because is None and same == (address, at, carrier)
    if shipment.status in WITH_CARRIER and again:
        return shipment
    if shipment.cod_due_vnd > most_cod_vnd:
        raise CodAboveLimit(shipment.cod_due_vnd, most_cod_vnd)
    await tx.publish(shipment.confirm(address, at, carrier, now=now))
    await ask_carrier(tx, "book-shipment", shipment, anew=True)
    return shipment


async def pack(
    tx: Tx, shipment_id: UUID, caller: Caller, serial: str, *, now: datetime
) -> Shipment:
    """Bind a blank SIM to the order (F4.12)."""
    shipment = await of_staff(tx, shipment_id, caller)
    if shipment.sim_serial == serial and shipment.status is not Status.CANCELLED:
        return shipment
    packed = shipment.pack(serial, now=now)
    await tx.flush_or_raise(one_live_shipment_per_serial=SerialTaken(serial))
    await tx.publish(packed)
    return shipment


async def hand_over(tx: Tx, shipment_id: UUID, caller: Caller, *, now: datetime) -> Shipment:
    """Give the parcel to the courier (F4.13); he may have said so himself already."""
    shipment = await of_staff(tx, shipment_id, caller)
    if shipment.status not in WITH_COURIER:
        await tx.publish(shipment.hand_over(now=now))
    return shipment


async def reject(
    tx: Tx, shipment_id: UUID, caller: Caller, reason_code: str, *, now: datetime
) -> Shipment:
    """Refuse an order that cannot be sent: out of stock, a wrong address (G17)."""
    shipment = await of_staff(tx, shipment_id, caller)
    if shipment.status is Status.CANCELLED and shipment.closed_because == reason_code:
        return shipment
    if shipment.status not in IN_THE_HOUSE:
        raise ShipmentMovedOn(shipment.id, shipment.status)
    await _tell_carrier(tx, shipment)
    await tx.publish(shipment.cancel(reason_code, now=now))
    return shipment


async def of_hold(tx: Tx, hold_id: UUID) -> Shipment | None:
    """Lock the shipment of a hold."""
    of_hold_id = select(Shipment).where(shipments.c.hold_id == hold_id).with_for_update()
    return await tx.scalar(of_hold_id.execution_options(populate_existing=True))


async def get(tx: Tx, shipment_id: UUID) -> Shipment:
    """Lock a shipment."""
    shipment = await tx.get(Shipment, shipment_id, with_for_update=True)
    if shipment is None:
        raise NoSuchShipment
    return shipment


async def of_staff(tx: Tx, shipment_id: UUID, caller: Caller) -> Shipment:
    """Lock a shipment of the caller's regions; another region's looks like none at all."""
    shipment = await get(tx, shipment_id)
    hold = await tx.get(KnownHold, shipment.hold_id)
    if not caller.covers(hold.region if hold else None):
        raise NoSuchShipment
    return shipment


async def call_off(tx: Tx, shipment: Shipment, because: str) -> None:
    """Send nothing for a hold that is over, and have back what is on its way (F4.11)."""
    if shipment.status in IN_THE_HOUSE:
        await _tell_carrier(tx, shipment)
        shipment.call_off(because)
    elif shipment.status in WITH_COURIER:
        await ask_carrier(tx, "call-back-parcel", shipment)


async def ask_carrier(tx: Tx, kind: str, shipment: Shipment, *, anew: bool = False) -> None:
    """Note a task at the carrier; staff of the shipment's region see it if it is refused."""
    hold = await tx.get(KnownHold, shipment.hold_id)
    region = hold.region if hold else None
    await tasks.add(tx, kind, ref=shipment.id, region=region, anew=anew)


async def _tell_carrier(tx: Tx, shipment: Shipment) -> None:
    if shipment.status in WITH_CARRIER:
        await ask_carrier(tx, "cancel-at-carrier", shipment)
    if shipment.refused_because:  # its booking leaves the work list: nobody wants it any more
        await ask_carrier(tx, "book-shipment", shipment, anew=True)
