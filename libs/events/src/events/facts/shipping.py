"""The events of the shipping service."""

from typing import Literal

from pydantic import NonNegativeInt

from events.facts.base import Event
from events.facts.vocabulary import HoldId, ReasonCode, ShipmentId, ShopCode
from values.moments import Moment


class ShipmentConfirmed(Event):
    """Staff confirmed the order with a collection address and time (F4.8)."""

    hold_id: HoldId
    shipment_id: ShipmentId
    carrier: str
    """Who brings the parcel, as a code."""


class ShipmentBooked(Event):
    """The carrier took the order and will send a courier (F4.8.2, F4.9)."""

    hold_id: HoldId
    shipment_id: ShipmentId
    carrier: str
    """Who brings the parcel, as a code."""
    tracking_code: str
    """The carrier's name for the parcel, for everybody who asks where it is."""


class CollectionFailed(Event):
    """The courier came for the parcel in vain; the carrier tries again (G23)."""

    hold_id: HoldId
    shipment_id: ShipmentId
    reason_code: ReasonCode


class ShipmentPacked(Event):
    """The blank SIM is in its parcel: from here its serial belongs to this order (F4.12)."""

    hold_id: HoldId
    shipment_id: ShipmentId
    sim_serial: str
    """What is printed on the card; never tied to a number before the connection."""


class ShipmentHandedOver(Event):
    """The courier has the parcel: it cannot be cancelled any more, only refused (F4.13)."""

    hold_id: HoldId
    shipment_id: ShipmentId


class ShipmentDelivered(Event):
    """The customer has the blank SIM (F4.22): activation may start."""

    hold_id: HoldId
    shipment_id: ShipmentId
    delivered_at: Moment
    """When the customer took it, by the carrier's word."""


class DeliveryRefused(Event):
    """The customer did not take the parcel (F4.16): it travels back."""

    hold_id: HoldId
    shipment_id: ShipmentId
    reason_code: ReasonCode


class ShipmentReturned(Event):
    """The refused parcel is back: its serial may be used again, its money goes back (G21)."""

    hold_id: HoldId
    shipment_id: ShipmentId


class ShipmentLost(Event):
    """The carrier lost or damaged the parcel: the order ends (G23)."""

    hold_id: HoldId
    shipment_id: ShipmentId
    reason_code: ReasonCode


class StorePickupReady(Event):
    """The SIM waits for its customer at the store (F4.6)."""

    hold_id: HoldId
    shipment_id: ShipmentId
    store_code: ShopCode
    """The store."""


class StorePickupDone(Event):
    """Store staff gave the SIM with this serial to the customer (F4.7)."""

    hold_id: HoldId
    shipment_id: ShipmentId
    store_code: ShopCode
    """The store."""
    sim_serial: str
    """What is printed on the card; never tied to a number before the connection."""


class ShipmentCancelled(Event):
    """Nothing had left the house: the parcel is stopped, the order may end (F4.11, G18)."""

    hold_id: HoldId
    shipment_id: ShipmentId
    reason_code: ReasonCode | None = None
    """Why, when nobody had asked for it: staff rejected it (G17) or the carrier dropped it."""


class CancelRefused(Event):
    """Too late to cancel: the parcel is with the courier, delivered or gone already (G18)."""

    hold_id: HoldId
    shipment_id: ShipmentId
    reason_code: ReasonCode


class CodCollected(Event):
    """Whoever handed over the parcel took the money for it (F4.20)."""

    hold_id: HoldId
    shipment_id: ShipmentId
    amount_vnd: NonNegativeInt
    """What was taken, VAT included."""
    collected_by: Literal["CARRIER", "COUNTER"]
    """The courier, or store staff."""
    collected_at: Moment
    """When the money was taken."""
