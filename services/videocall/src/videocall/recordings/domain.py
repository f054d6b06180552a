"""A call's recording (LAW09): its parts, the gate of an approval, the chain of its blocks."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

from kit.errors import NotFound

LAG_MS: Final = 1_000
"""A node that is so far behind a sender is starved, and loses packets."""
STARTS_WITHIN: Final = timedelta(seconds=10)
"""The time from a party's offer to the first picture."""


class Party(StrEnum):
    """Those who are seen and heard in a call; a supervisor joins it now and then."""

    CUSTOMER = "CUSTOMER"
    AGENT = "AGENT"
    SUPERVISOR = "SUPERVISOR"

    @property
    def other(self) -> "Party":
        """Return the party whom this one sees."""
        return Party.AGENT if self is Party.CUSTOMER else Party.CUSTOMER


BOTH: Final = (Party.CUSTOMER, Party.AGENT)
"""The parties without whose recording nothing is approved."""


class PartState(StrEnum):
    """The state of a recording part, as its media node last said it."""

    STANDBY = "STANDBY"
    """The call rings: the connection stands, and nothing of it is shown or recorded."""
    DROPPED = "DROPPED"
    """The part was on standby, and never began: there is no recording."""
    STARTING = "STARTING"
    RECORDING = "RECORDING"
    CLOSED = "CLOSED"
    FAILED = "FAILED"
    """The node could not write: the call goes on unrecorded."""
    LOST = "LOST"
    """The node died or does not answer; what is on its disk stays valid to the last block."""


UNBEGUN: Final = (PartState.STANDBY, PartState.DROPPED)
"""States of parts that are no evidence: nothing was recorded."""
PUBLISHING: Final = (PartState.STANDBY, PartState.STARTING, PartState.RECORDING, PartState.FAILED)
"""States in which the party can be seen by the other, or once the call begins."""


class RecordingState(StrEnum):
    """The recording of a call as a whole: the light at the agent's desk."""

    NONE = "NONE"
    STARTING = "STARTING"
    OK = "OK"
    STALLED = "STALLED"


class NoSuchRecording(NotFound):
    """There is no such recording."""


@dataclass(frozen=True, kw_only=True)
class Part:
    """The recording of one connection of one party: a file on the disk of a media node."""

    call_id: UUID
    role: Party
    part: int
    node: str
    state: PartState
    blocks: int
    head: str
    """SHA-256 (hex) at the end of the chain of its blocks."""
    video_frames: int
    duration_ms: int
    lag_ms: int
    begun_at: datetime
    started_at: datetime | None
    """When the first packet arrived: the 0 of its time line."""
    last_write_at: datetime | None

    @property
    def name(self) -> str:
        """Return the name that blocks and chain are bound to."""
        return f"{self.call_id}/{self.role}/{self.part}"

    @property
    def publishes(self) -> bool:
        """Tell whether the party can be seen through this part's connection."""
        return self.state in PUBLISHING

    def grows(self, *, now: datetime, within: timedelta) -> bool:
        """Tell whether the part is being written, and by a node that keeps up with the sender."""
        written = self.last_write_at is not None and now - self.last_write_at <= within
        return self.state is PartState.RECORDING and written and self.lag_ms < LAG_MS

    def starts(self, *, now: datetime) -> bool:
        """Tell whether nothing was written yet, and nothing had to be."""
        in_time = self.state is PartState.STARTING and now - self.begun_at <= STARTS_WITHIN
        return in_time or self.state is PartState.STANDBY


@dataclass(frozen=True)
class RecordedMoment:
    """A moment in the recording of a party: a part, and the ms since its time line began."""

    part: int
    offset_ms: int


@dataclass(frozen=True)
class Recording:
    """The parts of a call, the oldest first."""

    parts: tuple[Part, ...]

    def newest(self, role: Party) -> Part | None:
        """Return the part of a party's present connection, or of the last one."""
        return next((part for part in reversed(self.parts) if part.role is role), None)

    def moment(self, role: Party, *, now: datetime) -> RecordedMoment | None:
        """Return where the present moment lies in a party's recording, if it is being recorded."""
        part = self.newest(role)
        if part is None or part.started_at is None or not part.publishes:
            return None
        passed = max(now - part.started_at, timedelta())
        return RecordedMoment(part.part, passed // timedelta(milliseconds=1))

    @property
    def of_both(self) -> bool:
        """Tell whether both parties have sent a picture."""
        return {part.role for part in self.parts} >= set(BOTH)

    @property
    def heads(self) -> tuple[str, ...]:
        """Return for each part its number of blocks by now, and the head of their chain."""
        return tuple(f"{p.role}/{p.part}:{p.blocks}:{p.head}" for p in self.parts)

    def state(self, *, now: datetime, stalled_after: timedelta) -> RecordingState:
        """Return what the light at the desk shows."""
        newest = [self.newest(role) for role in BOTH]
        if not self.parts:
            return RecordingState.NONE
        if all(part and part.grows(now=now, within=stalled_after) for part in newest):
            return RecordingState.OK
        late = any(
            part and not part.starts(now=now) and not part.grows(now=now, within=stalled_after)
            for part in newest
        )
        return RecordingState.STALLED if late else RecordingState.STARTING

    def lasts(self, shortest: timedelta) -> bool:
        """Tell whether so much of each party was recorded."""
        return all(self._duration(role) >= shortest for role in BOTH)

    def _duration(self, role: Party) -> timedelta:
        return timedelta(milliseconds=sum(p.duration_ms for p in self.parts if p.role is role))


@dataclass(frozen=True)
class ChainReport:
    """The blocks that were found in a sealed file, and the first that is not as it was written."""

    blocks: int
    broken: int | None = None
    """The number of a block, the first is 0; None if the file is the one that was recorded."""


_LENGTH: Final = 4
_LINK: Final = 32


def check_chain(part: Part, sealed: bytes, noted: Sequence[tuple[int, str]] = ()) -> ChainReport:
    """Compare a sealed file with its own chain and with the heads noted while it was made.

    No key is needed. What a dying node wrote of a last block is not counted; blocks that were
    written after a head was noted are. `noted` are more heads, each with its number of blocks.
    """
    heads = [hashlib.sha256(part.name.encode()).digest()]
    for number, (block, link) in enumerate(_blocks(sealed)):
        heads.append(hashlib.sha256(heads[-1] + hashlib.sha256(block).digest()).digest())
        if heads[-1] != link:
            return ChainReport(number, broken=number)
    blocks = len(heads) - 1
    for count, head in ((part.blocks, part.head), *noted):
        if blocks < count:
            return ChainReport(blocks, broken=blocks)
        if count and heads[count].hex() != head:
            return ChainReport(blocks, broken=0)  # written anew as a whole
    return ChainReport(blocks)


def _blocks(sealed: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 0
    while at + _LENGTH <= len(sealed):
        end = at + _LENGTH + int.from_bytes(sealed[at : at + _LENGTH], "big")
        if end + _LINK > len(sealed):
            return
        yield sealed[at:end], sealed[end : end + _LINK]
        at = end + _LINK
