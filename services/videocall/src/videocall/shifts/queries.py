"""An agent's shift: the state, and the figures of the day in Vietnam's time."""

from datetime import datetime, time

from pydantic import BaseModel
from sqlalchemy import ColumnElement, extract, func, select

from kit.auth import Caller
from kit.clock import VIETNAM
from kit.db import Tx
from videocall.agents.domain import Agent, AgentState, ShownBreakReason
from videocall.calls.states import Status
from videocall.tables import calls


class CallsOfHour(BaseModel):
    """The calls that were answered within one hour of the day."""

    hour: int
    """From 0 to 23, in Vietnam's time."""
    calls: int


class Shift(BaseModel):
    """An agent's state and day; the figures are of calls answered since midnight in Vietnam."""

    state: AgentState
    reason_code: ShownBreakReason | None
    """The reason of a break; MISSED is one that began because a call rang in vain."""
    since: datetime
    next_state: AgentState | None
    """The state chosen for the time after the call that rings or is in hand."""
    next_reason: ShownBreakReason | None
    approved: int
    """Approvals, also those that were revoked later."""
    rejected: int
    undecided: int
    """Calls that ended without a verdict: broken lines, customers who left."""
    average_seconds: int | None
    """The mean time from the answer to the end; null before the first call has ended."""
    hours: list[CallsOfHour]
    """Hours without a call are left out."""


async def shift_of(tx: Tx, agent: Caller, *, now: datetime) -> Shift:
    """Return an agent's state and the figures of the day."""
    midnight = datetime.combine(now.astimezone(VIETNAM).date(), time(), VIETNAM)
    of_today = (calls.c.agent_id == agent.subject_id) & (calls.c.started_at >= midnight)
    took = func.avg(extract("epoch", calls.c.ended_at - calls.c.started_at))
    figures = select(
        _count(calls.c.status.in_((Status.APPROVED, Status.REVOKED))).label("approved"),
        _count(calls.c.status == Status.REJECTED).label("rejected"),
        _count(calls.c.status.in_((Status.RETRY_NEEDED, Status.ABANDONED))).label("undecided"),
        took.label("average"),
    ).where(of_today)
    row = (await tx.execute(figures)).one()
    own = await tx.get_one(Agent, agent.subject_id)
    return Shift(
        state=own.state,
        reason_code=own.reason_code,
        since=own.since,
        next_state=own.next_state,
        next_reason=own.next_reason,
        approved=row.approved,
        rejected=row.rejected,
        undecided=row.undecided,
        average_seconds=None if row.average is None else round(row.average),
        hours=await _hours(tx, of_today),
    )


async def _hours(tx: Tx, of_today: ColumnElement[bool]) -> list[CallsOfHour]:
    local = func.timezone(str(VIETNAM), calls.c.started_at)
    hour = extract("hour", local).label("hour")
    by_hour = select(hour, func.count().label("calls")).where(of_today).group_by(hour)
    rows = await tx.execute(by_hour.order_by(hour))
    return [CallsOfHour(hour=int(row.hour), calls=row.calls) for row in rows]


def _count(criterion: ColumnElement[bool]) -> ColumnElement[int]:
    return func.count().filter(criterion)
