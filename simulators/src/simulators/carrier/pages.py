"""The shipper's page: parcels to collect and to deliver, with buttons."""

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response
from sqlalchemy import select

from kit import clock
from simulators.carrier import store
from simulators.carrier.statuses import Action
from simulators.pages import LATEST, back_to, page, sent_fields, wants_page
from simulators.simulation import InSimulation

router = APIRouter(prefix="/carrier", tags=["carrier"])


@router.get("/shipper", include_in_schema=False)
async def shipper(request: Request, simulation: InSimulation) -> Response:
    """List parcels, the latest first."""
    async with simulation.transaction() as tx:
        latest = select(store.CarrierOrder).order_by(store.CarrierOrder.created_at.desc())
        orders = list(await tx.scalars(latest.limit(LATEST)))
    return page(request, "shipper", system="carrier", orders=orders)


@router.post("/shipper/{order_code}/{action}", response_model=None)
async def act(
    request: Request, simulation: InSimulation, order_code: str, action: Action
) -> Response | dict[str, Any]:
    """Report what happened to a parcel."""
    fields = await sent_fields(request)
    async with simulation.transaction() as tx:
        order = await store.act(
            simulation,
            tx,
            order_code,
            action,
            reason=fields.get("reason", ""),
            reason_code=fields.get("reason_code", ""),
            now=clock.now(),
        )
    if wants_page(request):
        return back_to(request, "carrier/shipper")
    return {
        "order_code": order.order_code,
        "client_order_code": order.client_order_code,
        "status": order.status,
        "reason": order.reason,
    }
