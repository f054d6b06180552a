"""A Kafka client that has lost its broker says so ten times a second; once is enough."""

import logging
import time
from collections.abc import Callable
from typing import Final

QUIET_SECONDS: Final = 30.0
_LOUD: Final = "aiokafka"


class OncePerWhile(logging.Filter):
    """Lets each message of a logger pass once in so many seconds, and counts the rest."""

    def __init__(
        self, seconds: float = QUIET_SECONDS, clock: Callable[[], float] = time.monotonic
    ) -> None:
        super().__init__()
        self._seconds, self._clock = seconds, clock
        self._passed: dict[tuple[str, int, str], float] = {}
        self._held_back: dict[tuple[str, int, str], int] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Decide about one record; those that differ only in their values are one message."""
        message, now = (record.name, record.levelno, str(record.msg)), self._clock()
        if now - self._passed.get(message, float("-inf")) < self._seconds:
            self._held_back[message] = self._held_back.get(message, 0) + 1
            return False
        self._passed[message] = now
        if held_back := self._held_back.pop(message, 0):
            record.msg = f"{record.getMessage()} ({held_back} more like this were not shown)"
            record.args = None
        return True


_filter: Final = OncePerWhile()


def hush() -> None:
    """Quieten every logger of the Kafka client; twice is as good as once."""
    # A filter of a parent does not see what its children say.
    for name in [_LOUD, *logging.root.manager.loggerDict]:
        if name == _LOUD or name.startswith(f"{_LOUD}."):
            logging.getLogger(name).addFilter(_filter)
