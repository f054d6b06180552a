"""How both ends of a service are: what its readiness and liveness checks ask."""

import time
from dataclasses import dataclass, field
from typing import Final, NamedTuple

ALIVE_SECONDS: Final = 60.0


class Parked(NamedTuple):
    """What is parked in one state."""

    size: int = 0
    oldest_age: float = 0.0
    """How long the oldest has been there, in seconds."""


def nothing_parked() -> dict[str, Parked]:
    """Begin with none in any state: a gauge that is not there cannot fall to zero."""
    return {state: Parked() for state in ("FAILING", "WAITING", "QUEUED", "DEAD")}


@dataclass
class Health:
    """Written by the ends as they work; read by whoever asks."""

    assigned: bool = False
    """Whether Kafka has told the consumer which partitions are its own."""
    beats: dict[str, float] = field(default_factory=dict)
    """When each loop was last seen moving, by the monotonic clock."""
    stopped_lanes: set[int] = field(default_factory=set)
    """Lanes in which one event after the other failed; a person has to look."""
    outbox_age_seconds: float = 0.0
    """How long the oldest fact has waited for the bus: grows while the broker is away."""
    outbox_pending: int = 0
    """How many facts wait for the bus."""
    parked: dict[str, Parked] = field(default_factory=nothing_parked)
    """What could not be handled, by state."""
    lag: dict[tuple[str, int], int] = field(default_factory=dict)
    """By topic and partition, how many events are there and not handled."""
    oldest_unhandled: dict[int, float | None] = field(default_factory=dict)
    """By lane, when the oldest event was stated that is fetched and not handled."""
    late_rows: int = 0
    """Facts that the relay's watermark had passed; there must be none."""

    def beat(self, loop: str) -> None:
        """Say that a loop goes round."""
        self.beats[loop] = time.monotonic()

    def alive(self) -> bool:
        """Tell whether every loop goes round.

        It says nothing about the broker: a restart of the service would not bring that back.
        """
        return all(time.monotonic() - beat < ALIVE_SECONDS for beat in self.beats.values())

    def missing(self) -> list[str]:
        """List what keeps the service from hearing the others; empty when it is ready."""
        wants = [] if self.assigned else ["no partitions assigned"]
        return wants + [f"lane {lane} has stopped" for lane in sorted(self.stopped_lanes)]

    @property
    def ready(self) -> bool:
        """Whether the service hears the others."""
        return not self.missing()
