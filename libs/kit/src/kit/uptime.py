"""The uptime of a process: since when it has worked, and reached its database, without a gap."""

from collections.abc import Callable
from datetime import datetime
from time import monotonic
from typing import Final

STANDSTILL_SECONDS: Final = 6.0
"""A process that has done nothing for so long stood still, or had no database."""


class Uptime:
    """The time in which a process could hear its clients: since its start, or its last standstill.

    Nobody is called silent for a time in which the service was away: when a database comes back
    after half a minute, everybody was last heard of before.
    """

    def __init__(self, since: datetime, seconds: Callable[[], float] = monotonic) -> None:
        self._since, self._seconds = since, seconds
        self._noted = seconds()

    def note(self, now: datetime) -> None:
        """Note that the process works, and reaches its database."""
        if not self._goes_on:
            self._since = now
        self._noted = self._seconds()

    def covers(self, moment: datetime) -> bool:
        """Tell whether the process could hear clients from a moment until now."""
        return self._goes_on and self._since <= moment

    @property
    def _goes_on(self) -> bool:
        return self._seconds() - self._noted <= STANDSTILL_SECONDS
