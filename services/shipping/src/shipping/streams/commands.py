"""Upkeep of the streams: folding counts, and marking what is overdue."""

from datetime import datetime
from typing import Final

from sqlalchemy import and_, delete, func, or_, select, update
from sqlalchemy.dialects.postgresql import insert as upsert

from kit.db import Tx
from shipping.streams.domain import PATIENCE
from shipping.tables import COUNTED, count_changes, counts, shipments

AT_ONCE: Final = 1000


async def fold_counts(tx: Tx) -> int:
    """Add the changes of counts to the counts, and return how many there were.

    Readers sum up both in one snapshot: before and after, the sum is the same.
    """
    await tx.advisory_lock("fold-counts")  # two at once would wait for each other's rows
    taken = delete(count_changes).returning(count_changes).cte("taken")
    summed = select(
        *(taken.c[name] for name in COUNTED), func.sum(taken.c.number).label("number")
    ).group_by(*(taken.c[name] for name in COUNTED))
    fold = upsert(counts).from_select([*COUNTED, "number"], summed)
    fold = fold.on_conflict_do_update(
        index_elements=COUNTED, set_={"number": counts.c.number + fold.excluded.number}
    )
    folded = await tx.execute(fold.returning(counts.c.status))
    return len(folded.all())


async def mark_overdue(tx: Tx, *, now: datetime) -> int:
    """Mark shipments that have stood in a state for too long, and return how many there were."""
    too_long = or_(
        *(
            and_(shipments.c.status == status, shipments.c.since <= now - patience)
            for status, patience in PATIENCE.items()
        )
    )
    due = select(shipments.c.id).where(~shipments.c.overdue, too_long).limit(AT_ONCE)
    chosen = due.with_for_update(skip_locked=True)
    marked = update(shipments).where(shipments.c.id.in_(chosen)).values(overdue=True)
    return len((await tx.execute(marked.returning(shipments.c.id))).all())
