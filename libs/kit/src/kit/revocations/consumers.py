"""Kafka: every service consumes identity's revocations of access tokens."""

from datetime import timedelta
from typing import Final

from sqlalchemy import Table, func
from sqlalchemy.dialects.postgresql import insert

from events import SessionEnded, StaffChanged
from events.transport import Subscriptions
from kit.db import Tx
from kit.revocations.tables import changed_staff, ended_sessions
from values.moments import CLOCK_TOLERANCE

LONGEST_TOKEN: Final = timedelta(hours=1)
"""The longest life of an access token: after that its revocation is not needed."""


subscriptions: Final = Subscriptions[Tx]("kit")
"""Every service includes them beside its nouns'."""


@subscriptions.on(SessionEnded)
async def refuse_session(ended: SessionEnded, tx: Tx) -> None:
    """Refuse the access tokens of the sign-in."""
    await _forget_old(tx, ended_sessions)
    row = insert(ended_sessions).values(session_id=ended.session_id)
    await tx.execute(row.on_conflict_do_nothing())


@subscriptions.on(StaffChanged)
async def refuse_older_duties(changed: StaffChanged, tx: Tx) -> None:
    """Refuse access tokens that speak of other duties, or of any after a dismissal."""
    await _forget_old(tx, changed_staff)
    row = insert(changed_staff).values(subject_id=changed.subject_id, as_of=changed.occurred_at)
    newest = func.greatest(changed_staff.c.as_of, row.excluded.as_of)
    await tx.execute(
        row.on_conflict_do_update(
            index_elements=["subject_id"], set_={"as_of": newest, "heard_at": func.now()}
        )
    )


async def _forget_old(tx: Tx, table: Table) -> None:
    # By the database's clock: tokens run out by the real one, which `kit.clock` may not be.
    old = func.now() - (LONGEST_TOKEN + CLOCK_TOLERANCE)
    await tx.execute(table.delete().where(table.c.heard_at < old))
