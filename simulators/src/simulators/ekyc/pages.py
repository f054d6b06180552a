"""The latest verifications and the people in the national database."""

from fastapi import APIRouter, Request
from fastapi.responses import Response
from sqlalchemy import select

from simulators.ekyc import store
from simulators.pages import LATEST, page
from simulators.simulation import InSimulation

router = APIRouter(prefix="/ekyc", include_in_schema=False)


@router.get("")
async def verifications(request: Request, simulation: InSimulation) -> Response:
    """Show what was asked and answered."""
    async with simulation.transaction() as tx:
        latest = select(store.Verification).order_by(store.Verification.created_at.desc())
        shown = list(await tx.scalars(latest.limit(LATEST)))
        people = list(await tx.scalars(select(store.Person).limit(LATEST)))
    return page(request, "ekyc", system="ekyc", verifications=shown, people=people)
