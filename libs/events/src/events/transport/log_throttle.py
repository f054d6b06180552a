"""A throttle for the Kafka client's log, which repeats itself while there is no broker."""

import logging
import time
from collections.abc import Callable
from typing import Final

THROTTLE_SECONDS: Final = 30.0
_CLIENT: Final = "aiokafka"


class LogThrottle(logging.Filter):
    """A log filter: each message of a logger passes once in so many seconds."""

    def __init__(
        self, seconds: float = THROTTLE_SECONDS, clock: Callable[[], float] = time.monotonic
    ) -> None:
        super().__init__()
        self._seconds, self._clock = seconds, clock
        self._passed: dict[tuple[str, int, str], float] = {}
        self._held_back: dict[tuple[str, int, str], int] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Let a record pass or not; records that differ only in their values are one message."""
        message, now = (record.name, record.levelno, str(record.msg)), self._clock()
        if now - self._passed.get(message, float("-inf")) < self._seconds:
            self._held_back[message] = self._held_back.get(message, 0) + 1
            return False
        self._passed[message] = now
        if held_back := self._held_back.pop(message, 0):
            record.msg = f"{record.getMessage()} ({held_back} more like this were not shown)"
            record.args = None
        return True


_filter: Final = LogThrottle()


def throttle_client_logs() -> None:
    """Throttle every logger of the Kafka client; a second call changes nothing."""
    # A filter of a parent does not see what its children say.
    for name in [_CLIENT, *logging.root.manager.loggerDict]:
        if name == _CLIENT or name.startswith(f"{_CLIENT}."):
            logging.getLogger(name).addFilter(_filter)
