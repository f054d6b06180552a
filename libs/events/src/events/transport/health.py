"""The health of relay and consumer, for the readiness and liveness checks of a service."""

import time
from dataclasses import dataclass, field
from typing import Final, NamedTuple

ALIVE_SECONDS: Final = 60.0


class Parked(NamedTuple):
    """The parked events of one state."""

    size: int = 0
    oldest_age: float = 0.0
    """Age of the oldest, in seconds."""


def nothing_parked() -> dict[str, Parked]:
    """Return zero for every state: a gauge that is not there cannot fall to zero."""
    return {state: Parked() for state in ("FAILING", "WAITING", "QUEUED", "DEAD")}


@dataclass
class Health:
    """Measurements that relay, consumer and timer write, and checks and gauges read."""

    assigned: bool = False
    """Tells that Kafka has assigned partitions to the consumer."""
    beats: dict[str, float] = field(default_factory=dict)
    """By loop, the monotonic time of its last beat."""
    stopped_lanes: set[int] = field(default_factory=set)
    """Lanes in which one event after the other failed; a person has to look."""
    outbox_age_seconds: float = 0.0
    """Age of the oldest event in the outbox: grows while the broker is away."""
    outbox_pending: int = 0
    """Number of events in the outbox."""
    parked: dict[str, Parked] = field(default_factory=nothing_parked)
    """Parked events, by state."""
    lag: dict[tuple[str, int], int] = field(default_factory=dict)
    """By topic and partition, the number of events that are there and not handled."""
    oldest_unhandled: dict[int, float | None] = field(default_factory=dict)
    """By lane, the time of the oldest event that is fetched and not handled."""
    late_rows: int = 0
    """Events that the relay's watermark had passed; there must be none."""

    def beat(self, loop: str) -> None:
        """Note that a loop goes round."""
        self.beats[loop] = time.monotonic()

    def alive(self) -> bool:
        """Tell whether every loop went round within a minute.

        This says nothing about the broker: a restart of the service would not bring that back.
        """
        return all(time.monotonic() - beat < ALIVE_SECONDS for beat in self.beats.values())

    def missing(self) -> list[str]:
        """List the reasons why the service consumes too little; empty when it is ready."""
        wants = [] if self.assigned else ["no partitions assigned"]
        return wants + [f"lane {lane} has stopped" for lane in sorted(self.stopped_lanes)]

    @property
    def ready(self) -> bool:
        """Tells that the service consumes all its events."""
        return not self.missing()
