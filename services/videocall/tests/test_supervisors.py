"""Supervisors decide about calls, once however often they say so (G26, G28)."""

import asyncio

import pytest
from services.videocall.tests.test_reviews import approved, reviewer
from services.videocall.tests.world import Agent, Customer, World, in_call, waiting

from events import VideoCallRejected, VideoCallReopened, VideoCallRevoked
from events.ids import uuid7
from kit.testing import facts, published


async def sent_to_store(world: World) -> tuple[Customer, Agent]:
    customer, agent = await waiting(world), world.agent()
    await agent.answer_and_reject("FACE_MISMATCH")
    return customer, agent


async def test_an_approval_is_revoked_once_and_for_one_reason(world: World) -> None:
    """Said again it is the same; another reason is another word."""
    customer, _ = await approved(world)
    managers = [reviewer(world, "region_manager") for _ in range(6)]
    for manager in managers:
        manager.call_id = customer.call_id

    answers = await asyncio.gather(*(m.do("revoke", reason_code="AUDIT") for m in managers))

    assert sorted(a.status_code for a in answers) == [200] + [409] * 5
    [winner] = [m for m, a in zip(managers, answers, strict=True) if a.status_code == 200]
    assert (await winner.do("revoke", reason_code="AUDIT")).status_code == 200
    other = await winner.do("revoke", reason_code="FRAUD")
    assert (other.status_code, other.json()["type"]) == (409, "/problems/already-revoked")
    assert other.json()["reason_code"] == "AUDIT"
    assert other.json()["decided_by"] == str(winner.id)
    assert other.json()["decided_at"]
    revoked = [f for f in await facts(world.db) if isinstance(f, VideoCallRevoked)]
    assert [(f.revoked_by, f.reason_code) for f in revoked] == [(winner.id, "AUDIT")]


async def test_an_older_approval_can_be_revoked_and_the_newer_stands(world: World) -> None:
    """G32: call, refused connection, call again; the fact names the call it is about."""
    customer, _ = await approved(world)
    older = customer.call_id
    await world.hear(customer.connection_refused("CALL"))
    await customer.call()
    await world.agent().answer_and_approve()
    manager = reviewer(world, "region_manager")
    manager.call_id = older

    assert (await manager.do("revoke", reason_code="AUDIT")).status_code == 200

    revoked = (await facts(world.db))[-1]
    assert isinstance(revoked, VideoCallRevoked)
    assert str(revoked.call_id) == older
    again = await customer.call()
    assert again.json()["type"] == "/problems/already-approved"


@pytest.mark.parametrize("ended", ["REJECTED", "RETRY_NEEDED", "ABANDONED"])
async def test_only_an_approval_can_be_revoked(world: World, ended: str) -> None:
    customer, agent = await in_call(world)
    ends = {
        "REJECTED": lambda: agent.do("reject", reason_code="CALL_QUALITY"),
        "RETRY_NEEDED": lambda: agent.do("technical"),
        "ABANDONED": customer.leave,
    }
    await ends[ended]()
    manager = reviewer(world, "region_manager")
    manager.call_id = customer.call_id

    assert (await manager.do("revoke", reason_code="AUDIT")).status_code == 409
    assert (await customer.look())["status"] == ended


@pytest.mark.parametrize(
    ("what", "reasons"),
    [("reject", ("CALL_QUALITY", "FACE_MISMATCH")), ("technical", ("POOR_LIGHT", "TECHNICAL"))],
)
async def test_an_agent_who_says_something_else_the_second_time_is_told(
    world: World, what: str, reasons: tuple[str, str]
) -> None:
    _, agent = await in_call(world)

    answers = [await agent.do(what, reason_code=reason) for reason in (reasons[0], *reasons)]

    assert [a.status_code for a in answers] == [200, 200, 409]


async def test_a_second_approval_or_note_that_says_something_else_is_no_repetition(
    world: World,
) -> None:
    _, agent = await approved(world)
    unticked = await agent.approve(face=False)
    _, other = await in_call(world)
    notes = [
        await other.do("reject", reason_code="CALL_QUALITY", note=note)
        for note in ("Không nghe rõ", "Không nghe rõ", "Nghe rõ")
    ]

    assert unticked.status_code == 409
    assert [a.status_code for a in notes] == [200, 200, 409]


async def reopen(
    supervisor: Agent, customer: Customer, reason: str = "SEEN_AGAIN"
) -> tuple[int, str]:
    answer = await supervisor.http.post(
        f"/v1/desk/holds/{customer.hold_id}/reopen", json={"reason_code": reason}
    )
    return answer.status_code, answer.text


async def test_a_customer_who_was_sent_to_a_store_is_let_back_by_a_supervisor(
    world: World,
) -> None:
    """G26: the store is not a dead end, and the attempts that are left are true."""
    customer, agent = await sent_to_store(world)
    assert (await customer.call()).json()["type"] == "/problems/only-at-store"
    manager = reviewer(world, "region_manager")

    answers = [await reopen(manager, customer) for _ in range(2)]

    assert [status for status, _ in answers] == [200] * 2
    reopened = [f for f in await facts(world.db) if isinstance(f, VideoCallReopened)]
    assert [(f.reopened_by, f.reason_code) for f in reopened] == [(manager.id, "SEEN_AGAIN")]
    seen = await customer.look()
    assert (seen["repeat"], seen["attempts_left"]) == ("CALL", 3)
    left = []
    for _ in range(3):
        assert (await customer.call()).status_code == 201
        left.append((await agent.answer_and_reject("CALL_QUALITY"))["attempts_left"])
    assert left == [2, 1, 0]
    assert (await customer.call()).json()["type"] == "/problems/only-at-store"
    assert (await reopen(manager, customer))[0] == 200, "a second time is another decision"
    assert (await customer.call()).status_code == 201


async def test_only_a_supervisor_of_the_region_lets_back_and_only_from_a_store(
    world: World,
) -> None:
    customer, agent = await sent_to_store(world)
    caller = await waiting(world)
    manager = reviewer(world, "region_manager")

    assert (await reopen(agent, customer))[0] == 403
    assert (await reopen(reviewer(world, "region_manager", "KV3"), customer))[0] == 404
    assert (await reopen(manager, caller))[0] == 409
    customer.hold_id = uuid7()
    assert (await reopen(manager, customer))[0] == 404
    assert "VideoCallReopened" not in await published(world.db)


async def test_of_many_supervisors_one_lets_the_customer_back(world: World) -> None:
    customer, _ = await sent_to_store(world)
    managers = [reviewer(world, "region_manager") for _ in range(6)]

    answers = await asyncio.gather(*(reopen(manager, customer) for manager in managers))

    assert sorted(status for status, _ in answers) == [200] + [409] * 5
    said = await facts(world.db)
    assert len([f for f in said if isinstance(f, VideoCallReopened)]) == 1
    assert len([f for f in said if isinstance(f, VideoCallRejected)]) == 1
