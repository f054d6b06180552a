"""The latest verifications and the people in the national database."""

from fastapi import APIRouter, Request
from fastapi.responses import Response
from sqlalchemy import select

from simulators.ekyc import state
from simulators.pages import LATEST, page
from simulators.world import Outside

router = APIRouter(prefix="/ekyc", include_in_schema=False)


@router.get("")
async def verifications(request: Request, world: Outside) -> Response:
    """Show what was asked and answered."""
    async with world.transaction() as tx:
        latest = select(state.Verification).order_by(state.Verification.created_at.desc())
        shown = list(await tx.scalars(latest.limit(LATEST)))
        people = list(await tx.scalars(select(state.Person).limit(LATEST)))
    return page(request, "ekyc", system="ekyc", verifications=shown, people=people)
