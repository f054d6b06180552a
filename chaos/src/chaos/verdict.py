"""What became of every fact, by its id: nothing is counted that could be compared."""

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
class Traces:
    """What the database says after a run."""

    stated: dict[UUID, tuple[Place, int]]
    effects: Sequence[Any]
    parked: Sequence[Any]
    unsent: int

    @classmethod
    async def read(cls, sessions: async_sessionmaker[AsyncSession]) -> "Traces":
        """Read all of it."""
        async with sessions() as session:
            rows = await session.execute(select(tables.stated))
            stated = {r.event_id: ((r.journey_id, r.topic), r.version) for r in rows}
            effects = await session.execute(
                select(tables.effect).order_by(tables.effect.c.position)
            )
            columns = (parked.c.event_id, parked.c.key, parked.c.state)
            aside = await session.execute(select(*columns).order_by(parked.c.position))
            unsent = await session.scalar(select(func.count()).select_from(outbox))
            return cls(stated, effects.all(), aside.all(), unsent or 0)

    @property
    def at_rest(self) -> bool:
        """Whether nothing will happen any more."""
        dead = {row.key for row in self.parked if row.state == "DEAD"}
        waiting = [r for r in self.parked if r.state != "DEAD" and r.key not in dead]
        return not self.unsent and not waiting and not self.missing(())

    def missing(self, others: Collection[UUID]) -> set[UUID]:
        """List the ids of which there is neither an effect nor a parked record."""
        found = {row.event_id for row in self.effects} | {row.event_id for row in self.parked}
        return {*self.stated, *others} - found

    def out_of_order(self) -> int:
        """Count those that came after a later one of their journey and topic.

        What is parked comes after every effect, in the order in which it will be tried.
        """
        wrong, last = 0, dict[Place, int]()
        for row in self.effects:
            wrong += row.version <= row.last
            place = (row.journey_id, row.topic)
            last[place] = max(row.version, last.get(place, 0))
        for row in self.parked:
            place, version = self.stated.get(row.event_id, ((row.event_id, ""), 1))
            wrong += version <= last.get(place, 0)
            last[place] = max(version, last.get(place, 0))
        return wrong


@dataclass
class Verdict:
    """Each line names something of which there must be none."""

    must_be_none: dict[str, int] = field(default_factory=dict)

    @property
    def holds(self) -> bool:
        """Whether there is none of anything."""
        return not any(self.must_be_none.values())

    @property
    def broken(self) -> str:
        """Say what there should have been none of."""
        return ", ".join(f"{count} {what}" for what, count in self.must_be_none.items() if count)


def judge(
    traces: Traces,
    *,
    acknowledged: Collection[UUID],
    vandalised: Collection[UUID],
    may_be_parked: Collection[UUID],
) -> Verdict:
    """Compare what was stated with what came of it."""
    effects = Counter(row.event_id for row in traces.effects)
    aside = {row.event_id for row in traces.parked}
    expected = {*traces.stated, *vandalised}
    return Verdict(
        {
            "forgotten by the database": len({*acknowledged} - traces.stated.keys()),
            "lost": len(traces.missing(vandalised)),
            "double effects": sum(effects.values()) - len(effects),
            "out of order": traces.out_of_order(),
            "effects also parked": len(effects.keys() & aside),
            "from nowhere": len((effects.keys() | aside) - expected),
            "parked without a reason": _count_others(traces.parked, may_be_parked),
            "still in the outbox": traces.unsent,
        }
    )


def _count_others(rows: Iterable[Any], journeys: Collection[UUID]) -> int:
    keys = set(map(str, journeys))
    return sum(row.key not in keys for row in rows)
