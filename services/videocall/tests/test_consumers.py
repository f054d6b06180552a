"""Facts of other services are heard in any order, twice and late (P3.4, G32, SD.3)."""

import random
from datetime import timedelta
from typing import Any

import pytest
from services.videocall.tests.world import World

from events import Event, HoldClaimed, HoldConfirmed, HoldExpired
from events.ids import uuid7
from kit import clock
from kit.testing import facts, published
from videocall.journeys.domain import Journey


@pytest.mark.parametrize("seed", range(15))
async def test_a_journey_is_the_same_in_whatever_order_it_is_heard(world: World, seed: int) -> None:
    """Claimed, expired, confirmed late, checked twice, re-routed; each fact once or twice."""
    customer = await world.customer(ready=False)
    now = clock.now()
    hold: dict[str, Any] = {"hold_id": customer.hold_id}
    story: list[Event] = [
        customer.created().model_copy(update={"customer_id": None}),
        HoldClaimed(occurred_at=now, customer_id=customer.id, **hold),
        HoldExpired(occurred_at=now, number_id=uuid7(), **hold),
        HoldConfirmed(
            occurred_at=now + timedelta(seconds=1), number_id=uuid7(), because="PAID", **hold
        ),
        customer.submitted(attempt=1, at=now),
        customer.passed(attempt=1, at=now),
        customer.submitted(attempt=2, at=now),
        customer.passed(attempt=2, at=now + timedelta(seconds=9)),
        customer.routed("KV1"),
        customer.routed("KV5"),
    ]
    told = story * 2
    random.Random(seed).shuffle(told)

    for event in told:
        await world.hear(event)

    async with world.db.transaction() as tx:
        journey = await tx.get_one(Journey, customer.hold_id)
    assert (journey.customer_id, journey.region) == (customer.id, "KV5")
    assert journey.checked_at == now + timedelta(seconds=9)
    answer = await customer.call()
    assert answer.status_code == 201, answer.json()


async def test_nobody_calls_for_a_slip_that_was_not_claimed(world: World) -> None:
    """P3.3 comes before P3.5."""
    customer = await world.customer(ready=False)
    unclaimed = customer.created().model_copy(update={"customer_id": None})
    await world.hear(unclaimed, customer.routed(), customer.passed())

    answer = await customer.call()

    assert (answer.status_code, answer.json()["waiting_for"]) == (409, ["HoldClaimed"])


async def test_a_waiting_customer_follows_a_new_routing(world: World) -> None:
    """SD.3: a re-route is a new OrderRouted."""
    customer = await world.customer()
    await customer.call()

    await world.hear(customer.routed("KV3"))

    assert (await world.agent("KV2").next()).status_code == 204
    assert (await world.agent("KV3").next()).json()["hold_id"] == str(customer.hold_id)
    assert await published(world.db) == ["VideoCallQueued", "VideoCallQueued", "VideoCallStarted"]


async def test_a_call_under_way_stays_with_its_agent_when_the_order_moves(
    world: World,
) -> None:
    customer = await world.customer()
    await customer.call()
    agent = world.agent()
    await agent.next()

    await world.hear(customer.routed("KV3"))

    assert (await agent.do("technical")).status_code == 200
    await customer.call()
    assert getattr((await facts(world.db))[-1], "region", None) == "KV3"


async def test_a_refused_connection_that_asks_for_a_call_reopens_the_call(
    world: World,
) -> None:
    """F5a.16, F5a.18 TH1, G32."""
    customer = await world.customer()
    await customer.call()
    await world.agent().answer_and_approve()
    await world.hear(customer.connection_refused("SIGN"))
    assert (await customer.call()).status_code == 409

    await world.hear(customer.connection_refused("CALL"))

    assert (await customer.call()).status_code == 201


async def test_a_refused_connection_that_asks_for_an_edit_needs_a_new_check_first(
    world: World,
) -> None:
    customer = await world.customer()
    await customer.call()
    await world.agent().answer_and_approve()

    await world.hear(customer.connection_refused("EDIT"))

    assert (await customer.call()).json()["waiting_for"] == ["KycPassed"]
    await world.hear(customer.passed(attempt=2))
    assert (await customer.call()).status_code == 201


async def test_a_check_passed_meanwhile_counts_though_the_refusal_is_heard_after_it(
    world: World,
) -> None:
    """Topics have no order among them: the moments decide."""
    customer = await world.customer()
    await customer.call()
    await world.agent().answer_and_approve()
    refused = customer.connection_refused("EDIT")

    await world.hear(customer.passed(attempt=2))
    await world.hear(refused)

    assert (await customer.call()).status_code == 201


async def test_papers_found_wanting_during_a_call_cannot_be_approved(world: World) -> None:
    customer = await world.customer()
    await customer.call()
    agent = world.agent()
    await agent.next()
    await agent.examines()
    await world.hear(customer.connection_refused("EDIT"))

    assert (await agent.approve()).json()["waiting_for"] == ["KycPassed"]


async def test_a_hold_that_ran_out_waits_for_the_news_of_its_payment(world: World) -> None:
    """Its customer may see it confirmed before we hear of it: that is no end (decision 0021)."""
    customer = await world.customer()
    gone = HoldExpired(occurred_at=clock.now(), hold_id=customer.hold_id, number_id=uuid7())
    await world.hear(gone)

    early = await customer.call()

    assert (early.status_code, early.json()["waiting_for"]) == (409, ["HoldConfirmed"])
