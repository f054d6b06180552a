"""HTTP: the evidence that a decision at the connection desk needs; every look is written down."""

from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import APIRouter, Depends, Response

from activation.connections.domain import ClaimItFirst, Officer
from activation.domain import Activation
from activation.evidence import commands, queries
from activation.evidence.queries import DossierView, NoSuchEvidence
from activation.stages import NoSuchActivation
from kit import clock
from kit.auth import Caller, WrongRole, staff
from kit.db import Transaction, Tx
from kit.dependencies import RequestSealer
from kit.http import problems

router = APIRouter(prefix="/v1/desk/{hold_id}", tags=["connection desk"])

SUPERVISOR: Final = "region_manager"
Who = Annotated[Caller, Depends(staff("connection_officer", SUPERVISOR))]
NO_STORE: Final = {"Cache-Control": "no-store"}
LOOK: Final = problems(NoSuchActivation, NoSuchEvidence, ClaimItFirst, WrongRole)


def _picture(media_type: str) -> dict[int | str, dict[str, Any]]:
    return LOOK | {200: {"description": "The picture", "content": {media_type: {}}}}


@router.get("/dossier", responses=LOOK)
async def read_dossier(
    hold_id: UUID, who: Who, tx: Transaction, sealer: RequestSealer, response: Response
) -> DossierView:
    """Show what was signed: the form, the consents, and what they are bound to."""
    activation = await _look(tx, hold_id, who, "DOSSIER")
    response.headers.update(NO_STORE)
    return await queries.dossier_of(tx, activation, sealer=sealer)


@router.get("/signature", response_class=Response, responses=_picture("image/png"))
async def read_signature(
    hold_id: UUID, who: Who, tx: Transaction, sealer: RequestSealer
) -> Response:
    """Show the signature that was drawn (F5a.9, F5b.8)."""
    activation = await _look(tx, hold_id, who, "SIGNATURE")
    picture = await queries.signature_of(tx, activation, sealer=sealer)
    return Response(picture, media_type="image/png", headers=NO_STORE)


@router.get("/sim-photo", response_class=Response, responses=_picture("image/jpeg"))
async def read_sim_photo(
    hold_id: UUID, who: Who, tx: Transaction, sealer: RequestSealer
) -> Response:
    """Show the photo of the SIM that was signed for (F5a.9)."""
    activation = await _look(tx, hold_id, who, "SIM_PHOTO")
    picture = await queries.sim_photo_of(tx, activation, sealer=sealer)
    return Response(picture, media_type="image/jpeg", headers=NO_STORE)


async def _look(tx: Tx, hold_id: UUID, who: Caller, what: str) -> Activation:
    officer = Officer(who.subject_id, who.regions)
    supervises = SUPERVISOR in who.roles
    return await commands.look(tx, hold_id, officer, what, supervises=supervises, now=clock.now())
