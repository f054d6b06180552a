"""Giving SIMs to customers at a store."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from kit.db import Tx
from shipping.counters import domain
from shipping.shipments import commands
from shipping.shipments.domain import Shipment
from shipping.shipments.states import NoSuchShipment, SerialTaken, Status
from shipping.tables import holds, shipments


@dataclass(frozen=True)
class AtCounter:
    """A hand-over at the counter: scanned hold code and serial, collected money."""

    hold_code: str
    sim_serial: str
    collected_vnd: int


async def make_ready(tx: Tx, shipment_id: UUID, shop_code: str, *, now: datetime) -> Shipment:
    """Tell the customer that the SIM waits (F4.6)."""
    shipment = await _of_store(tx, shipment_id, shop_code)
    if shipment.status is not Status.READY_AT_STORE:
        await tx.publish(domain.make_ready(shipment, now=now))
    return shipment


async def hand_over(tx: Tx, shop_code: str, handed: AtCounter, *, now: datetime) -> Shipment:
    """Give the SIM to the customer who shows the hold code (F4.7, G15)."""
    of_code = select(shipments.c.id).join(holds, holds.c.id == shipments.c.hold_id)
    shipment_id = await tx.scalar(of_code.where(holds.c.hold_code == handed.hold_code))
    if shipment_id is None:
        raise NoSuchShipment
    shipment = await _of_store(tx, shipment_id, shop_code)
    domain.check_money(shipment, handed.collected_vnd)
    if shipment.status is Status.DELIVERED and shipment.sim_serial == handed.sim_serial:
        return shipment
    facts = domain.give(shipment, handed.sim_serial, now=now)
    await tx.flush_or_raise(one_live_shipment_per_serial=SerialTaken(handed.sim_serial))
    await tx.publish(*facts)
    return shipment


async def _of_store(tx: Tx, shipment_id: UUID, shop_code: str) -> Shipment:
    shipment = await commands.get(tx, shipment_id)
    if shipment.delivery != "STORE" or shipment.store_code != shop_code:
        raise NoSuchShipment
    return shipment
