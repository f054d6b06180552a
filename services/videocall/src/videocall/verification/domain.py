"""The evidence of a call compared with the chain of its events; no key is needed (P5.1, LAW12)."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from videocall.calls.domain import Call
from videocall.calls.states import Status
from videocall.chain.domain import CallEvent, EventKind, Head, broken_event
from videocall.recordings.domain import Part, check_chain

ENDS: Final = {
    Status.APPROVED: EventKind.APPROVED,
    Status.REVOKED: EventKind.REVOKED,
    Status.REJECTED: EventKind.REJECTED,
    Status.RETRY_NEEDED: EventKind.RETRY_NEEDED,
    Status.ABANDONED: EventKind.ABANDONED,
}
"""The event by which a call has come to its status."""
BEGINNINGS: Final = (EventKind.CONSENTED, EventKind.QUEUED)
"""The first event of a call; one that begins otherwise was under way when chains were new."""

Noted = dict[str, list[tuple[int, str]]]
"""For each part of a recording the heads in the chain, each with its number of blocks."""


@dataclass(frozen=True)
class SealedStill:
    """A still as it lies in the database."""

    kind: str
    sha256: str
    sealed: bytes


@dataclass(frozen=True)
class SealedPart:
    """A part of the recording as it lies on its node's disk."""

    part: Part
    sealed: bytes | None
    """None if the node has no such file."""
    unread: bool = False
    """The node does not answer."""

    @property
    def name(self) -> str:
        """Return the part's name within its call."""
        return f"{self.part.role}/{self.part.part}"


@dataclass(frozen=True)
class Report:
    """The outcome of a verification."""

    call_id: UUID
    events: int
    head: str
    """The fingerprint of the last event."""
    sealed: Head | None
    """The end of the chain as it stood at an approval: EvidenceSealed says the same of it."""
    stills: int
    parts: dict[str, int]
    """The blocks of each part of the recording."""
    erased: bool
    """The key is gone: nothing of the call can be opened any more."""
    faults: tuple[str, ...]
    """Pieces that are not as they were: `event 3`, `still FACE …`, `block 12 of AGENT/1`."""
    unread: tuple[str, ...]
    """Parts of the recording whose node does not answer."""

    @property
    def is_intact(self) -> bool:
        """Tell whether every piece was read, and is as it was recorded."""
        return not self.faults and not self.unread


@dataclass(frozen=True)
class Evidence:
    """All that is kept of a call, as it lies at rest."""

    call: Call
    events: Sequence[CallEvent]
    stills: Sequence[SealedStill]
    parts: Sequence[SealedPart]
    erased: bool

    def verify(self) -> Report:
        """Compare every piece with what the chain of events says of it."""
        faults = (*self._events(), *self._decision(), *self._stills(), *self._recording())
        counted = {p.name: check_chain(p.part, p.sealed or b"").blocks for p in self.parts}
        return Report(
            call_id=self.call.id,
            events=len(self.events),
            head=self.events[-1].hash if self.events else "",
            sealed=next(
                (Head(e.seq, e.hash) for e in self.events if e.kind == EventKind.APPROVED), None
            ),
            stills=len(self.stills),
            parts=counted,
            erased=self.erased,
            faults=faults,
            unread=tuple(p.name for p in self.parts if p.unread),
        )

    def _events(self) -> Iterator[str]:
        broken = broken_event(self.call.id, self.events)
        if broken is not None:
            yield f"event {broken}"
        if not self.events:
            yield "event 1"
        end = ENDS.get(self.call.status)
        if self.events and end and not any(event.kind == end for event in self.events):
            yield f"event {len(self.events) + 1}: {end} is missing"

    def _decision(self) -> Iterator[str]:
        for body in self._bodies(EventKind.APPROVED):
            said = (body["sha256"], body["checklist"], body["agent_id"])
            call = self.call
            if said != (call.evidence_sha256, call.checklist, str(call.agent_id)):
                yield "decision"

    def _stills(self) -> Iterator[str]:
        kept: dict[tuple[str, str], list[str]] = {}
        for still in self.stills:
            fingerprint = hashlib.sha256(still.sealed).hexdigest()
            kept.setdefault((still.kind, still.sha256), []).append(fingerprint)
        noted = [(b["kind"], b["sha256"], b) for b in self._bodies(EventKind.STILL_KEPT)]
        emptied = [hashlib.sha256().hexdigest()] if self.erased else []
        for kind, sha256, body in noted:
            fingerprints = kept.get((kind, sha256), [])
            if not fingerprints:
                yield f"still {kind} {sha256}: missing"
            elif body["sealed_sha256"] not in fingerprints and fingerprints != emptied:
                yield f"still {kind} {sha256}"
        if self._is_whole:
            unknown = kept.keys() - {(kind, sha256) for kind, sha256, _ in noted}
            yield from (f"still {k} {s}: not in the chain" for k, s in sorted(unknown))

    def _recording(self) -> Iterator[str]:
        noted = self._heads()
        opened = {f"{b['role']}/{b['part']}" for b in self._bodies(EventKind.MEDIA_OPENED)}
        present = {part.name for part in self.parts}
        yield from (f"{name}: missing" for name in sorted(opened - present))
        if self._is_whole:
            yield from (f"{name}: not in the chain" for name in sorted(present - opened))
        for part in self.parts:
            if part.unread or (part.sealed is None and not part.part.blocks):
                continue
            report = check_chain(part.part, part.sealed or b"", noted.get(part.name, ()))
            if part.sealed is None:
                yield f"{part.name}: the file is missing"
            elif report.broken is not None:
                yield f"block {report.broken} of {part.name}"

    def _heads(self) -> Noted:
        """Collect the heads that stood at the decision, and those at which parts ended."""
        noted: Noted = {}
        for body in self._bodies(EventKind.MEDIA_CLOSED):
            name = f"{body['role']}/{body['part']}"
            noted.setdefault(name, []).append((body["blocks"], body["head"]))
        for body in self._bodies(EventKind.APPROVED):
            for text in body["recordings"]:
                name, blocks, head = text.split(":")
                noted.setdefault(name, []).append((int(blocks), head))
        return noted

    def _bodies(self, kind: EventKind) -> Iterator[dict[str, Any]]:
        """Yield the bodies of the events of a kind that are as they were written."""
        yield from (json.loads(e.body) for e in self.events if e.kind == kind and e.is_intact)

    @property
    def _is_whole(self) -> bool:
        """Tell whether the chain has all of the call's life."""
        return bool(self.events) and self.events[0].kind in BEGINNINGS
