"""A sales channel's word about a parcel that it brings itself. Functions return the facts."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from events import Event
from kit.errors import Conflict, Invalid, Refused
from shipping.shipments.domain import Shipment
from shipping.shipments.states import NotPacked, Status
from values.errors import BadValue
from values.moments import CLOCK_TOLERANCE, not_before, not_in_future


@dataclass(eq=False)
class ChannelDoesNotDeliver(Refused):
    """Your contract does not include delivery: we bring this SIM, and report it."""

    hold_id: UUID


class NotYet(Invalid):
    """A parcel cannot have been delivered in the future."""


@dataclass(eq=False)
class BeforePacked(Invalid):
    """A parcel cannot have been delivered before it was packed."""

    packed_at: datetime


@dataclass(eq=False)
class DeliveredOtherwise(Conflict):
    """The delivery was reported already, at another time."""

    delivered_at: datetime


def pack(shipment: Shipment, serial: str, *, now: datetime) -> Event:
    """Believe the channel that packed the SIM it will deliver itself (P2.3)."""
    shipment.must_be_for("CHANNEL")
    if shipment.status is not Status.WITH_CHANNEL:
        shipment.move_to(Status.WITH_CHANNEL)
    return shipment.bind(serial, now=now)


def deliver(shipment: Shipment, at: datetime, *, now: datetime) -> list[Event]:
    """Believe the channel whose courier gave the SIM to the customer (P2.3)."""
    shipment.must_be_for("CHANNEL")
    if shipment.sim_serial is None:
        raise NotPacked(shipment.id)
    at = placed(shipment, at, now=now)
    if shipment.status is Status.DELIVERED:
        said = shipment.delivered_at or at
        if abs(said - at) > CLOCK_TOLERANCE:
            raise DeliveredOtherwise(said)
        return []
    return shipment.deliver(at, now=now)


def placed(shipment: Shipment, at: datetime, *, now: datetime) -> datetime:
    """Refuse a delivery before the packing or after now; another's clock may be a little wrong."""
    follows = shipment.packed_at or shipment.placed_at
    try:
        at = not_in_future(at, now=now)
    except BadValue:
        raise NotYet from None
    try:
        return not_before(at, follows)
    except BadValue:
        raise BeforePacked(follows) from None
