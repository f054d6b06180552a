"""HTTP: stills of a call (P5.1)."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Response

from kit import clock
from kit.auth import Caller, WrongRole, staff
from kit.db import Transaction
from kit.dependencies import RequestSealer
from kit.http import problems
from kit.images import NotAPicture
from videocall.accesses.commands import note_access
from videocall.agents.commands import AtDesk
from videocall.calls.states import CallMoved, NoSuchCall, NotYourCall, PhotoKind
from videocall.data_keys.domain import EvidenceErased
from videocall.desk.queries import DeskCall, desk_view
from videocall.evidence import queries
from videocall.evidence.queries import REVIEWERS
from videocall.examinations.commands import keep_frame
from videocall.photos.commands import TakeBody

router = APIRouter(prefix="/v1/desk", tags=["evidence"])

Reader = Annotated[Caller, Depends(staff("call_agent", "connection_officer", *REVIEWERS))]
Fingerprint = Annotated[
    str | None, Query(pattern=r"^[0-9a-f]{64}$", description="Which take; the newest without it")
]


@router.post(
    "/calls/{call_id}/photos/{kind}",
    status_code=201,
    responses=problems(NoSuchCall, NotYourCall, CallMoved, NotAPicture, WrongRole),
)
async def keep_frame_of_call(
    call_id: UUID,
    kind: PhotoKind,
    take: TakeBody,
    agent: AtDesk,
    tx: Transaction,
    sealer: RequestSealer,
) -> DeskCall:
    """Keep a frame of the picture that the agent sees, where the customer's app takes no photo."""
    now = clock.now()
    call = await keep_frame(tx, call_id, kind, take, agent=agent, sealer=sealer, now=now)
    return await desk_view(tx, call, now=now)


@router.get(
    "/calls/{call_id}/photos/{kind}",
    response_class=Response,
    responses=problems(NoSuchCall, NotYourCall, EvidenceErased, WrongRole)
    | {200: {"description": "The still", "content": {"image/jpeg": {}}}},
)
async def read_photo(
    call_id: UUID,
    kind: PhotoKind,
    caller: Reader,
    tx: Transaction,
    sealer: RequestSealer,
    sha256: Fingerprint = None,
) -> Response:
    """Show a still, opened for this look only; the look is written down.

    An agent sees the stills of the call in hand; afterwards they are for those who review.
    """
    call = await queries.call_to_look_into(tx, call_id, caller)
    picture = await queries.photo_of(tx, call, kind, sealer, sha256=sha256)
    await note_access(tx, call.hold_id, caller, f"PHOTO:{kind}", now=clock.now())
    return Response(picture, media_type="image/jpeg", headers={"Cache-Control": "no-store"})
