"""The identity check that an agent compared the person with is the one the call is about."""

import asyncio
from typing import cast
from uuid import UUID

import pytest
from services.videocall.tests.world import Agent, Customer, World, in_call, waiting

from events import VideoCallApproved, VideoCallRejected, VideoCallRetryNeeded
from events.ids import uuid7
from kit import clock
from kit.testing import facts, published


async def ready_to_approve(world: World) -> tuple[Customer, Agent]:
    customer, agent = await in_call(world)
    await agent.examines()
    return customer, agent


async def test_an_approval_names_the_check_that_was_compared(world: World) -> None:
    """F5a.8 TH2: the newest that had passed when the call began."""
    customer = await world.customer(ready=False)
    checks = [customer.submitted(1), customer.submitted(2), customer.passed(2)]
    await world.hear(customer.created(), customer.routed(), *checks)
    await customer.call()
    agent = world.agent()
    shown = (await agent.next()).json()
    await agent.examines()

    await agent.approve()

    approved = cast("VideoCallApproved", (await facts(world.db))[-2])
    assert (approved.session_id, approved.attempt) == (customer.hold_id, 2)
    assert (shown["session_id"], shown["attempt"]) == (str(customer.hold_id), 2)


async def test_a_rejection_names_the_check_that_was_compared(world: World) -> None:
    """F5a.8 TH1."""
    customer, agent = await in_call(world)
    await world.hear(customer.submitted(2), customer.passed(2))

    await agent.do("reject", reason_code="FACE_MISMATCH")

    rejected = cast("VideoCallRejected", (await facts(world.db))[-1])
    assert (rejected.session_id, rejected.attempt) == (customer.hold_id, 1)


@pytest.mark.parametrize("passed", [False, True])
async def test_another_persons_papers_sent_during_the_call_are_not_approved_with_it(
    world: World,
    passed: bool,  # noqa: FBT001, whether mobi eKYC has answered yet
) -> None:
    customer, agent = await ready_to_approve(world)
    await world.hear(customer.submitted(2), *([customer.passed(2)] if passed else []))

    answer = await agent.approve()

    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/check-replaced")
    assert (answer.json()["compared_attempt"], answer.json()["newest_attempt"]) == (1, 2)
    assert "VideoCallApproved" not in await published(world.db)
    assert (await agent.do("technical", reason_code="NEWER_CHECK")).status_code == 200


async def test_a_later_session_counts_though_its_attempts_begin_again(world: World) -> None:
    """A hold that came back to life has a new session, and its first attempt is the newest."""
    customer = await world.customer(ready=False)
    a_second_later = UUID(int=customer.hold_id.int + (1_000 << 80))
    again = {"session_id": a_second_later, "attempt": 1}
    await world.hear(customer.created(), customer.routed(), customer.passed(3))
    await world.hear(customer.passed().model_copy(update=again | {"event_id": uuid7()}))
    await customer.call()
    agent = world.agent()

    shown = (await agent.next()).json()

    assert (shown["session_id"], shown["attempt"]) == (str(again["session_id"]), 1)


async def test_of_an_approval_and_a_newer_check_at_once_one_is_first(world: World) -> None:
    """The second of two racers finds the other's truth: papers nobody saw are not approved."""
    statuses = []
    for _ in range(6):
        customer, agent = await ready_to_approve(world)
        answer, _ = await asyncio.gather(agent.approve(), world.hear(customer.submitted(2)))
        statuses.append(answer.status_code)
        if answer.status_code == 409:
            await agent.do("technical")

    said = [fact for fact in await facts(world.db) if isinstance(fact, VideoCallApproved)]
    assert set(statuses) <= {200, 409}
    assert [fact.attempt for fact in said] == [1] * statuses.count(200)


async def test_who_sends_other_papers_while_waiting_calls_again_with_them(world: World) -> None:
    customer = await waiting(world)

    await world.hear(customer.submitted(2))

    assert (await customer.look())["status"] == "RETRY_NEEDED"
    assert (await world.agent().next()).status_code == 204
    ended = cast("VideoCallRetryNeeded", (await facts(world.db))[-1])
    assert ended.reason_code == "NEWER_CHECK"
    await world.hear(customer.passed(2))
    assert (await customer.call()).json()["status"] == "QUEUED"


async def test_what_is_refused_about_older_papers_does_not_void_the_newer(world: World) -> None:
    customer, agent = await in_call(world)
    await world.hear(customer.submitted(2), customer.passed(2))

    await agent.do("reject", reason_code="PHOTO_UNCLEAR")

    assert (await customer.call()).status_code == 201


@pytest.mark.parametrize("heard", ["in the call's time", "later"])
async def test_an_approval_about_older_papers_keeps_nobody_from_a_call_about_the_newer(
    world: World, heard: str
) -> None:
    """The connection waits for a call about the newest check, so there has to be one."""
    customer, agent = await ready_to_approve(world)
    began = clock.now()
    assert (await agent.approve()).status_code == 200
    at = began if heard == "in the call's time" else None
    await world.hear(customer.submitted(2, at=at))

    unfinished = await customer.call()
    await world.hear(customer.passed(2))
    again = await customer.call()

    assert (unfinished.status_code, unfinished.json()["waiting_for"]) == (409, ["KycPassed"])
    assert (again.status_code, again.json()["status"]) == (201, "QUEUED")
    await agent.answer_and_approve()
    assert (await customer.call()).json()["type"] == "/problems/already-approved"
