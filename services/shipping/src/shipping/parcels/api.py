"""HTTP: one shipment with its address, and the parcel's label to print."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends
from fastapi.responses import HTMLResponse

from kit.auth import Caller, staff
from kit.db import Transaction
from kit.dependencies import RequestSealer
from kit.http import problems
from shipping.parcels import queries
from shipping.parcels.queries import StaffShipmentDetail
from shipping.shipments.states import NoSuchShipment, NotPacked

router = APIRouter(prefix="/v1/staff/shipments", tags=["shipments"])

Desk = Annotated[Caller, Depends(staff("osp_staff", "region_manager", "admin"))]
"""OSP's staff, and those who answer for a region: they read where a parcel goes."""

Packer = Annotated[Caller, Depends(staff("osp_staff", "admin"))]
"""OSP's staff, who print the label of a parcel."""


@router.get(
    "/{shipment_id}",
    summary="One shipment, with its address",
    responses=problems(NoSuchShipment),
)
async def read_shipment(
    shipment_id: UUID, caller: Desk, tx: Transaction, sealer: RequestSealer
) -> StaffShipmentDetail:
    """Show a shipment to those who pack it, and to those who answer for its region."""
    return await queries.detail(tx, shipment_id, caller, sealer)


@router.get(
    "/{shipment_id}/label",
    summary="Label and leaflet of a parcel",
    response_class=HTMLResponse,
    responses=problems(NoSuchShipment, NotPacked),
)
async def read_label(
    shipment_id: UUID, packer: Packer, tx: Transaction, sealer: RequestSealer
) -> HTMLResponse:
    """Show the label: hold code, serial and instructions (P2.3)."""
    page = await queries.label(tx, shipment_id, packer, sealer)
    return HTMLResponse(page, headers={"Cache-Control": "no-store"})
