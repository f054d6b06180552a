"""Answers about a customer's choice of delivery."""

from uuid import UUID

from pydantic import BaseModel
from sqlalchemy import select

from events import Region
from kit.db import Tx
from kit.sealing import Sealer
from shipping.deliveries.domain import Delivery, Doorstep, Kind, NoSuchDelivery
from shipping.tables import deliveries
from values.wards import ward_of


class DeliveryView(BaseModel):
    """A customer's own choice."""

    delivery_id: UUID
    hold_id: UUID
    delivery: Kind
    ward_code: str
    region: Region
    store_code: str | None
    recipient: str | None = None
    phone: str | None = None
    street: str | None = None
    note: str | None = None
    delivery_choice: str
    """Signed, for the order service."""


class Address(BaseModel):
    """The address of a parcel, for those who send and carry it."""

    recipient: str
    phone: str
    street: str
    ward: str
    province: str
    note: str | None


def view(delivery: Delivery, sealer: Sealer, slip: str) -> DeliveryView:
    """Show a choice to the customer who made it."""
    doorstep = doorstep_of(delivery, sealer)
    return DeliveryView(
        delivery_id=delivery.id,
        hold_id=delivery.hold_id,
        delivery=delivery.kind,
        ward_code=delivery.ward_code,
        region=delivery.region,
        store_code=delivery.store_code,
        **(doorstep.as_json() if doorstep else {}),
        delivery_choice=slip,
    )


def doorstep_of(delivery: Delivery, sealer: Sealer) -> Doorstep | None:
    """Return recipient and address, unsealed; None for a store."""
    if delivery.doorstep is None:
        return None
    return Doorstep(**sealer.open_json(delivery.doorstep, about=str(delivery.id)))


async def of_customer(tx: Tx, hold_id: UUID, customer_id: UUID) -> Delivery:
    """Return a customer's last choice for a hold of theirs. Raises NoSuchDelivery."""
    own = select(Delivery).where(
        deliveries.c.hold_id == hold_id, deliveries.c.customer_id == customer_id
    )
    delivery = await tx.scalar(own.order_by(deliveries.c.changed_at.desc()).limit(1))
    if delivery is None:
        raise NoSuchDelivery(hold_id)
    return delivery


async def address_of(tx: Tx, delivery_id: UUID | None, sealer: Sealer) -> Address | None:
    """Return a parcel's address; None if its SIM waits at a store or a channel brings it."""
    delivery = await tx.get(Delivery, delivery_id) if delivery_id else None
    doorstep = doorstep_of(delivery, sealer) if delivery else None
    if delivery is None or doorstep is None:
        return None
    ward = ward_of(delivery.ward_code)
    return Address(
        recipient=doorstep.recipient,
        phone=doorstep.phone,
        street=doorstep.street,
        ward=ward.name,
        province=ward.province,
        note=doorstep.note,
    )
