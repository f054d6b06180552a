"""Making the root of a day, once, when the day is over."""

from datetime import date, datetime, timedelta

from sqlalchemy import func, insert, select

from kit.clock import VIETNAM
from kit.db import Tx
from videocall.chain.queries import decided, first_decision, heads_of
from videocall.roots.domain import Leaf, Tree, hours_of, newest_over
from videocall.tables import day_leaves, day_roots


async def seal_next_day(tx: Tx, *, now: datetime) -> bool:
    """Make the root of the oldest day that is over and has none; tell whether there was one.

    Days follow each other without a gap from the first decision on, so that a day without calls
    is sealed as such. The caller sees to it that one process at a time does this.
    """
    day = await _next_day(tx)
    if day is None or day > newest_over(now):
        return False
    heads = await heads_of(tx, await decided(tx, *hours_of(day)))
    tree = Tree(day, [Leaf(call_id, head.seq, head.hash) for call_id, head in heads.items()])
    row = {"day": day, "root": tree.root, "calls": len(tree.leaves), "made_at": now}
    await tx.execute(insert(day_roots).values(row))
    if tree.leaves:
        rows = [{"day": day, "place": i} | vars(leaf) for i, leaf in enumerate(tree.leaves)]
        await tx.execute(insert(day_leaves), rows)
    await tx.publish(tree.seal(now=now))
    return True


async def _next_day(tx: Tx) -> date | None:
    newest: date | None = await tx.scalar(select(func.max(day_roots.c.day)))
    if newest:
        return newest + timedelta(days=1)
    first = await first_decision(tx)
    return first.astimezone(VIETNAM).date() if first else None
