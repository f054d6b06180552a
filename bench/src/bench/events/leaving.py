"""Goal 8: a member that leaves hands over what it did not begin, and nothing twice."""

import time
from collections.abc import Iterable
from typing import Final

import psycopg
from sqlalchemy import make_url

from bench.events.effects import metadata
from bench.events.place import Place, Subject, SubjectFailed
from bench.goals import Case, Goal
from bench.meter import Figures
from events.ids import uuid7

FACTS: Final = 30_000
PATIENCE_SECONDS: Final = 90


def _fill(place: Place) -> None:
    place.measure("fill", kafka=place.kafka, count=FACTS)


def _measure(place: Place) -> Iterable[tuple[str, Figures]]:
    database, group = place.new_database(metadata), f"bench-{uuid7()}"
    order = {"database": database, "kafka": place.kafka, "group": group}
    stays = Subject("member", **order)
    stays.wait_for("settled")
    answers = []
    for _ in range(2):
        leaves = Subject("member", **order)
        leaves.wait_for("settled")
        answers.append(leaves.dismiss())
    _wait_until_all_is_done(database, group)
    answers.append(stays.dismiss())
    handed = [tuple(record) for answer in answers for record in answer["handed"]]
    yield (
        "members",
        {
            "handed": len(handed),
            "handed_again": len(handed) - len(set(handed)),
            "begun_too_late": sum(answer["begun_too_late"] for answer in answers),
            "seconds": max(answer["seconds"] for answer in answers),
        },
    )


def _wait_until_all_is_done(database: str, group: str) -> None:
    address = make_url(database).set(drivername="postgresql").render_as_string(hide_password=False)
    deadline = time.monotonic() + PATIENCE_SECONDS
    done = 0
    with psycopg.connect(address, autocommit=True) as connection:
        while done < FACTS:
            if time.monotonic() > deadline:
                raise SubjectFailed(f"{group} consumed {done} of {FACTS} facts")
            time.sleep(0.2)
            rows = connection.execute("select count(*) from inbox where consumer = %s", [group])
            (done,) = rows.fetchone() or (0,)


CASE: Final = Case(
    "leaving",
    _measure,
    [
        Goal(
            "8",
            "facts handed out again after a member left",
            lambda figures: figures["members"]["handed_again"],
            at_most=0,
            always=True,
        ),
        Goal(
            "8",
            "batches begun after the member was told to stop",
            lambda figures: figures["members"]["begun_too_late"],
            at_most=0,
            always=True,
        ),
        Goal(
            "8",
            "seconds from being told to stop to being gone",
            lambda figures: figures["members"]["seconds"],
        ),
    ],
    "a member that stays and two that come and go, all with full queues; the worst round counts.",
    prepare=_fill,
)
