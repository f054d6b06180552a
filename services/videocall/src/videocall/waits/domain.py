"""The range in which a wait probably ends, and the range that a customer is shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil, sqrt
from typing import Final, Self

FADING: Final = 0.9
"""The weight of a call beside that of the next one: old calls fade out."""
P80: Final = 0.84
"""The 80th percentile of a normal distribution, in standard deviations above the median."""
CALM: Final = timedelta(minutes=1)
"""A wait is shown longer than before at most once in such a time."""


@dataclass(frozen=True)
class Handling:
    """The time that a call takes an agent, paperwork included, in seconds."""

    mean: float
    deviation: float

    @classmethod
    def of(cls, recent: Sequence[float], *, usual: float) -> Self:
        """Sum up recent calls, the newest first, with exponentially fading weights.

        Without any it is the usual length, give or take a half.
        """
        if not recent:
            return cls(usual, usual / 2)
        weights = [FADING**age for age in range(len(recent))]
        mean = sum(w * s for w, s in zip(weights, recent, strict=True)) / sum(weights)
        square = sum(w * (s - mean) ** 2 for w, s in zip(weights, recent, strict=True))
        return cls(mean, sqrt(square / sum(weights)))

    def wait(self, place: int, on_duty: int) -> "WaitRange":
        """Return the wait of a place in the queue: from the 50th to the 80th percentile."""
        agents = max(1, on_duty)
        middle = place * self.mean / agents
        longest = middle + P80 * sqrt(place) * self.deviation / agents
        return WaitRange(ceil(middle), ceil(longest))


@dataclass(frozen=True)
class WaitRange:
    """A wait in seconds: every second customer waits less than `low`, four of five than `high`."""

    low: int
    high: int


@dataclass(frozen=True)
class ShownWait:
    """A wait as a customer was shown it last, and when it was last longer than before."""

    wait: WaitRange
    lengthened_at: datetime

    def next(self, estimate: WaitRange, *, now: datetime) -> "ShownWait":
        """Return what is shown now: shorter at once, longer only when that is a minute ago."""
        if estimate.high <= self.wait.high:
            return ShownWait(estimate, self.lengthened_at)
        return ShownWait(estimate, now) if now >= self.lengthened_at + CALM else self
