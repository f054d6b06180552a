"""Goals 4 and 5: hearing facts, with an effect in the database and without."""

from collections.abc import Iterable
from typing import Any, Final

from bench.events import effects
from bench.events.place import Place
from bench.goals import Case, Goal, cost, per_second
from bench.meter import Figures
from events.ids import uuid7

FACTS: Final = 20_000
WITH_EFFECT: Final = 12_000
ONE_BY_ONE: Final = 1_500
"""FastStream's commits take so long that more would tell nothing new."""

TENTH: Final = 0.1


def _fill(place: Place) -> None:
    place.measure("fill", kafka=place.kafka, count=FACTS)


def _with_effects(place: Place) -> Iterable[tuple[str, Figures]]:
    for session in ("psycopg", "AsyncSession"):
        for name, subject, count, more in (
            ("ours", "inbox", WITH_EFFECT, {}),
            ("FastStream batch", "faststream_inbox", WITH_EFFECT, {"batch": True}),
            ("FastStream message", "faststream_inbox", ONE_BY_ONE, {"batch": False}),
        ):
            database = place.new_database(effects.metadata)
            order: dict[str, Any] = {"database": database, "session": session, **more}
            yield f"{name}, {session}", _consume(place, subject, count=count, **order)
    database = place.new_database(effects.metadata)
    yield "bare", _consume(place, "bare_inbox", count=WITH_EFFECT, database=database)


def _without(place: Place) -> Iterable[tuple[str, Figures]]:
    yield "ours", _consume(place, "dispatch")
    yield "ours, observed", _consume(place, "dispatch", traced=TENTH)
    yield "raw", _consume(place, "raw_consumer")
    yield "raw, traced", _consume(place, "raw_consumer", traced=1)


def _consume(place: Place, subject: str, *, count: int = FACTS, **order: Any) -> Figures:
    group = f"bench-{uuid7()}"  # one that has consumed nothing
    return place.measure(subject, kafka=place.kafka, group=group, count=count, **order)


WITH_EFFECTS: Final = Case(
    "inbox",
    _with_effects,
    [
        Goal(
            "4",
            "inbox / FastStream a message: events a second",
            per_second("ours, psycopg", "FastStream message, psycopg"),
            at_least=8,
        ),
        Goal(
            "4",
            "inbox / FastStream a batch: events a second",
            per_second("ours, psycopg", "FastStream batch, psycopg"),
            at_least=1.5,
        ),
        Goal(
            "4",
            "inbox / bare clients: events a second",
            per_second("ours, psycopg", "bare"),
            at_least=0.9,
        ),
        Goal(
            "4",
            "bare clients / FastStream a message: events a second",
            per_second("bare", "FastStream message, psycopg"),
        ),
        Goal(
            "4",
            "the same two, all with AsyncSession: a message",
            per_second("ours, AsyncSession", "FastStream message, AsyncSession"),
        ),
        Goal(
            "4",
            "the same two, all with AsyncSession: a batch",
            per_second("ours, AsyncSession", "FastStream batch, AsyncSession"),
        ),
    ],
    "one UPSERT an event by psycopg on all sides. The statements of our inbox itself go through "
    "an AsyncSession (there is no other), FastStream's hand-written ones through psycopg.",
    prepare=_fill,
)

WITHOUT: Final = Case(
    "dispatch",
    _without,
    [
        Goal(
            "5",
            "dispatch / raw getmany and pydantic: CPU an event",
            cost("ours", "raw"),
            at_most=2.5,
        ),
        Goal(
            "5",
            "telemetry on / off, one journey in ten recorded",
            cost("ours, observed", "ours"),
            at_most=1.3,
        ),
        Goal("5", "a bare SDK span an event / none, on raw", cost("raw, traced", "raw")),
    ],
    "on: all numbers, and the spans of one journey in ten, to an exporter that throws them away. "
    "Spans of every event cost more than all the rest, whoever makes them: decision 0008.",
    prepare=_fill,
)
