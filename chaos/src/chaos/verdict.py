"""The verdict: ids of published events are compared with ids of effects and parked events."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from chaos import tables
from events.transport.tables import outbox, parked

Place = tuple[UUID, str]


@dataclass(frozen=True)
class Outcome:
    """The rows of the database after a run."""

    published: dict[UUID, tuple[Place, int]]
    effects: Sequence[Any]
    parked: Sequence[Any]
    unsent: int

    @classmethod
    async def read(cls, sessions: async_sessionmaker[AsyncSession]) -> "Outcome":
        """Read all of it."""
        async with sessions() as session:
            rows = await session.execute(select(tables.published))
            published = {r.event_id: ((r.journey_id, r.topic), r.version) for r in rows}
            effects = await session.execute(
                select(tables.effect).order_by(tables.effect.c.position)
            )
            columns = (parked.c.event_id, parked.c.key, parked.c.state)
            aside = await session.execute(select(*columns).order_by(parked.c.position))
            unsent = await session.scalar(select(func.count()).select_from(outbox))
            return cls(published, effects.all(), aside.all(), unsent or 0)

    @property
    def settled(self) -> bool:
        """Whether no row will change any more."""
        dead = {row.key for row in self.parked if row.state == "DEAD"}
        waiting = [r for r in self.parked if r.state != "DEAD" and r.key not in dead]
        return not self.unsent and not waiting and not self.missing(())

    def missing(self, others: Collection[UUID]) -> set[UUID]:
        """Return the ids that have neither an effect nor a parked row."""
        accounted = {row.event_id for row in self.effects} | {row.event_id for row in self.parked}
        return {*self.published, *others} - accounted

    def out_of_order(self) -> int:
        """Count the events that came after a later one of their journey and topic.

        Parked events come after every effect, in the order in which they will be retried.
        """
        wrong, last = 0, dict[Place, int]()
        for row in self.effects:
            wrong += row.version <= row.last
            place = (row.journey_id, row.topic)
            last[place] = max(row.version, last.get(place, 0))
        for row in self.parked:
            place, version = self.published.get(row.event_id, ((row.event_id, ""), 1))
            wrong += version <= last.get(place, 0)
            last[place] = max(version, last.get(place, 0))
        return wrong


@dataclass
class Verdict:
    """Counts of violations by kind; each must be zero."""

    violations: dict[str, int] = field(default_factory=dict)

    @property
    def holds(self) -> bool:
        """Whether there is no violation."""
        return not any(self.violations.values())

    @property
    def broken(self) -> str:
        """The violations in words."""
        return ", ".join(f"{count} {name}" for name, count in self.violations.items() if count)


def judge(
    outcome: Outcome,
    *,
    acknowledged: Collection[UUID],
    invalid: Collection[UUID],
    may_be_parked: Collection[UUID],
) -> Verdict:
    """Compare the published events with their effects."""
    effects = Counter(row.event_id for row in outcome.effects)
    aside = {row.event_id for row in outcome.parked}
    expected = {*outcome.published, *invalid}
    return Verdict(
        {
            "forgotten by the database": len({*acknowledged} - outcome.published.keys()),
            "lost": len(outcome.missing(invalid)),
            "double effects": sum(effects.values()) - len(effects),
            "out of order": outcome.out_of_order(),
            "effects also parked": len(effects.keys() & aside),
            "from nowhere": len((effects.keys() | aside) - expected),
            "parked without a reason": _count_others(outcome.parked, may_be_parked),
            "still in the outbox": outcome.unsent,
        }
    )


def _count_others(rows: Iterable[Any], journeys: Collection[UUID]) -> int:
    keys = set(map(str, journeys))
    return sum(row.key not in keys for row in rows)
