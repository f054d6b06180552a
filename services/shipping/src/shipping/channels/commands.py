"""Believing a sales channel about the parcels it brings itself (P2.3)."""

from datetime import datetime
from uuid import UUID

from kit.db import Tx
from kit.replication_lag import missing_hold
from shipping.channels import domain
from shipping.channels.domain import ChannelDoesNotDeliver
from shipping.holds.domain import KnownHold
from shipping.shipments import commands
from shipping.shipments.domain import Shipment
from shipping.shipments.states import NoSuchShipment, SerialTaken, Status


async def pack(tx: Tx, hold_id: UUID, partner_id: UUID, serial: str, *, now: datetime) -> Shipment:
    """Bind the blank SIM that is in the channel's parcel."""
    shipment = await _of_partner(tx, hold_id, partner_id)
    if shipment.sim_serial == serial and shipment.status is not Status.CANCELLED:
        return shipment
    packed = domain.pack(shipment, serial, now=now)
    await tx.flush_or_raise(one_live_shipment_per_serial=SerialTaken(serial))
    await tx.publish(packed)
    return shipment


async def deliver(
    tx: Tx, hold_id: UUID, partner_id: UUID, at: datetime, *, now: datetime
) -> Shipment:
    """Believe that the channel's courier gave it to the customer."""
    shipment = await _of_partner(tx, hold_id, partner_id)
    await tx.publish(*domain.deliver(shipment, at, now=now))
    return shipment


async def _of_partner(tx: Tx, hold_id: UUID, partner_id: UUID) -> Shipment:
    hold = await tx.get(KnownHold, hold_id)
    shipment = await commands.of_hold(tx, hold_id)
    if hold is None or hold.sim is None:
        raise missing_hold(hold_id, NoSuchShipment())
    if hold.partner_id != partner_id or hold.sim == "ESIM":
        raise NoSuchShipment
    if not hold.channel_delivers:
        raise ChannelDoesNotDeliver(hold_id)
    if shipment is None:
        raise missing_hold(hold_id, NoSuchShipment())
    return shipment
