"""A media session: the place where a call lives, the port to such places, errors of signalling."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from pydantic import BaseModel

from kit.errors import Conflict, Invalid, NotFound, Unavailable
from videocall.recordings.domain import PartState, Party


@dataclass(frozen=True)
class Place:
    """One life of a media node: after a restart its `boot` is another, and no call is open."""

    node: str
    """The node's address for the service."""
    boot: str


@dataclass(frozen=True)
class Session:
    """A call on a media node. `number` grows by one each time the call moves to another place."""

    call_id: UUID
    place: Place
    number: int
    sealed_key: bytes | None
    """The call's data key, sealed by the service; None once it was erased."""


@dataclass(frozen=True)
class Connection:
    """A connection that a media node made: its name there and its description (SDP)."""

    peer: str
    description: str


@dataclass(frozen=True)
class Beginning:
    """The end of standby: what is passed on and recorded from now on, and who sees it."""

    least: dict[Party, int]
    """The first part of each party that counts; those before belong to offers that are over."""
    viewers: tuple[str, ...]


class NothingToSeeYet(Conflict):
    """Nobody has sent a picture that could be shown: ask again when somebody has."""


class NoSuchPeer(NotFound):
    """There is no such connection: ask for another view."""


class BadDescription(Invalid):
    """This is no description of a connection that could be answered."""


@dataclass(eq=False)
class PublishedSince(Conflict):
    """The same party has published from another device or window since."""

    part: int


class MediaUnavailable(Unavailable):
    """No media node takes the call just now; try again in a second."""


class PartReport(BaseModel):
    """A part as its node sees it; a time is the node's, in ms."""

    role: Party
    part: int
    path: str
    state: PartState
    bytes: int
    blocks: int
    head: str
    video_frames: int
    audio_frames: int
    duration_ms: int
    lag_ms: int
    started_at: int | None = None
    """When the part's time line is 0; nodes of old do not say."""
    last_write_at: int | None


class CallReport(BaseModel):
    """A call that is open on a node."""

    call: UUID
    standby: bool = False
    """The call rings: nothing is passed on or recorded; nodes of old have no standby."""
    parts: list[PartReport]


class NodeStatus(BaseModel):
    """The state of a node."""

    boot: str
    at: int
    draining: bool


class NodeReport(NodeStatus):
    """A node with all its calls."""

    node: str = ""
    calls: list[CallReport]

    def age(self, moment: int) -> timedelta:
        """Return how long ago something was, by the node's own clock."""
        return timedelta(milliseconds=self.at - moment)
