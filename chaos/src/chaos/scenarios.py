"""Scenarios: the length of a run, and how often each kind of process is killed."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Scenario:
    """The size of a run, and the numbers of signals that are spread over its events."""

    facts: int
    facts_per_second: int
    relays: int = 3
    consumers: int = 3
    relay_kills: int = 0
    consumer_kills: int = 0
    relay_stops: int = 0
    consumer_stops: int = 0
    broker_kills: int = 0
    database_kills: int = 0
    journeys: int = 300
    poisoned: int = 0
    """Journeys with an event that no handler can process, or with an invalid record."""
    flaky: int = 0
    """Journeys on which the handler fails now and then."""
    overlaps: int = 0
    """Transactions that stay open while later ones of their shard come and go."""
    settle_seconds: float = 120.0


FULL: Final = Scenario(
    facts=50_000,
    facts_per_second=400,
    relay_kills=20,
    consumer_kills=14,
    relay_stops=4,
    consumer_stops=4,
    broker_kills=2,
    database_kills=1,
    poisoned=12,
    flaky=3,
    overlaps=12,
)
SHORT: Final = Scenario(
    facts=5_000,
    facts_per_second=250,
    relay_kills=3,
    consumer_kills=2,
    relay_stops=1,
    consumer_stops=1,
    broker_kills=1,
    poisoned=4,
    flaky=1,
    overlaps=2,
)
# Relays overtake each other when each has plenty to read of the same few journeys: after an outage.
BUSY: Final = Scenario(
    facts=8_000, facts_per_second=100_000, journeys=20, relay_kills=3, broker_kills=1
)
# The hole is left by the first read after a slow writer has begun, so nobody else may write; and
# one relay does all the reading, so that the reader that left the hole is the one that falls in.
SLOW: Final = Scenario(facts=0, facts_per_second=1, relays=1, consumers=1, journeys=20, overlaps=8)
REPEATED: Final = Scenario(facts=2_000, facts_per_second=250, relay_kills=2, consumer_kills=1)


@dataclass(frozen=True)
class Detection:
    """The scenario that detects a mutation, and the violation that it must show."""

    scenario: Scenario
    violation: str


DETECTED_BY: Final = {
    "skip-locked": Detection(BUSY, "out of order"),
    "watermark-lag": Detection(SLOW, "out of order"),
    "watermark-xmax": Detection(SLOW, "out of order"),
    "no-inbox": Detection(REPEATED, "double effects"),
}
