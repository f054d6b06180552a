"""Goals 1 and 6: the relay keeps up with a producer, and with dead rows in its way."""

from collections.abc import Callable, Iterable
from typing import Final

from bench.events.place import Place
from bench.goals import Case, Goal, Round, cost, per_second
from bench.meter import Figures

ROWS: Final = 12_000
DEAD: Final = 60_000
TRICKLE: Final = {"count": 3_000, "at_once": 25}


def _drain(place: Place) -> Iterable[tuple[str, Figures]]:
    database = place.new_database()
    yield (
        "relay",
        place.measure("relay_drain", database=database, kafka=place.kafka, rows=ROWS),
    )
    yield "producer", place.measure("raw_producer", kafka=place.kafka, rows=ROWS)


def _bloat(place: Place) -> Iterable[tuple[str, Figures]]:
    for name, dead in (("fresh", 0), ("held", DEAD)):
        order = {"database": place.new_database(), "kafka": place.kafka, "dead": dead}
        yield name, place.measure("relay_bloat", **order, **TRICKLE)


def _of_bloat(figure: str) -> Callable[[Round], float]:
    return lambda figures: figures["held"][figure] / figures["fresh"][figure]


DRAIN: Final = Case(
    "relay-drain",
    _drain,
    [
        Goal(
            "1",
            "relay / raw producer: events a second",
            per_second("relay", "producer"),
            at_least=0.5,
        ),
        Goal("1", "raw producer / relay: CPU an event", cost("producer", "relay"), at_least=0.65),
    ],
    f"{ROWS} rows of 730 bytes; both with the same settings, both wait for their acks after a "
    "batch of 1000. The relay's last look, which finds nothing, is counted.",
)

BLOAT: Final = Case(
    "relay-bloat",
    _bloat,
    [
        Goal("6", "held snapshot / fresh table: CPU an event", cost("held", "fresh"), at_most=1.5),
        Goal("6", "the same, in PostgreSQL alone", _of_bloat("in_postgres_us")),
        Goal("6", "the same: time an event", _of_bloat("wall_us")),
    ],
    f"{DEAD} dead rows that a held snapshot keeps; then {TRICKLE['count']} events, "
    f"{TRICKLE['at_once']} at a time. CPU of the relay and of its PostgreSQL backend together.",
)
