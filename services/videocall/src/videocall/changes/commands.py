"""Marking calls, agents and queues as changed, in the transaction that changes them.

Marks are the last thing that a transaction writes, in the order of their subjects: they wait for
nobody but another commit, and two transactions with the same marks never wait for each other. A
call or an agent whose row changes is marked by itself.
"""

from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from sqlalchemy import delete, inspect, text
from sqlalchemy.event import listens_for
from sqlalchemy.orm import Session, object_session

from events import Region
from kit.db import NOTIFICATIONS, Tx
from videocall.agents.domain import Agent
from videocall.calls.domain import Call
from videocall.calls.states import Status
from videocall.tables import changes

DOORBELL: Final = "videocall_changed"
"""The channel on which each mark is notified after the commit: its subject, a space, its version.

A notification may be lost: listeners compare versions by themselves, too.
"""
MARKS: Final = "marks"
"""The key of a session's `info` under which subjects wait for the commit."""

KEPT: Final = timedelta(days=7)
# A version grows by each mark, and a row that was forgotten meanwhile does not begin again at one.
_MARK: Final = text(
    """
    insert into change (subject, version)
    select subject, cast(extract(epoch from clock_timestamp()) * 1000 as bigint)
    from unnest(cast(:subjects as text[])) as subject
    order by subject
    on conflict (subject) do update set version = greatest(change.version + 1, excluded.version)
    returning subject, version
    """
)


def changed(tx: Tx, *subjects: UUID | Region) -> None:
    """Mark calls and agents, by their ids, or the queues of regions as changed by this transaction.

    Needed for what clients are shown besides the rows `call` and `agent`: stills, recording parts,
    whatever else a document about a call or an agent tells. Those two rows are marked anyway.
    """
    _marks(tx.sync_session).update(map(str, subjects))


async def forget_old_marks(tx: Tx, *, now: datetime) -> None:
    """Forget what was marked last a week ago: whoever still looks at it reads it once more."""
    oldest = int((now - KEPT).timestamp() * 1000)
    await tx.execute(delete(changes).where(changes.c.version < oldest))


def _marks(session: Session) -> set[str]:
    marks: set[str] = session.info.setdefault(MARKS, set())
    return marks


@listens_for(Session, "before_commit")
def _write_marks(session: Session) -> None:
    if session.in_nested_transaction():
        return
    session.flush()
    if marks := session.info.pop(MARKS, None):
        written = session.execute(_MARK, {"subjects": sorted(marks)})
        notes = [(DOORBELL, f"{row.subject} {row.version}") for row in written]
        session.info.setdefault(NOTIFICATIONS, []).extend(notes)


@listens_for(Agent, "after_insert")
@listens_for(Agent, "after_update")
@listens_for(Call, "after_insert")
@listens_for(Call, "after_update")
def _mark_row(_mapper: Any, _connection: Any, row: Agent | Call) -> None:
    session = object_session(row)
    assert session
    _marks(session).add(str(row.id))
    if isinstance(row, Call):
        _marks(session).update(_queues_changed_by(row))


def _queues_changed_by(call: Call) -> set[str]:
    """Return the regions whose queues a call joins, leaves or waits in otherwise than before."""
    attributes = inspect(call).attrs
    statuses, regions = attributes.status.history, attributes.region.history
    if Status.QUEUED not in statuses.sum() or not (statuses.has_changes() or regions.has_changes()):
        return set()
    return set(regions.sum())
