"""The events of a call, each bound to the one before by its fingerprint (P5.1, SD.2)."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, Final, Self
from uuid import UUID

from events import EvidenceSealed


class EventKind(StrEnum):
    """The kinds of events in a call's life. Kinds are only ever added."""

    CONSENTED = "CONSENTED"
    """The customer agreed to the call and to its recording."""
    QUEUED = "QUEUED"
    """The customer waits for a team; again when the order was routed to another."""
    ACCEPTED = "ACCEPTED"
    DECLINED = "DECLINED"
    MISSED = "MISSED"
    WITHDRAWN = "WITHDRAWN"
    STARTED = "STARTED"
    """Customer and agent are with each other; again when the customer is back after a drop."""
    DROPPED = "DROPPED"
    MEDIA_OPENED = "MEDIA_OPENED"
    """A party publishes: a part of the recording begins."""
    MEDIA_CLOSED = "MEDIA_CLOSED"
    """A part has ended, with the head of its blocks."""
    CHALLENGES_DRAWN = "CHALLENGES_DRAWN"
    CHALLENGE_SET = "CHALLENGE_SET"
    CHALLENGE_SHOWN = "CHALLENGE_SHOWN"
    """The customer's app has it on the screen."""
    CHALLENGE_JUDGED = "CHALLENGE_JUDGED"
    PHOTO_ASKED = "PHOTO_ASKED"
    STILL_KEPT = "STILL_KEPT"
    STILL_JUDGED = "STILL_JUDGED"
    APPROVED = "APPROVED"
    REJECTED = "REJECTED"
    RETRY_NEEDED = "RETRY_NEEDED"
    ABANDONED = "ABANDONED"
    WATCHED = "WATCHED"
    """A supervisor looks on."""
    WHISPERED = "WHISPERED"
    """A supervisor speaks to the agent alone."""
    JOINED = "JOINED"
    """A supervisor is heard and seen by customer and agent."""
    MOVED = "MOVED"
    """A supervisor lets the call wait for another team."""
    RELEASED = "RELEASED"
    """A supervisor frees a call that goes nowhere."""
    AUDITED = "AUDITED"
    REVOKED = "REVOKED"
    LEGAL_HOLD_PLACED = "LEGAL_HOLD_PLACED"
    """A supervisor has the evidence kept whatever its time."""
    LEGAL_HOLD_LIFTED = "LEGAL_HOLD_LIFTED"
    ERASURE_REFUSED = "ERASURE_REFUSED"
    """The customer asked to be forgotten, and this evidence has to be kept."""
    EXPORTED = "EXPORTED"
    """The evidence was written into files, in the clear."""
    ERASED = "ERASED"
    """The data key was erased: nothing of the call opens any more."""


DECISIONS: Final = (EventKind.APPROVED, EventKind.REJECTED, EventKind.REVOKED)
"""The events that decide a call."""


@dataclass(frozen=True)
class Head:
    """The end of a chain: how many events it has, and the fingerprint (hex) of the last."""

    seq: int
    hash: str

    @classmethod
    def of_none(cls, call_id: UUID) -> Self:
        """Return what the first event of a call is bound to."""
        return cls(0, hashlib.sha256(str(call_id).encode()).hexdigest())

    def seal(
        self, hold_id: UUID, call_id: UUID, sha256: str, recordings: tuple[str, ...], now: datetime
    ) -> EvidenceSealed:
        """Tell others by which fingerprints the proof of an approval is known again (P5.1)."""
        return EvidenceSealed(
            occurred_at=now,
            hold_id=hold_id,
            call_id=call_id,
            sha256=sha256,
            chain_head=self.hash,
            chain_length=self.seq,
            recordings=recordings,
        )


@dataclass(frozen=True, kw_only=True)
class CallEvent:
    """One event of a call. `body` is canonical JSON: ids, codes and fingerprints, no person."""

    call_id: UUID
    seq: int
    kind: str
    at: datetime
    body: str
    prev_hash: str
    hash: str

    @classmethod
    def after(
        cls, last: Head, call_id: UUID, kind: EventKind, body: Mapping[str, Any], *, at: datetime
    ) -> Self:
        """Bind an event to the end of its call's chain."""
        seq, text = last.seq + 1, canonical(body)
        digest = _digest(call_id, seq, kind, at, text, last.hash)
        return cls(
            call_id=call_id,
            seq=seq,
            kind=kind,
            at=at,
            body=text,
            prev_hash=last.hash,
            hash=digest,
        )

    @property
    def is_intact(self) -> bool:
        """Tell whether the event is as it was written."""
        digest = _digest(self.call_id, self.seq, self.kind, self.at, self.body, self.prev_hash)
        return digest == self.hash


def canonical(value: Any) -> str:
    """Return a value as JSON in the one form that is hashed; ids become text."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), default=str)


def broken_event(call_id: UUID, events: Sequence[CallEvent]) -> int | None:
    """Return the number of the first event that is not as it was written, or is missing."""
    last = Head.of_none(call_id)
    for event in events:
        if (event.seq, event.prev_hash) != (last.seq + 1, last.hash) or not event.is_intact:
            return last.seq + 1
        last = Head(event.seq, event.hash)
    return None


def _digest(call_id: UUID, seq: int, kind: str, at: datetime, body: str, prev_hash: str) -> str:
    """Return the SHA-256 (hex) of an event as canonical JSON; its body is that already."""
    moment = at.astimezone(UTC).isoformat()
    text = (
        f'{{"at":"{moment}","body":{body},"call_id":"{call_id}","kind":"{kind}",'
        f'"prev_hash":"{prev_hash}","seq":{seq}}}'
    )
    return hashlib.sha256(text.encode()).hexdigest()
