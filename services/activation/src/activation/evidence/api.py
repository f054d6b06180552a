"""HTTP: the evidence that a decision at the connection desk needs; every look is written down."""

from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Response

from activation.activations.domain import Activation, Officer
from activation.activations.domain.connecting import ClaimItFirst
from activation.activations.states import NoSuchActivation
from activation.evidence import commands, queries
from activation.evidence.queries import DossierView, NoSuchEvidence
from activation.tables import accesses, activations
from kit import clock
from kit.access_log import AccessPage, Asked, Auditor, accesses_of
from kit.auth import Caller, WrongRole, staff
from kit.db import Transaction, Tx
from kit.dependencies import RequestSealer
from kit.http import problems
from kit.paging import UnknownCursor

router = APIRouter(prefix="/v1/desk/{hold_id}", tags=["connection desk"])
access_log = APIRouter(prefix="/v1/access-log", tags=["audit"])

SUPERVISOR: Final = "region_manager"
RequestOfficer = Annotated[Caller, Depends(staff("connection_officer", SUPERVISOR))]
NO_STORE: Final = {"Cache-Control": "no-store"}
LOOK: Final = problems(NoSuchActivation, NoSuchEvidence, ClaimItFirst, WrongRole)


def _picture(media_type: str) -> dict[int | str, dict[str, Any]]:
    return LOOK | {200: {"description": "The picture", "content": {media_type: {}}}}


@router.get("/dossier", responses=LOOK)
async def read_dossier(
    hold_id: UUID,
    caller: RequestOfficer,
    tx: Transaction,
    sealer: RequestSealer,
    response: Response,
) -> DossierView:
    """Show the signed dossier: the form, the consents, and the facts they are bound to."""
    activation = await _look(tx, hold_id, caller, "DOSSIER")
    response.headers.update(NO_STORE)
    return await queries.dossier_of(tx, activation, sealer=sealer)


@router.get("/signature", response_class=Response, responses=_picture("image/png"))
async def read_signature(
    hold_id: UUID, caller: RequestOfficer, tx: Transaction, sealer: RequestSealer
) -> Response:
    """Show the signature that was drawn (F5a.9, F5b.8)."""
    activation = await _look(tx, hold_id, caller, "SIGNATURE")
    picture = await queries.signature_of(tx, activation, sealer=sealer)
    return Response(picture, media_type="image/png", headers=NO_STORE)


@router.get("/sim-photo", response_class=Response, responses=_picture("image/jpeg"))
async def read_sim_photo(
    hold_id: UUID, caller: RequestOfficer, tx: Transaction, sealer: RequestSealer
) -> Response:
    """Show the photo of the SIM that was signed for (F5a.9)."""
    activation = await _look(tx, hold_id, caller, "SIM_PHOTO")
    picture = await queries.sim_photo_of(tx, activation, sealer=sealer)
    return Response(picture, media_type="image/jpeg", headers=NO_STORE)


async def _look(tx: Tx, hold_id: UUID, caller: Caller, what: str) -> Activation:
    officer = Officer(caller.subject_id, caller.regions)
    supervises = SUPERVISOR in caller.roles
    return await commands.look(tx, hold_id, officer, what, supervises=supervises, now=clock.now())


@access_log.get("", responses=problems(UnknownCursor, WrongRole))
async def read_access_log(
    asked: Annotated[Asked[UUID], Query()], auditor: Auditor, tx: Transaction
) -> AccessPage[UUID]:
    """Show who looked at whose evidence, the newest look first (LAW19)."""
    return await accesses_of(tx, auditor, asked, accesses=accesses, cases=activations)
