"""Challenges: what only a person who is there, and no recording or mask, can do at once (P5.1).

A call has three: a movement of head or hand, a task with the card, and words to say. They are drawn
by a generator that nobody can foretell, and no set comes twice for the same hold.
"""

import secrets
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from itertools import product
from typing import Final, Literal, Self
from uuid import UUID

from events.ids import uuid7
from kit.errors import Conflict, NotFound
from videocall.recordings.domain import RecordedMoment

Result = Literal["PASS", "FAIL"]


class ChallengeKind(StrEnum):
    """A task that an agent sets; the words for it stand with the clients."""

    TURN_LEFT = "TURN_LEFT"
    TURN_RIGHT = "TURN_RIGHT"
    LOOK_UP = "LOOK_UP"
    HAND_ACROSS = "HAND_ACROSS"
    """Pass a hand slowly across the face."""
    TOUCH_EAR = "TOUCH_EAR"
    SHOW_FINGERS = "SHOW_FINGERS"
    """The detail is the number of fingers."""
    TILT_CARD = "TILT_CARD"
    COVER_CHIP = "COVER_CHIP"
    CARD_TO_CHEEK = "CARD_TO_CHEEK"
    READ_DIGITS = "READ_DIGITS"
    """The detail is four digits, which only the customer's screen and the agent's show."""
    SAY_BIRTH_YEAR = "SAY_BIRTH_YEAR"
    SAY_CARD_DIGITS = "SAY_CARD_DIGITS"
    """Say the last three digits of the card's number by heart."""


Kind = ChallengeKind
POOL: Final = (
    (
        Kind.TURN_LEFT,
        Kind.TURN_RIGHT,
        Kind.LOOK_UP,
        Kind.HAND_ACROSS,
        Kind.TOUCH_EAR,
        Kind.SHOW_FINGERS,
    ),
    (Kind.TILT_CARD, Kind.COVER_CHIP, Kind.CARD_TO_CHEEK),
    (Kind.READ_DIGITS, Kind.SAY_BIRTH_YEAR, Kind.SAY_CARD_DIGITS),
)
"""Of each row a call has one, in any order: 54 sets."""
SETS: Final = tuple(map(frozenset, product(*POOL)))
_dice: Final = secrets.SystemRandom()


def draw(earlier: Collection[frozenset[ChallengeKind]]) -> list[ChallengeKind]:
    """Draw a set unlike all earlier ones while there is one, in an order of its own."""
    fresh = [kinds for kinds in SETS if kinds not in earlier]
    drawn = list(_dice.choice(fresh or SETS))
    _dice.shuffle(drawn)
    return drawn


def detail_of(kind: ChallengeKind) -> str | None:
    """Draw what a task asks for, where it asks for something of its own."""
    if kind is Kind.READ_DIGITS:
        return f"{_dice.randrange(10**4):04d}"
    return str(_dice.randint(2, 5)) if kind is Kind.SHOW_FINGERS else None


@dataclass(kw_only=True, eq=False)
class Challenge:
    """One task of a call: drawn, then set by the agent, shown to the customer, and judged."""

    id: UUID = field(default_factory=uuid7)
    call_id: UUID
    draw: int
    """Counts the draws of a call: the last one counts."""
    place: int
    kind: ChallengeKind
    detail: str | None
    drawn_at: datetime
    issued_at: datetime | None = None
    part: int | None = None
    offset_ms: int | None = None
    """The moment in the customer's recording at which it was set: a part, and how far into it."""
    shown_at: datetime | None = None
    """When the customer's app said that it is on the screen; null if it did not say so."""
    result: Result | None = None
    decided_at: datetime | None = None
    decided_by: UUID | None = None

    @classmethod
    def drawn(
        cls, call_id: UUID, draw: int, place: int, kind: ChallengeKind, *, now: datetime
    ) -> Self:
        """Make a task of a call, and draw what it asks for."""
        return cls(
            call_id=call_id,
            draw=draw,
            place=place,
            kind=kind,
            detail=detail_of(kind),
            drawn_at=now,
        )

    def issue(self, recorded: RecordedMoment | None, *, now: datetime) -> bool:
        """Set the task: the customer sees it from now on; return whether it was not set before.

        `recorded` is this moment in the recording of the customer, if one is being made.
        """
        if self.result:
            raise ChallengeDecided(self.id)
        is_new = self.issued_at is None
        if is_new:
            self.issued_at = now
            if recorded:
                self.part, self.offset_ms = recorded.part, recorded.offset_ms
        return is_new

    def show(self, *, now: datetime) -> bool:
        """Note that the customer has it on the screen; return whether that is new."""
        if self.issued_at is None:
            raise NoSuchChallenge
        is_new = self.shown_at is None and self.result is None
        if is_new:
            self.shown_at = now
        return is_new

    def decide(self, result: Result, agent_id: UUID, *, now: datetime) -> bool:
        """Judge what the customer did, once; return whether it was not judged so before."""
        if (self.result, self.decided_by) == (result, agent_id):
            return False
        if self.result or self.issued_at is None:
            raise ChallengeDecided(self.id)
        self.result, self.decided_by, self.decided_at = result, agent_id, now
        return True


@dataclass(eq=False)
class NoSuchChallenge(NotFound):
    """This challenge is not of this call, or has not been set."""


@dataclass(eq=False)
class ChallengeDecided(Conflict):
    """Set a challenge before you judge it, and judge it once."""

    challenge_id: UUID


@dataclass(eq=False)
class NothingFailed(Conflict):
    """Challenges are drawn anew only after one has failed."""

    call_id: UUID
