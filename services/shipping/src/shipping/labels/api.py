"""HTTP: the parcel's label, to print."""

from uuid import UUID

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from kit.db import Transaction
from kit.dependencies import RequestSealer
from kit.http import problems
from shipping.api import Osp
from shipping.domain import NoSuchShipment, NotPacked
from shipping.labels import queries

router = APIRouter(prefix="/v1/staff/shipments", tags=["shipments"])


@router.get(
    "/{shipment_id}/label",
    summary="Label and leaflet of a parcel",
    response_class=HTMLResponse,
    responses=problems(NoSuchShipment, NotPacked),
)
async def read_label(
    shipment_id: UUID, who: Osp, tx: Transaction, sealer: RequestSealer
) -> HTMLResponse:
    """Show what goes into the parcel: hold code, serial and instructions (P2.3)."""
    page = await queries.label(tx, shipment_id, who, sealer)
    return HTMLResponse(page, headers={"Cache-Control": "no-store"})
