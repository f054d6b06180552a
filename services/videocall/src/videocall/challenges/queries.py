"""Challenges as agents and customers see them."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from pydantic import BaseModel
from sqlalchemy import func, select

from kit.db import Tx
from videocall.challenges.domain import Challenge, ChallengeKind, Result
from videocall.tables import challenges


class ChallengeView(BaseModel, from_attributes=True):
    """A challenge as the agent sees it, also before it is set."""

    id: UUID
    kind: ChallengeKind
    detail: str | None
    """The digits to read or the number of fingers."""
    issued_at: datetime | None
    """When the agent set it: the customer sees it since."""
    shown_at: datetime | None
    """When the customer's app had it on the screen; null if it did not say so."""
    result: Result | None
    decided_at: datetime | None


class ChallengeRecord(BaseModel, from_attributes=True):
    """A challenge as those see it who audit the call: of every draw, set or not."""

    draw: int
    kind: ChallengeKind
    detail: str | None
    issued_at: datetime | None
    part: int | None
    """The part of the customer's recording in which it was set."""
    offset_ms: int | None
    """How far into that part, in ms."""
    result: Result | None
    decided_at: datetime | None


class Prompt(BaseModel, from_attributes=True):
    """The challenge that the customer is to meet now."""

    id: UUID
    kind: ChallengeKind
    detail: str | None


async def challenges_of(tx: Tx, call_id: UUID) -> Sequence[Challenge]:
    """Return the challenges that were drawn last for a call, in their order."""
    last = select(func.max(challenges.c.draw)).where(challenges.c.call_id == call_id)
    drawn = select(Challenge).where(
        challenges.c.call_id == call_id, challenges.c.draw == last.scalar_subquery()
    )
    return (await tx.scalars(drawn.order_by(challenges.c.place))).all()


async def all_challenges_of(tx: Tx, call_id: UUID) -> Sequence[Challenge]:
    """Return the challenges of every draw of a call, in the order in which they came."""
    drawn = select(Challenge).where(challenges.c.call_id == call_id)
    return (await tx.scalars(drawn.order_by(challenges.c.draw, challenges.c.place))).all()


async def prompt_of(tx: Tx, call_id: UUID) -> Prompt | None:
    """Return the challenge that was set last and is not judged yet."""
    waiting = [c for c in await challenges_of(tx, call_id) if c.issued_at and c.result is None]
    newest = max(waiting, key=lambda c: c.issued_at or c.drawn_at, default=None)
    return Prompt.model_validate(newest) if newest else None
