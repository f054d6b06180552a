"""The journeys of a run, some of which fail."""

import random
from typing import Final
from uuid import UUID

from chaos.facts import Failure
from chaos.scenarios import Scenario
from events.transport.outbox import SHARDS, shard_of

POISONED_AT: Final = 5
"""The version of a poisoned journey that no handler can process."""


class Journeys:
    """Ids of journeys by their kind of failure. The same seed gives the same ids."""

    def __init__(self, scenario: Scenario, rng: random.Random) -> None:
        names = iter(lambda: UUID(int=rng.getrandbits(128), version=4), None)
        self.ordinary = [next(names) for _ in range(scenario.journeys)]
        self.poisoned = frozenset(self.ordinary[: scenario.poisoned // 2])
        self.flaky = frozenset(self.ordinary[len(self.poisoned) :][: scenario.flaky])
        unread = scenario.poisoned - len(self.poisoned)
        self.unreadable = self.ordinary[len(self.poisoned) + scenario.flaky :][:unread]
        """Journeys under whose key an invalid record is sent."""
        self._neighbours: dict[int, list[UUID]] = {}
        while len(self._neighbours) < SHARDS or any(len(n) < 3 for n in self._neighbours.values()):  # noqa: PLR2004
            name = next(names)
            self._neighbours.setdefault(shard_of(str(name)), []).append(name)

    @property
    def overlapping(self) -> list[UUID]:
        """Journeys of the slow transactions and their neighbours in the shard."""
        return [name for shard in range(SHARDS) for name in self.neighbours(shard)]

    @property
    def may_be_parked(self) -> set[UUID]:
        """Journeys with an event that no attempt can process."""
        return {*self.poisoned, *self.flaky, *self.unreadable}

    def neighbours(self, shard: int) -> tuple[UUID, UUID, UUID]:
        """Return three journeys of a shard."""
        one, two, three = self._neighbours[shard % SHARDS][:3]
        return one, two, three

    def failure_of(self, journey: UUID, version: int) -> Failure:
        """Return how often the handler fails on this version of a journey."""
        if journey in self.poisoned and version == POISONED_AT:
            return "ALWAYS"
        return "SOMETIMES" if journey in self.flaky else "NONE"
