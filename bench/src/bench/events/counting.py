"""From the first fact that is handled to the last."""

import asyncio

from bench.meter import Figures, Moment, figures


class Count:
    """Notes facts; `full` is set when there were enough."""

    def __init__(self, target: int) -> None:
        self.full, self._target, self._noted = asyncio.Event(), target, 0
        self._begin: Moment | None = None
        self._end: Moment | None = None

    def begin(self) -> None:
        """Start the clocks with the first fact, before it is handled."""
        if self._begin is None:
            self._begin = Moment()

    def note(self, count: int = 1) -> None:
        """Count what is handled."""
        self._noted += count
        if self._noted >= self._target and self._end is None:
            self._end = Moment()
            self._target = self._noted  # a batch may go beyond
            self.full.set()

    def figures(self) -> Figures:
        """Say what it took."""
        assert self._begin
        assert self._end
        return figures(self._begin, self._end, self._target)
