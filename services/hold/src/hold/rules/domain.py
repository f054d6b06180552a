"""Three live holds a person, one of them of the rarest classes; fifteen minutes to pay."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from kit.errors import Refused


@dataclass(eq=False)
class TooManyHolds(Refused):
    """This person already keeps as many numbers as the rules allow."""

    limit: int


@dataclass(frozen=True)
class Quota:
    """How many numbers one person may keep."""

    of_all: int
    of_top: int
    top_classes: frozenset[str]

    def check(self, price_class: str, kept: Sequence[str]) -> None:
        """Refuse one more of a class to somebody who keeps numbers of the classes `kept`."""
        if price_class in self.top_classes:
            self._check(len(self.top_classes.intersection(kept)), self.of_top)
        self._check(len(kept), self.of_all)

    def _check(self, count: int, limit: int) -> None:
        if count >= limit:
            raise TooManyHolds(limit)


@dataclass(frozen=True)
class Terms:
    """How long a slip is good for, fixed when it is issued."""

    payment_window: timedelta
    grace: timedelta
