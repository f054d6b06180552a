"""Keeping what other services say, and what it does to a session."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from events import ConnectionRejected, VideoCallRejected
from kit.db import Tx
from kyc.journeys.domain import Journey
from kyc.sessions.domain import Session
from kyc.sessions.states import Status
from kyc.tables import journeys, sessions
from kyc.verdicts.domain import Repeat


async def journey_of(tx: Tx, hold_id: UUID) -> Journey:
    """Return what is known of a journey, locked; whatever is heard first makes the row."""
    await tx.execute(insert(journeys).values(hold_id=hold_id).on_conflict_do_nothing())
    return await tx.get_one(Journey, hold_id, with_for_update=True)


async def open_session_of(tx: Tx, hold_id: UUID) -> Session | None:
    """Return the session of a hold that is not closed, locked."""
    its = select(Session).where(sessions.c.hold_id == hold_id, sessions.c.status != Status.CLOSED)
    return (await tx.scalars(its.with_for_update())).one_or_none()


async def reopen(tx: Tx, fact: VideoCallRejected | ConnectionRejected, repeat: Repeat) -> None:
    """Go back to the step that the call or the connection found fault with (G26, G32)."""
    if (session := await open_session_of(tx, fact.hold_id)) is None:
        return
    if isinstance(fact, VideoCallRejected) and fact.attempt is not None:
        session.reopen_attempt(fact.attempt, repeat, fact.reason_code)
    else:
        session.reopen(repeat, fact.reason_code, said_at=fact.occurred_at)


async def close_if_over(tx: Tx, journey: Journey) -> None:
    """End the session of a hold that is gone."""
    if journey.closed and (session := await open_session_of(tx, journey.hold_id)):
        session.close()
