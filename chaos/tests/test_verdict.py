"""Each kind of violation is found when there is one."""

from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest

from chaos.verdict import Outcome, judge
from events.ids import uuid7

JOURNEY, ELSEWHERE = uuid7(), uuid7()
TOPIC = "StepTaken"
IDS = [uuid7() for _ in range(4)]


def effect(number: int, last: int, journey: UUID = JOURNEY) -> Any:
    return SimpleNamespace(
        event_id=IDS[number - 1], journey_id=journey, topic=TOPIC, version=number, last=last
    )


def aside(number: int, state: str = "DEAD") -> Any:
    return SimpleNamespace(event_id=IDS[number - 1], key=str(JOURNEY), state=state)


def outcome(
    effects: list[Any], parked: list[Any] | None = None, *, published: int = 3, unsent: int = 0
) -> Outcome:
    ledger = {IDS[n]: ((JOURNEY, TOPIC), n + 1) for n in range(published)}
    return Outcome(ledger, effects, parked or [], unsent)


def broken(result: Outcome, *, acknowledged: int = 3, may_be_parked: bool = True) -> str:
    journeys = [JOURNEY] if may_be_parked else []
    return judge(result, acknowledged=IDS[:acknowledged], invalid=[], may_be_parked=journeys).broken


def test_every_fact_once_and_in_order_is_what_we_want() -> None:
    assert broken(outcome([effect(1, 0), effect(2, 1), effect(3, 2)])) == ""


def test_what_is_parked_in_order_behind_the_effects_is_not_lost() -> None:
    assert broken(outcome([effect(1, 0)], [aside(2), aside(3, "QUEUED")])) == ""


@pytest.mark.parametrize(
    ("result", "says"),
    [
        (outcome([effect(1, 0), effect(3, 1)]), "1 lost"),
        (
            outcome([effect(1, 0), effect(2, 1), effect(3, 2), effect(3, 2)]),
            "1 double effects",
        ),
        (outcome([effect(1, 0), effect(3, 1), effect(2, 3)]), "1 out of order"),
        (outcome([effect(1, 0)], [aside(3), aside(2)]), "1 out of order"),
        (outcome([effect(1, 0), effect(3, 1)], [aside(2)]), "1 out of order"),
        (
            outcome([effect(1, 0), effect(2, 1), effect(3, 2)], [aside(3)]),
            "1 out of order, 1 effects also parked",
        ),
        (outcome([effect(1, 0), effect(2, 1), effect(3, 2), effect(4, 3)]), "1 from nowhere"),
        (outcome([effect(1, 0), effect(2, 1)], published=2), "1 forgotten by the database"),
        (
            outcome([effect(1, 0), effect(2, 1), effect(3, 2)], unsent=5),
            "5 still in the outbox",
        ),
    ],
)
def test_whatever_must_not_be_is_named(result: Outcome, says: str) -> None:
    assert broken(result) == says


def test_a_journey_on_which_nobody_fails_must_not_be_parked() -> None:
    result = outcome([effect(1, 0)], [aside(2), aside(3, "QUEUED")])

    assert broken(result, may_be_parked=False) == "2 parked without a reason"


@pytest.mark.parametrize(
    ("parked", "settled"),
    [
        ([aside(3)], True),
        ([aside(3, "FAILING")], False),
        ([aside(2), aside(3, "QUEUED")], True),
    ],
)
def test_what_will_be_tried_again_is_waited_for(parked: list[Any], *, settled: bool) -> None:
    assert outcome([effect(1, 0), effect(2, 1)], parked).settled is settled
