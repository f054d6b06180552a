"""HTTP: the recording and the events of a call, for auditors and supervisors (P5.1, LAW12)."""

from typing import Annotated, Final
from uuid import UUID

from fastapi import APIRouter, Depends, Header, Path, Response

from kit import clock
from kit.auth import Caller, WrongRole, staff
from kit.db import RequestDatabase
from kit.dependencies import from_app
from kit.http import problems
from videocall.accesses.commands import note_access
from videocall.calls.states import NoSuchCall
from videocall.data_keys.domain import EvidenceErased
from videocall.evidence.queries import REVIEWERS, call_to_look_at
from videocall.media.domain import MediaUnavailable
from videocall.playback.commands import EvidenceView, Playback
from videocall.playback.domain import OutOfRange, Span
from videocall.recordings.domain import NoSuchRecording, Party

router = APIRouter(prefix="/v1/desk/calls", tags=["evidence"])

Reviewer = Annotated[Caller, Depends(staff(*REVIEWERS))]
RequestPlayback = Annotated[Playback, from_app(Playback)]
PartNumber = Annotated[int, Path(ge=1, le=2**31 - 1)]
WEBM: Final = "video/webm"


async def _note_look(db: RequestDatabase, call_id: UUID, reviewer: Caller, what: str) -> None:
    async with db.transaction() as tx:
        call = await call_to_look_at(tx, call_id, reviewer)
        await note_access(tx, call.hold_id, reviewer, what, now=clock.now())


@router.get("/{call_id}/evidence", responses=problems(NoSuchCall, WrongRole))
async def read_evidence(
    call_id: UUID, reviewer: Reviewer, db: RequestDatabase, playback: RequestPlayback
) -> EvidenceView:
    """Show all that happened in a call and was recorded of it, verified at this moment.

    The look is written down.
    """
    await _note_look(db, call_id, reviewer, "EVIDENCE")
    return await playback.evidence(call_id)


@router.get(
    "/{call_id}/recordings/{role}/{part}",
    response_class=Response,
    responses=problems(
        NoSuchCall, NoSuchRecording, EvidenceErased, OutOfRange, MediaUnavailable, WrongRole
    )
    | {200: {"description": "The part, as WebM", "content": {WEBM: {}}}}
    | {206: {"description": "The bytes asked for by Range", "content": {WEBM: {}}}},
)
async def read_recording(
    call_id: UUID,
    role: Party,
    part: PartNumber,
    reviewer: Reviewer,
    db: RequestDatabase,
    playback: RequestPlayback,
    asked: Annotated[str | None, Header(alias="range", max_length=100)] = None,
) -> Response:
    """Play a part of the recording, opened for this look only; the look is written down."""
    await _note_look(db, call_id, reviewer, f"RECORDING:{role}")
    webm = await playback.playable(call_id, role, part)
    headers = {"Cache-Control": "no-store", "Accept-Ranges": "bytes"}
    span = Span.asked(asked, len(webm))
    if span is None:
        return Response(webm, media_type=WEBM, headers=headers)
    headers["Content-Range"] = span.content_range
    return Response(webm[span.first : span.last + 1], 206, headers, WEBM)
