"""What the shipping service states."""

from typing import Literal
from uuid import UUID

from pydantic import AwareDatetime, NonNegativeInt

from events.base import Event
from events.vocabulary import ReasonCode, ShopCode


class ShipmentConfirmed(Event):
    """Staff confirmed the order with a collection address and time (F4.8)."""

    hold_id: UUID
    shipment_id: UUID
    carrier: str


class ShipmentBooked(Event):
    """The carrier took the order and will send a courier (F4.8.2, F4.9)."""

    hold_id: UUID
    shipment_id: UUID
    carrier: str
    tracking_code: str


class CollectionFailed(Event):
    """The courier came for the parcel in vain; the carrier tries again."""

    hold_id: UUID
    shipment_id: UUID
    reason_code: ReasonCode


class ShipmentPacked(Event):
    """The blank SIM is in its parcel: from here its serial belongs to this order (F4.12)."""

    hold_id: UUID
    shipment_id: UUID
    sim_serial: str


class ShipmentHandedOver(Event):
    """The courier has the parcel: it cannot be cancelled any more, only refused (F4.13)."""

    hold_id: UUID
    shipment_id: UUID


class ShipmentDelivered(Event):
    """The customer has the blank SIM (F4.22): activation may start."""

    hold_id: UUID
    shipment_id: UUID
    delivered_at: AwareDatetime


class DeliveryRefused(Event):
    """The customer did not take the parcel (F4.16): it travels back."""

    hold_id: UUID
    shipment_id: UUID
    reason_code: ReasonCode


class ShipmentReturned(Event):
    """The refused parcel is back and its serial may be used again."""

    hold_id: UUID
    shipment_id: UUID


class ShipmentLost(Event):
    """The carrier lost or damaged the parcel."""

    hold_id: UUID
    shipment_id: UUID
    reason_code: ReasonCode


class StorePickupReady(Event):
    """The SIM waits for its customer at the store (F4.6)."""

    hold_id: UUID
    shipment_id: UUID
    store_code: ShopCode


class StorePickupDone(Event):
    """Store staff gave the SIM with this serial to the customer (F4.7)."""

    hold_id: UUID
    shipment_id: UUID
    store_code: ShopCode
    sim_serial: str


class ShipmentCancelled(Event):
    """Nothing had left the house: the parcel is stopped and the order may be cancelled."""

    hold_id: UUID
    shipment_id: UUID
    reason_code: ReasonCode | None = None
    """Why, when nobody had asked for it: staff rejected it (G17) or the carrier dropped it."""


class CancelRefused(Event):
    """Too late to cancel: the parcel is with the courier, delivered or gone already."""

    hold_id: UUID
    shipment_id: UUID
    reason_code: ReasonCode


class CodCollected(Event):
    """Whoever handed over the parcel took the money for it (F4.20)."""

    hold_id: UUID
    shipment_id: UUID
    amount_vnd: NonNegativeInt
    collected_by: Literal["CARRIER", "COUNTER"]
    collected_at: AwareDatetime
