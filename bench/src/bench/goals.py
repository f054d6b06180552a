"""Goals are ratios within a round, where all sides had the same machine."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Generic, TypeVar

from bench.meter import Figures

P = TypeVar("P")
"""The testbed of a case."""
Round = Mapping[str, Figures]
"""The figures of each subject of a case in one round."""


@dataclass(frozen=True)
class Spread:
    """The middle of what the rounds gave, and their ends."""

    median: float
    lowest: float
    highest: float

    @classmethod
    def of(cls, values: Sequence[float]) -> "Spread":
        """Sum up the rounds."""
        return cls(median(values), min(values), max(values))

    def __str__(self) -> str:
        """Write it for a table."""
        return f"{self.median:.2f} ({self.lowest:.2f}-{self.highest:.2f})"


@dataclass(frozen=True)
class Goal:
    """One ratio and what it has to be; without a bound it is only shown."""

    number: str
    title: str
    ratio: Callable[[Round], float]
    at_least: float | None = None
    at_most: float | None = None
    always: bool = False
    """In every round, not only in the middle one."""

    @property
    def bound(self) -> str:
        """Say what is asked for."""
        if self.at_least is not None:
            return f">= {self.at_least:g}"
        return f"<= {self.at_most:g}" if self.at_most is not None else "-"

    def met(self, spread: Spread) -> bool:
        """Tell whether this is enough."""
        low = spread.lowest if self.always else spread.median
        high = spread.highest if self.always else spread.median
        return (self.at_least is None or low >= self.at_least) and (
            self.at_most is None or high <= self.at_most
        )


@dataclass(frozen=True)
class Case(Generic[P]):
    """Subjects that are measured in turns, and the goals that come out of it."""

    name: str
    measure: Callable[[P], Iterable[tuple[str, Figures]]]
    goals: Sequence[Goal]
    note: str = ""
    prepare: Callable[[P], None] | None = None
    """Done once, before the first round."""
    settings: Sequence[str] = ()
    """Settings that PostgreSQL is started with."""


@dataclass
class Outcome(Generic[P]):
    """The rounds of a case, and the goals they miss."""

    case: Case[P]
    rounds: list[dict[str, Figures]] = field(default_factory=list)

    def spreads(self) -> list[tuple[Goal, Spread]]:
        """Give each goal its ratio."""
        return [(goal, Spread.of([goal.ratio(r) for r in self.rounds])) for goal in self.case.goals]

    @property
    def missed(self) -> list[Goal]:
        """Name the goals that were not reached."""
        return [goal for goal, spread in self.spreads() if not goal.met(spread)]


def per_second(one: str, other: str) -> Callable[[Round], float]:
    """Compare how much two subjects did in the same time."""
    return lambda figures: figures[one]["per_second"] / figures[other]["per_second"]


def cost(one: str, other: str) -> Callable[[Round], float]:
    """Compare the CPU that two subjects took for the same."""
    return lambda figures: figures[one]["cpu_us"] / figures[other]["cpu_us"]
