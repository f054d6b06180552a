"""How both ends of a service are: what its readiness and liveness checks ask."""

import time
from dataclasses import dataclass, field
from typing import Final

ALIVE_SECONDS: Final = 60.0


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
