"""HTTP: a customer's shipment, and what OSP's staff do about one (flow 4)."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Depends
from pydantic import BaseModel, Field

from events import ReasonCode
from kit import clock
from kit.auth import Caller, Customer, staff
from kit.db import Transaction
from kit.errors import Invalid
from kit.http import problems
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
