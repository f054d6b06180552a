"""mSale's page: it shows the queue and disturbs it; it never confirms."""

from fastapi import APIRouter, Request
from fastapi.responses import Response
from sqlalchemy import select

from kit import clock
from simulators.msale import esim, store
from simulators.msale.crm import Subscriber
from simulators.pages import LATEST, back_to, page, sent_fields
from simulators.simulation import InSimulation

router = APIRouter(prefix="/msale", include_in_schema=False)


@router.get("")
async def queue(request: Request, simulation: InSimulation) -> Response:
    """Show the queue, the subscribers and the eSIM profiles."""
    async with simulation.transaction() as tx:
        dossiers = select(store.Connection).order_by(store.Connection.created_at.desc())
        subscribers = select(Subscriber).order_by(Subscriber.connected_at.desc())
        profiles = select(esim.Profile).order_by(esim.Profile.number.desc())
        return page(
            request,
            "msale",
            system="msale",
            connections=list(await tx.scalars(dossiers.limit(LATEST))),
            subscribers=list(await tx.scalars(subscribers.limit(LATEST))),
            profiles=list(await tx.scalars(profiles.limit(LATEST))),
        )


@router.post("/{connection_id}/tell-again")
async def tell_again(request: Request, simulation: InSimulation, connection_id: str) -> Response:
    """Report a state again, as mSale does when it has forgotten that it did."""
    async with simulation.transaction() as tx:
        await store.tell(simulation, tx, await store.find(tx, connection_id))
    return back_to(request, "msale")


@router.post("/phone/{matching_id}")
async def phone(request: Request, simulation: InSimulation, matching_id: str) -> Response:
    """Be the customer's phone for a moment (F5b.14)."""
    fields = await sent_fields(request)
    async with simulation.transaction() as tx:
        await esim.report(
            simulation,
            tx,
            matching_id,
            installed=fields.get("result") == "INSTALLED",
            reason_code=fields.get("reason_code", "UNKNOWN"),
            now=clock.now(),
        )
    return back_to(request, "msale")
