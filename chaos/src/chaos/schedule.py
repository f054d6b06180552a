"""The schedule of signals: settled before the run begins, by its seed alone."""

import random
from dataclasses import dataclass
from typing import Literal

from chaos.scenarios import Scenario

Target = Literal["relay", "consumer", "broker", "database"]
Signal = Literal["SIGKILL", "SIGTERM"]


@dataclass(frozen=True)
class PlannedSignal:
    """One signal to one process, as soon as `at` events are published."""

    at: int
    target: Target
    number: int
    signal: Signal


def planned_signals(scenario: Scenario, rng: random.Random) -> list[PlannedSignal]:
    """Spread the signals of a scenario over its events, in a random order."""
    kinds: list[tuple[Target, int, Signal, int]] = [
        ("relay", scenario.relays, "SIGKILL", scenario.relay_kills),
        ("consumer", scenario.consumers, "SIGKILL", scenario.consumer_kills),
        ("relay", scenario.relays, "SIGTERM", scenario.relay_stops),
        ("consumer", scenario.consumers, "SIGTERM", scenario.consumer_stops),
        ("broker", 1, "SIGKILL", scenario.broker_kills),
        ("database", 1, "SIGKILL", scenario.database_kills),
    ]
    signals = [
        (target, rng.randrange(processes), signal)
        for target, processes, signal, times in kinds
        for _ in range(times)
    ]
    rng.shuffle(signals)
    share = scenario.facts / max(1, len(signals))
    return [
        PlannedSignal(int((i + rng.uniform(0.1, 0.9)) * share), target, number, signal)
        for i, (target, number, signal) in enumerate(signals)
    ]
