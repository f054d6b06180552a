"""The status of a number, whatever the order in which the facts arrive."""

from datetime import UTC, datetime, timedelta
from itertools import permutations
from random import Random
from uuid import UUID

import pytest

from catalog.numbers.domain import (
    NotOurNumber,
    Number,
    NumberInUse,
    Sighting,
    Status,
    id_of,
    msisdn_of,
    national_of,
)
from events.ids import uuid7

NOON = datetime(2026, 11, 2, 5, tzinfo=UTC)


def a_number() -> Number:
    return Number(
        id=id_of("84931266868"),
        msisdn="84931266868",
        national="0931266868",
        price_class="LAP",
        price_vnd=1_000_000,
        commitment_vnd_per_month=0,
        commitment_months=0,
        region=None,
        status=Status.AVAILABLE,
        status_since=NOON - timedelta(days=1),
    )


def life(hold: UUID, start: datetime, *statuses: Status) -> list[Sighting]:
    return [Sighting(Status.SOFT_LOCKED, start)] + [
        Sighting(status, start + timedelta(seconds=n), hold)
        for n, status in enumerate(statuses, start=1)
    ]


ONE, TWO, THREE = uuid7(), uuid7(), uuid7()
HISTORY = [
    *life(ONE, NOON, Status.HELD, Status.QUARANTINED),
    *life(TWO, NOON + timedelta(hours=1), Status.HELD, Status.ALLOCATED, Status.QUARANTINED),
    *life(THREE, NOON + timedelta(hours=2), Status.HELD, Status.ALLOCATED, Status.ACTIVE),
]


@pytest.mark.parametrize("length", range(1, len(HISTORY) + 1))
def test_the_newest_fact_counts_in_whatever_order_facts_are_heard(length: int) -> None:
    history, random = HISTORY[:length], Random(length)
    for _ in range(200):
        order = random.choices(history, k=5) + random.sample(history, k=length)  # with repeats
        number = a_number()
        for sighting in order:
            number.see(sighting)

        assert number.status is history[-1].status
        assert number.status_since == history[-1].at
        assert number.hold_id == history[-1].hold_id


def test_a_number_taken_over_in_the_same_instant_belongs_to_the_new_form() -> None:
    """A lapsed hold that is in the way ends in the transaction that locks the number anew."""
    taken_over = [
        Sighting(Status.HELD, NOON, ONE),
        Sighting(Status.QUARANTINED, NOON + timedelta(hours=1), ONE),
        Sighting(Status.SOFT_LOCKED, NOON + timedelta(hours=1)),
    ]
    for order in permutations(taken_over):
        number = a_number()
        for sighting in order:
            number.see(sighting)

        assert number.status is Status.SOFT_LOCKED


def test_of_two_holds_in_the_same_instant_the_one_that_has_the_number_is_shown() -> None:
    later = NOON + timedelta(hours=1)
    story = [
        Sighting(Status.HELD, NOON, ONE),
        Sighting(Status.QUARANTINED, later, ONE),
        Sighting(Status.HELD, later, TWO),
    ]
    for order in permutations(story):
        number = a_number()
        for sighting in order:
            number.see(sighting)

        assert (number.status, number.hold_id) == (Status.HELD, TWO)


def test_a_hold_that_began_and_ended_in_the_same_instant_has_ended() -> None:
    at_once = [Sighting(status, NOON, ONE) for status in (Status.HELD, Status.QUARANTINED)]
    for order in permutations(at_once):
        number = a_number()
        for sighting in order:
            number.see(sighting)

        assert number.status is Status.QUARANTINED


def test_a_withdrawn_number_that_is_held_leaves_the_stock_when_it_comes_free() -> None:
    number = a_number()
    number.see(Sighting(Status.HELD, NOON, ONE))

    fact = number.withdraw("RETIRED", now=NOON)

    assert fact.number_id == number.id
    shown = [number.status]
    number.see(Sighting(Status.QUARANTINED, NOON + timedelta(hours=1), ONE))
    assert [*shown, number.status] == [Status.HELD, Status.WITHDRAWN]


def test_a_withdrawn_number_can_be_published_for_another_price() -> None:
    number = a_number()
    number.withdraw("RETIRED", now=NOON)

    fact = number.publish(2_000_000, now=NOON)

    assert (number.status, fact.price_vnd) == (Status.AVAILABLE, 2_000_000)


def test_a_number_with_an_owner_can_be_neither_withdrawn_nor_published() -> None:
    number = a_number()
    number.see(Sighting(Status.ACTIVE, NOON, ONE))

    with pytest.raises(NumberInUse):
        number.withdraw("RETIRED", now=NOON)
    with pytest.raises(NumberInUse):
        number.publish(None, now=NOON)


@pytest.mark.parametrize(
    "text", ["+84 931 266 868", "84931266868", "931266868", "0931.266.868", "0931-266-868"]
)
def test_a_number_is_read_however_it_is_written(text: str) -> None:
    assert national_of(text) == "0931266868"
    assert msisdn_of("0931266868") == "84931266868"


@pytest.mark.parametrize("text", ["0961234567", "093126686", "09312668680", "", "0931abc868"])
def test_what_is_not_our_number_is_refused(text: str) -> None:
    with pytest.raises(NotOurNumber):
        national_of(text)
