"""Opening recordings, and a call's events beside them; nodes are asked in no transaction."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel

from kit.db import Database
from kit.sealing import Sealer
from videocall.calls.domain import Call
from videocall.chain.queries import events_of
from videocall.challenges.queries import ChallengeRecord, all_challenges_of
from videocall.media.commands import key_of
from videocall.media.gateways import MediaPlane
from videocall.media.queries import session_of
from videocall.recordings.domain import NoSuchRecording, PartState, Party
from videocall.recordings.queries import recording_of
from videocall.retention.queries import LegalHoldView, standing_hold
from videocall.verification.domain import Report
from videocall.verification.queries import verify


class PartView(BaseModel):
    """A part of the recording: of one connection of one party."""

    role: Party
    part: int
    state: PartState
    starts_at: datetime | None
    """When its time line is 0; null if nothing was recorded."""
    duration_ms: int
    blocks: int


class EventView(BaseModel):
    """An event of the call's chain."""

    seq: int
    kind: str
    at: datetime
    body: dict[str, Any]


class EvidenceView(BaseModel):
    """All that happened in a call, what was recorded of it, and whether both are unchanged."""

    call_id: UUID
    hold_id: UUID
    intact: bool
    faults: list[str]
    """Pieces that are not as they were recorded."""
    unread: list[str]
    """Parts whose media node does not answer."""
    erased: bool
    legal_hold: LegalHoldView | None
    """Keeps the evidence of the whole journey; null if none stands."""
    head: str
    """The fingerprint of the last event."""
    challenges: list[ChallengeRecord]
    events: list[EventView]
    parts: list[PartView]


@dataclass(frozen=True)
class Playback:
    """Opens recordings for those who may see them."""

    db: Database
    plane: MediaPlane
    sealer: Sealer

    async def verified(self, call_id: UUID) -> Report:
        """Verify a call's evidence."""
        return await verify(self.db, self.plane, call_id)

    async def playable(self, call_id: UUID, role: Party, number: int) -> bytes:
        """Open a part for a player: a WebM file with duration and cues."""
        async with self.db.transaction() as tx:
            session, recording = await session_of(tx, call_id), await recording_of(tx, call_id)
        for part in recording.parts:
            if session and part.blocks and (part.role, part.part) == (role, number):
                return await self.plane.playable(part, key_of(session, self.sealer))
        raise NoSuchRecording

    async def evidence(self, call_id: UUID) -> EvidenceView:
        """Return a call's events and parts, both verified."""
        report = await self.verified(call_id)
        async with self.db.transaction() as tx:
            events, recording = await events_of(tx, call_id), await recording_of(tx, call_id)
            drawn = await all_challenges_of(tx, call_id)
            call = await tx.get_one(Call, call_id)
            legal_hold = await standing_hold(tx, call.hold_id)
        return EvidenceView(
            call_id=call_id,
            hold_id=call.hold_id,
            legal_hold=legal_hold,
            challenges=[ChallengeRecord.model_validate(challenge) for challenge in drawn],
            intact=report.is_intact,
            faults=list(report.faults),
            unread=list(report.unread),
            erased=report.erased,
            head=report.head,
            events=[EventView(seq=e.seq, kind=e.kind, at=e.at, body=_body(e.body)) for e in events],
            parts=[
                PartView(
                    role=part.role,
                    part=part.part,
                    state=part.state,
                    starts_at=part.started_at,
                    duration_ms=part.duration_ms,
                    blocks=part.blocks,
                )
                for part in recording.parts
            ],
        )


def _body(text: str) -> dict[str, Any]:
    """Read an event's body; one that was tampered with may be no JSON any more."""
    try:
        body = json.loads(text)
    except ValueError:
        return {}
    return body if isinstance(body, dict) else {}
