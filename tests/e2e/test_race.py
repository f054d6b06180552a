"""One number, many customers, two processes of the hold service: one winner, until it expires."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.e2e.conftest import stack

from demo.world import World
from events.ids import uuid7
from kit.testing import token_for

RACERS = 50


@pytest.fixture
def later(suite: dict[str, Any]) -> Iterator[None]:
    """Let twenty minutes pass in the suite during the test, and put its clock right afterwards."""
    yield
    assert stack(suite["state"], "clock", "reset").returncode == 0


@pytest.mark.usefixtures("later")
async def test_of_fifty_customers_one_holds_the_number_until_it_expires(
    suite: dict[str, Any], world: World
) -> None:
    """F3.1: one 201, forty-nine identical 409s; after the soft lock ends another one gets it."""
    assert {"hold", "hold-2"} <= {process["name"] for process in suite["processes"]}
    keys = Path(suite["state"]) / "keys"
    customers = [uuid7() for _ in range(RACERS)]
    number = (await world.gateway.get("/api/catalog/v1/numbers", mask="*1990"))["items"][0]
    wish = {"offer": number["offer"], "sim": "ESIM"}

    async def races(customer: Any) -> tuple[int, dict[str, Any]]:
        door = world.gateway.as_(token_for(keys, subject_id=customer, phone="84981234567"))
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
