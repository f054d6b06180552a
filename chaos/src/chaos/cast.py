"""The journeys of a run, and what is wrong with some of them."""

import random
from typing import Final
from uuid import UUID

from chaos.facts import Trouble
from chaos.scenes import Scene
from events.transport.outbox import SHARDS, shard_of

POISONED_AT: Final = 5
"""The version of a poisoned journey on which nobody can act."""


class Cast:
    """Journeys by what happens to them. The same seed gives the same ones."""

    def __init__(self, scene: Scene, dice: random.Random) -> None:
        names = iter(lambda: UUID(int=dice.getrandbits(128), version=4), None)
        self.ordinary = [next(names) for _ in range(scene.journeys)]
        self.poisoned = frozenset(self.ordinary[: scene.poisoned // 2])
        self.flaky = frozenset(self.ordinary[len(self.poisoned) :][: scene.flaky])
        unread = scene.poisoned - len(self.poisoned)
        self.unreadable = self.ordinary[len(self.poisoned) + scene.flaky :][:unread]
        """Journeys in whose name a record comes that is no fact."""
        self._neighbours: dict[int, list[UUID]] = {}
        while len(self._neighbours) < SHARDS or any(len(n) < 3 for n in self._neighbours.values()):  # noqa: PLR2004
            name = next(names)
            self._neighbours.setdefault(shard_of(str(name)), []).append(name)

    @property
    def crossing(self) -> list[UUID]:
        """Journeys of the slow transactions and their neighbours."""
        return [name for shard in range(SHARDS) for name in self.neighbours(shard)]

    @property
    def may_be_parked(self) -> set[UUID]:
        """Journeys on which somebody fails for good."""
        return {*self.poisoned, *self.flaky, *self.unreadable}

    def neighbours(self, shard: int) -> tuple[UUID, UUID, UUID]:
        """Name three journeys of a shard."""
        one, two, three = self._neighbours[shard % SHARDS][:3]
        return one, two, three

    def trouble_of(self, journey: UUID, version: int) -> Trouble:
        """Say how whoever acts on this version of a journey will fare."""
        if journey in self.poisoned and version == POISONED_AT:
            return "ALWAYS"
        return "SOMETIMES" if journey in self.flaky else "NONE"
