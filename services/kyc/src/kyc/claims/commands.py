"""Claiming a case: one reviewer at a time, for a while, and a supervisor may step in."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Row, case, delete, select
from sqlalchemy.dialects.postgresql import insert

from kit.db import Tx
from kit.errors import Conflict
from kyc.sessions.domain import Session
from kyc.sessions.queries import moved
from kyc.sessions.states import Status
from kyc.tables import claims


@dataclass(eq=False)
class ClaimedByAnother(Conflict):
    """A colleague is working on this case; take another one, or ask a supervisor."""

    claimed_by: UUID
    claimed_at: datetime | None
    claimed_until: datetime


@dataclass(eq=False)
class ClaimItFirst(Conflict):
    """Claim the case before you decide about it; your claim may have run out."""


async def claim(
    tx: Tx, session: Session, reviewer_id: UUID, *, lasts: timedelta, now: datetime
) -> None:
    """Put a case on a reviewer's desk; of many who try, one gets it. Again, it lasts longer."""
    await _check_open(tx, session)
    free = (claims.c.until <= now) | (claims.c.claimed_by == reviewer_id)
    row = {"claimed_by": reviewer_id, "until": now + lasts}
    new = insert(claims).values(session_id=session.id, claimed_at=now, **row)
    # Claimed again by the same reviewer in time: the claim lasts longer, and began when it began.
    again = (claims.c.claimed_by == reviewer_id) & (claims.c.until > now)
    began = case((again, claims.c.claimed_at), else_=now)
    taken = new.on_conflict_do_update(
        index_elements=["session_id"], set_=row | {"claimed_at": began}, where=free
    )
    if (await tx.execute(taken.returning(claims.c.session_id))).one_or_none() is None:
        claimed = select(claims).where(claims.c.session_id == session.id)
        raise _taken((await tx.execute(claimed)).one())


async def take_over(
    tx: Tx, session: Session, supervisor_id: UUID, *, lasts: timedelta, now: datetime
) -> None:
    """Put a case on a supervisor's desk, claimed or not."""
    await _check_open(tx, session)
    row = {"claimed_by": supervisor_id, "claimed_at": now, "until": now + lasts}
    new = insert(claims).values(session_id=session.id, **row)
    await tx.execute(new.on_conflict_do_update(index_elements=["session_id"], set_=row))


async def release(tx: Tx, session: Session, reviewer_id: UUID) -> None:
    """Give a case back, for a colleague to take; said twice, nothing more happens."""
    own = (claims.c.session_id == session.id) & (claims.c.claimed_by == reviewer_id)
    await tx.execute(delete(claims).where(own))


async def check_claimed(tx: Tx, session: Session, reviewer_id: UUID, *, now: datetime) -> None:
    """Refuse a decision by anybody who has not the case on the desk."""
    claim_of = select(claims).where(claims.c.session_id == session.id, claims.c.until > now)
    held = (await tx.execute(claim_of.with_for_update())).one_or_none()
    if held is None:
        raise ClaimItFirst
    if held.claimed_by != reviewer_id:
        raise _taken(held)


async def drop(tx: Tx, session: Session) -> None:
    """Clear the desk: the case is decided."""
    await tx.execute(delete(claims).where(claims.c.session_id == session.id))


def _taken(claim: Row[*tuple[Any, ...]]) -> ClaimedByAnother:
    return ClaimedByAnother(claim.claimed_by, claim.claimed_at, claim.until)


async def _check_open(tx: Tx, session: Session) -> None:
    if session.status is not Status.NEEDS_REVIEW:
        raise await moved(tx, session)
