"""Goal 3: how soon others can see what was committed."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from statistics import median, quantiles
from typing import Any, Final

from bench.events import debezium
from bench.events.effects import metadata
from bench.events.facts import TOPIC
from bench.events.place import Place, Subject, SubjectFailed
from bench.goals import Case, Goal, Round
from bench.meter import Figures

RATE: Final = 60
SECONDS: Final = 10
MILLI: Final = 1e6


def _measure(place: Place) -> Iterable[tuple[str, Figures]]:
    database = place.new_database(metadata)
    yield "ours", _watch(place, TOPIC, database=database, relays=True)
    for name, more in (("Debezium", {}), ("Debezium, 10 ms", {"poll.interval.ms": "10"})):
        database = place.new_database(metadata)
        with debezium.running(place, database, more):
            yield name, _watch(place, debezium.ROUTED, database=database, relays=False)


def _watch(place: Place, topic: str, **order: Any) -> Figures:
    """Let a service publish events and a consumer receive them."""
    onlooker = Subject("onlooker", kafka=place.kafka, topic=topic)
    onlooker.wait_for("ready")
    notes = Subject("journal", kafka=place.kafka, rate=RATE, seconds=SECONDS, **order).answer()
    return _figures(notes, onlooker.dismiss())


def _figures(notes: Mapping[str, Sequence[int]], seen: Mapping[str, int]) -> Figures:
    if missing := notes.keys() - seen.keys():
        raise SubjectFailed(f"{len(missing)} of {len(notes)} facts were not seen")
    waits = [(seen[event] - ends) / MILLI for event, (ends, _, _) in notes.items()]
    return {
        "seen_p50_ms": median(waits),
        "seen_p99_ms": quantiles(waits, n=100)[-1],
        "transaction_p50_ms": median(took / MILLI for _, took, _ in notes.values()),
        "commit_p50_ms": median(took / MILLI for _, _, took in notes.values()),
    }


def _compared(one: tuple[str, str], other: tuple[str, str]) -> Callable[[Round], float]:
    return lambda figures: figures[one[0]][one[1]] / figures[other[0]][other[1]]


_SEEN: Final = ("ours", "seen_p50_ms")
_TOOK: Final = ("ours", "transaction_p50_ms")

CASE: Final = Case(
    "latency",
    _measure,
    [
        Goal("3", "commit to consumer p50 / transaction p50", _compared(_SEEN, _TOOK), at_most=2),
        Goal(
            "3",
            "commit to consumer p99 / transaction p50",
            _compared(("ours", "seen_p99_ms"), _TOOK),
            at_most=8,
        ),
        Goal(
            "3",
            "commit to consumer p50 / the commit alone p50",
            _compared(_SEEN, ("ours", "commit_p50_ms")),
        ),
        Goal(
            "3",
            "Debezium with its defaults / ours: p50",
            _compared(("Debezium", "seen_p50_ms"), _SEEN),
            at_least=50,
        ),
        Goal(
            "3",
            "Debezium with poll.interval.ms=10 / ours: p50",
            _compared(("Debezium, 10 ms", "seen_p50_ms"), _SEEN),
            at_least=1,
        ),
    ],
    f"{RATE} transactions a second for {SECONDS} s, the relay in the service's process, the "
    "consumer in another: it sees a record after the broker's ack. A transaction is a business "
    "row, the fact and the commit. wal_level=logical for all.",
    settings=["wal_level = logical"],
)
