"""Roots of days, and the calls that they were made of."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import select

from kit.db import Tx
from videocall.chain.queries import decided, events_of
from videocall.roots.domain import DayReport, Leaf, NoSuchRoot, SealedDay, Tree, hours_of
from videocall.tables import day_leaves, day_roots


async def tree_of(tx: Tx, day: date) -> Tree:
    """Return the tree that the root of a day was made from."""
    columns = (day_leaves.c.call_id, day_leaves.c.seq, day_leaves.c.hash)
    leaves = select(*columns).where(day_leaves.c.day == day).order_by(day_leaves.c.place)
    return Tree(day, [Leaf(*row) for row in await tx.execute(leaves)])


async def days_of(tx: Tx, call_id: UUID) -> Sequence[date]:
    """Return the days in whose roots a call stands."""
    days = select(day_leaves.c.day).where(day_leaves.c.call_id == call_id)
    return (await tx.scalars(days.order_by(day_leaves.c.day))).all()


async def root_of(tx: Tx, day: date) -> str:
    """Return the root of a day as it is kept."""
    root: str | None = await tx.scalar(select(day_roots.c.root).where(day_roots.c.day == day))
    if root is None:
        raise NoSuchRoot
    return root


async def verify_day(tx: Tx, day: date) -> DayReport:
    """Compare the root of a day with the chains of its calls; no key is needed (P5.1)."""
    root, tree = await root_of(tx, day), await tree_of(tx, day)
    chains = {leaf.call_id: await events_of(tx, leaf.call_id) for leaf in tree.leaves}
    on_day = frozenset(await decided(tx, *hours_of(day)))
    return SealedDay(tree, root, on_day).verify(chains)
