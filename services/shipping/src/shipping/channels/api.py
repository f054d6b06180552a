"""HTTP: sales channels report the parcels they bring themselves (P2.3)."""

from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel

from kit import clock
from kit.auth import Partner
from kit.db import Transaction
from kit.http import problems
from kit.replication_lag import HoldNotReplicated
from shipping.channels import commands
from shipping.channels.domain import (
    BeforePacked,
    ChannelDoesNotDeliver,
    DeliveredOtherwise,
    NotYet,
)
from shipping.shipments.domain import Shipment
from shipping.shipments.states import (
    LABELS,
    NoSuchShipment,
    NotPacked,
    NotThatWay,
    SerialTaken,
    ShipmentMovedOn,
    Status,
)
from values.moments import Moment
from values.sim_serials import SimSerial

router = APIRouter(prefix="/v1/partner/shipments", tags=["partner"])


class Packed(BaseModel):
    """The serial that is written on the parcel."""

    sim_serial: SimSerial


class Delivered(BaseModel):
    """When the customer got it."""

    delivered_at: Moment


class PartnerShipment(BaseModel):
    """A shipment as its channel sees it."""

    hold_id: UUID
    shipment_id: UUID
    status: Status
    status_label: str
    sim_serial: str | None

    @classmethod
    def of(cls, shipment: Shipment) -> "PartnerShipment":
        """Show where it stands."""
        return cls(
            hold_id=shipment.hold_id,
            shipment_id=shipment.id,
            status=shipment.status,
            status_label=LABELS[shipment.status],
            sim_serial=shipment.sim_serial,
        )


@router.post(
    "/{hold_id}/packed",
    summary="The blank SIM is packed",
    responses=problems(
        NoSuchShipment,
        HoldNotReplicated,
        ShipmentMovedOn,
        ChannelDoesNotDeliver,
        NotThatWay,
        SerialTaken,
    ),
)
async def report_packed(
    hold_id: UUID, body: Packed, partner: Partner, tx: Transaction
) -> PartnerShipment:
    """Bind the serial to the order, so that activation can be checked against it (G37)."""
    shipment = await commands.pack(
        tx, hold_id, partner.subject_id, body.sim_serial, now=clock.now()
    )
    return PartnerShipment.of(shipment)


@router.post(
    "/{hold_id}/delivered",
    summary="The customer has the blank SIM",
    responses=problems(
        NoSuchShipment,
        HoldNotReplicated,
        ShipmentMovedOn,
        ChannelDoesNotDeliver,
        NotThatWay,
        NotPacked,
        NotYet,
        BeforePacked,
        DeliveredOtherwise,
    ),
)
async def report_delivered(
    hold_id: UUID, body: Delivered, partner: Partner, tx: Transaction
) -> PartnerShipment:
    """Let the customer begin to activate."""
    shipment = await commands.deliver(
        tx, hold_id, partner.subject_id, body.delivered_at, now=clock.now()
    )
    return PartnerShipment.of(shipment)
