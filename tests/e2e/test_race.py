"""Journeys that time ends: a race for a number until it expires, an order nobody collects."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.e2e.conftest import stack
from tests.e2e.stories import ordered_home

from demo.actors import Actors
from demo.gateway import until
from events.ids import uuid7
from kit.testing import token_for

RACERS = 50


@pytest.fixture
def later(suite: dict[str, Any]) -> Iterator[None]:
    """Let time pass in the suite during the test, and put its clock right afterwards."""
    yield
    assert stack(suite["state"], "clock", "reset").returncode == 0


@pytest.mark.usefixtures("later")
async def test_of_fifty_customers_one_holds_the_number_until_it_expires(
    suite: dict[str, Any], actors: Actors
) -> None:
    """F3.1: one 201, forty-nine identical 409s; after the soft lock ends another one gets it."""
    assert {"hold", "hold-2"} <= {process["name"] for process in suite["processes"]}
    keys = Path(suite["state"]) / "keys"
    customers = [uuid7() for _ in range(RACERS)]
    number = (await actors.gateway.get("/api/catalog/v1/numbers", mask="*1990"))["items"][0]
    wish = {"offer": number["offer"], "sim": "ESIM"}

    async def races(customer: Any) -> tuple[int, dict[str, Any]]:
        door = actors.gateway.as_(token_for(keys, subject_id=customer, phone="84981234567"))
        answer = await door.raw("POST", "/api/hold/v1/holds", json=wish)
        return answer.status_code, answer.json()

    answers = await asyncio.gather(*(races(customer) for customer in customers))
    assert stack(suite["state"], "clock", "advance", "11m").returncode == 0
    losers = [c for c, (status, _) in zip(customers, answers, strict=True) if status == 409]
    second = await races(losers[0])

    refusals = [body for status, body in answers if status == 409]
    assert sorted(status for status, _ in answers) == [201] + [409] * (RACERS - 1)
    assert all(refusal == refusals[0] for refusal in refusals)
    assert refusals[0]["type"] == "/problems/number-taken"
    assert second[0] == 201


@pytest.mark.usefixtures("later")
async def test_an_order_on_receipt_that_nobody_collects_ends_with_its_hold_after_a_reminder(
    suite: dict[str, Any], actors: Actors
) -> None:
    """F3.12 TH2: kept for seven days, a word on the sixth; then order and parcel go, too."""
    lan = await ordered_home(actors)
    await lan.hold_is("CONFIRMED")

    async def told() -> set[str]:
        return {fact["event"] for fact in await lan.timeline()}

    async def reminded() -> bool:
        return "HoldEnding" in await told()

    assert stack(suite["state"], "clock", "advance", "146h").returncode == 0
    await lan.signs_in()
    await until("the reminder", reminded)
    assert stack(suite["state"], "clock", "advance", "24h").returncode == 0
    await lan.signs_in()
    await lan.hold_is("EXPIRED")
    await lan.order_is("CANCELLED")

    assert "HoldExpired" in await told()
