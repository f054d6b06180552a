"""Merkle trees over the heads of a day's calls, as RFC 9162 (part 2.1) builds them (P5.1, SD.2)."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final
from uuid import UUID

from events import EvidenceDaySealed
from kit.clock import VIETNAM
from kit.errors import NotFound
from videocall.chain.domain import CallEvent, broken_event

SEALED_AFTER: Final = timedelta(minutes=10)
"""The time after midnight in which the last parts of recordings come into the chains."""


class NoSuchRoot(NotFound):
    """This day has no root: it is not over yet, or no call had been decided until then."""


def hours_of(day: date) -> tuple[datetime, datetime]:
    """Return the first moment of a day in Vietnam, and the first after it."""
    begins = datetime.combine(day, time(), VIETNAM)
    return begins, datetime.combine(day + timedelta(days=1), time(), VIETNAM)


def newest_over(now: datetime) -> date:
    """Return the newest day that is over for certain, also for transactions that took long."""
    return (now - SEALED_AFTER).astimezone(VIETNAM).date() - timedelta(days=1)


@dataclass(frozen=True)
class Leaf:
    """A call in the tree of a day: the head of its chain when the root was made."""

    call_id: UUID
    seq: int
    hash: str

    @property
    def digest(self) -> bytes:
        """Return the fingerprint that stands in the tree."""
        return hashlib.sha256(b"\0" + f"{self.call_id}:{self.seq}:{self.hash}".encode()).digest()


@dataclass(frozen=True)
class Tree:
    """The calls decided on a day, in the order of their ids."""

    day: date
    leaves: Sequence[Leaf]

    @property
    def root(self) -> str:
        """Return the root (hex); of a day without calls the fingerprint of nothing."""
        return _root([leaf.digest for leaf in self.leaves]).hex()

    def seal(self, *, now: datetime) -> EvidenceDaySealed:
        """Tell others by which root the day's decisions are known again."""
        return EvidenceDaySealed(
            occurred_at=now, day=self.day, root=self.root, calls=len(self.leaves)
        )

    def proof(self, call_id: UUID) -> "Proof":
        """Return what shows without the other calls that a call is in the tree."""
        place = next(i for i, leaf in enumerate(self.leaves) if leaf.call_id == call_id)
        path = _path(place, [leaf.digest for leaf in self.leaves])
        return Proof(self.leaves[place], place, len(self.leaves), tuple(h.hex() for h in path))


@dataclass(frozen=True)
class Proof:
    """A call's place in the tree of a day, and the fingerprints beside its way to the root."""

    leaf: Leaf
    place: int
    """Counted from 0."""
    size: int
    path: tuple[str, ...]
    """The nearest first (hex)."""

    @property
    def root(self) -> str:
        """Return the root to which the way leads (hex)."""
        digest, place, last = self.leaf.digest, self.place, self.size - 1
        for beside in map(bytes.fromhex, self.path):
            if place % 2 or place == last:
                digest = _node(beside, digest)
                while place and place % 2 == 0:
                    place, last = place // 2, last // 2
            else:
                digest = _node(digest, beside)
            place, last = place // 2, last // 2
        return digest.hex()


@dataclass(frozen=True)
class DayReport:
    """The outcome of the verification of a day."""

    day: date
    root: str
    calls: int
    faults: tuple[str, ...]
    """Pieces that are not as they were: `root`, `call …: event 3`, `call …: not in the root`."""


@dataclass(frozen=True)
class SealedDay:
    """A day's root as it is kept, beside what it was made from as that is now."""

    tree: Tree
    root: str
    decided: frozenset[UUID]
    """The calls that were decided on the day."""

    def verify(self, chains: Mapping[UUID, Sequence[CallEvent]]) -> DayReport:
        """Compare root, tree and the chains of its calls."""
        faults = (*self._tree(), *self._chains(chains))
        return DayReport(self.tree.day, self.root, len(self.tree.leaves), faults)

    def _tree(self) -> Iterator[str]:
        if self.tree.root != self.root:
            yield "root"
        for call_id in sorted(self.decided - {leaf.call_id for leaf in self.tree.leaves}):
            yield f"call {call_id}: not in the root"

    def _chains(self, chains: Mapping[UUID, Sequence[CallEvent]]) -> Iterator[str]:
        for leaf in self.tree.leaves:
            events = chains.get(leaf.call_id, ())
            broken = broken_event(leaf.call_id, events)
            if broken is not None:
                yield f"call {leaf.call_id}: event {broken}"
            elif leaf.hash not in [e.hash for e in events if e.seq == leaf.seq]:
                yield f"call {leaf.call_id}: event {leaf.seq} is another than the root has"
            if leaf.call_id not in self.decided:
                yield f"call {leaf.call_id}: not decided on the day"


def _node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\1" + left + right).digest()


def _halves(digests: Sequence[bytes]) -> tuple[Sequence[bytes], Sequence[bytes]]:
    """Split at the greatest power of two that leaves something on the right."""
    at = 1 << (len(digests) - 1).bit_length() - 1
    return digests[:at], digests[at:]


def _root(digests: Sequence[bytes]) -> bytes:
    if not digests:
        return hashlib.sha256().digest()
    if len(digests) == 1:
        return digests[0]
    left, right = _halves(digests)
    return _node(_root(left), _root(right))


def _path(place: int, digests: Sequence[bytes]) -> list[bytes]:
    if len(digests) == 1:
        return []
    left, right = _halves(digests)
    if place < len(left):
        return [*_path(place, left), _root(right)]
    return [*_path(place - len(left), right), _root(left)]
