"""Who is struck when: settled before the run begins, by its seed alone."""

import random
from dataclasses import dataclass
from typing import Literal

from chaos.scenes import Scene

Victim = Literal["relay", "consumer", "broker", "database"]
Signal = Literal["SIGKILL", "SIGTERM"]


@dataclass(frozen=True)
class Blow:
    """One signal to one process, as soon as so many facts are stated."""

    at: int
    victim: Victim
    number: int
    signal: Signal


def blows(scene: Scene, dice: random.Random) -> list[Blow]:
    """Spread the blows of a scene over its facts, in an order that only the dice know."""
    kinds: list[tuple[Victim, int, Signal, int]] = [
        ("relay", scene.relays, "SIGKILL", scene.relay_kills),
        ("consumer", scene.consumers, "SIGKILL", scene.consumer_kills),
        ("relay", scene.relays, "SIGTERM", scene.relay_stops),
        ("consumer", scene.consumers, "SIGTERM", scene.consumer_stops),
        ("broker", 1, "SIGKILL", scene.broker_kills),
        ("database", 1, "SIGKILL", scene.database_kills),
    ]
    hits = [
        (victim, dice.randrange(members), signal)
        for victim, members, signal, times in kinds
        for _ in range(times)
    ]
    dice.shuffle(hits)
    share = scene.facts / max(1, len(hits))
    return [
        Blow(int((i + dice.uniform(0.1, 0.9)) * share), victim, number, signal)
        for i, (victim, number, signal) in enumerate(hits)
    ]
