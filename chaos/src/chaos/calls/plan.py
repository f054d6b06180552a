"""The plan of a run: its size and its disturbances, settled before it begins, by its seed alone."""

import random
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

REPLICAS: Final = 2
NODES: Final = 2
FIRST_SECOND: Final = 3.0
"""The time that people have to come before the first disturbance."""
FROZEN_SECONDS: Final = 8.0
"""Longer than a replica's lease of 6 s: its sockets are taken for ended while it stands still."""


class Disturbance(StrEnum):
    """A kind of accident."""

    REPLICA_KILLED = "replica killed"
    REPLICA_FROZEN = "replica frozen"
    """The process stands still and says nothing, as a machine that vanished from the network."""
    NODE_KILLED = "media node killed"
    SOCKETS_CUT = "sockets cut"
    ALL_CUT = "all sockets cut"


@dataclass(frozen=True)
class Scenario:
    """The size of a run."""

    seconds: float = 60.0
    agents: int = 9
    with_cameras: int = 2
    """Agents whose calls have picture and sound of both parties."""
    waiting: int = 40
    """Customers who call at once at the beginning."""
    arriving: int = 60
    """Customers who call during the run."""
    replica_kills: int = 6
    replica_freezes: int = 1
    node_kills: int = 4
    cuts: int = 6
    cuts_of_all: int = 2

    @property
    def customers(self) -> int:
        """Return the number of customers."""
        return self.waiting + self.arriving


@dataclass(frozen=True)
class Planned:
    """One disturbance, so many seconds after the beginning."""

    at: float
    kind: Disturbance
    target: int
    """The number of the replica or node."""
    lasts: float
    """Seconds until a killed process is started again."""


def planned(scenario: Scenario, rng: random.Random) -> list[Planned]:
    """Spread the disturbances of a scenario over its time, in a random order."""
    kinds = [
        *[Disturbance.REPLICA_KILLED] * scenario.replica_kills,
        *[Disturbance.REPLICA_FROZEN] * scenario.replica_freezes,
        *[Disturbance.NODE_KILLED] * scenario.node_kills,
        *[Disturbance.SOCKETS_CUT] * scenario.cuts,
        *[Disturbance.ALL_CUT] * scenario.cuts_of_all,
    ]
    rng.shuffle(kinds)
    share = (scenario.seconds - FIRST_SECOND) / max(1, len(kinds))
    return [
        Planned(
            FIRST_SECOND + (n + rng.random()) * share,
            kind,
            rng.randrange(REPLICAS if kind is not Disturbance.NODE_KILLED else NODES),
            rng.uniform(0.0, 3.0),
        )
        for n, kind in enumerate(kinds)
    ]
