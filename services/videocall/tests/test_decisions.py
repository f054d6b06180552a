"""An agent ends a call, and a manager takes an approval back (F5a.8, F5b.7, G25, G26)."""

import asyncio

import pytest
from services.videocall.tests.world import World, in_call, waiting

from events import EvidenceSealed, VideoCallApproved, VideoCallRejected, VideoCallRetryNeeded
from kit.testing import facts, published
from videocall.calls.states import REJECTIONS


async def test_a_good_call_is_approved_and_sealed(world: World) -> None:
    """F5a.8 TH2, F5b.7 TH2, P3.6."""
    customer, agent = await in_call(world)
    await agent.examines()
    await agent.photograph("SIM")

    answers = [await agent.approve() for _ in range(2)]

    assert [a.json()["status"] for a in answers] == ["APPROVED"] * 2
    *_, approved, sealed = await facts(world.db)
    assert isinstance(approved, VideoCallApproved)
    assert approved.agent_id == agent.id
    assert isinstance(sealed, EvidenceSealed)
    assert sealed.sha256 == answers[0].json()["evidence_sha256"]
    assert (await customer.look())["status"] == "APPROVED"
    again = await customer.call()
    assert (again.status_code, again.json()["type"]) == (409, "/problems/already-approved")


async def test_nothing_is_approved_before_all_is_compared_and_photographed(
    world: World,
) -> None:
    _, agent = await in_call(world)
    await agent.photograph("BACK")

    answer = await agent.approve(full_name=False, same_person=False)
    empty = await agent.do("approve", checklist={}, epoch=1)

    assert (answer.status_code, answer.json()["missing"]) == (
        409,
        [
            "checklist.full_name",
            "checklist.same_person",
            "challenges",
            "photos.FACE",
            "photos.FRONT",
            "photos.FACE_WITH_ID",
        ],
    )
    assert len(empty.json()["missing"]) == 9
    assert "VideoCallApproved" not in await published(world.db)


@pytest.mark.parametrize(("reason", "repeat"), REJECTIONS.items())
async def test_every_reason_names_the_step_to_repeat(
    world: World, reason: str, repeat: str
) -> None:
    """F5a.8 TH1, F5b.7 TH1 (step 7, G25), G26."""
    customer = await waiting(world)

    seen = await world.agent().answer_and_reject(reason)

    assert (seen["status"], seen["repeat"]) == ("REJECTED", repeat)
    rejected = (await facts(world.db))[-1]
    assert isinstance(rejected, VideoCallRejected)
    assert (rejected.reason_code, rejected.repeat) == (reason, repeat)
    assert rejected.attempts_left == (0 if repeat == "STORE" else 2)
    assert (await customer.look())["repeat"] == repeat


async def test_a_no_to_the_call_alone_lets_the_customer_call_again(world: World) -> None:
    """F5a.8 TH1: do F5a.8 again."""
    customer = await waiting(world)
    await world.agent().answer_and_reject("CALL_QUALITY")

    assert (await customer.call()).status_code == 201


@pytest.mark.parametrize("reason", ["PHOTO_UNCLEAR", "DATA_MISMATCH"])
async def test_a_no_to_the_papers_needs_a_new_check_first(world: World, reason: str) -> None:
    """G26: back to the photo or the form."""
    customer = await waiting(world)
    await world.agent().answer_and_reject(reason)
    assert (await customer.call()).json()["waiting_for"] == ["KycPassed"]

    await world.hear(customer.passed(attempt=2))

    assert (await customer.call()).status_code == 201


async def test_the_third_no_leaves_the_store(world: World) -> None:
    """G26: three rejections, not drops."""
    customer, agent = await waiting(world), world.agent()
    left = [(await agent.answer_and_reject("CALL_QUALITY"))["attempts_left"]]
    for _ in range(2):
        await customer.call()
        left.append((await agent.answer_and_reject("CALL_QUALITY"))["attempts_left"])

    last = (await facts(world.db))[-1]
    assert left == [2, 1, 0]
    assert isinstance(last, VideoCallRejected)
    assert last.repeat == "STORE"
    again = await customer.call()
    assert (again.status_code, again.json()["type"]) == (409, "/problems/only-at-store")


async def test_technical_ends_never_count_and_keep_the_priority(world: World) -> None:
    """G26."""
    customer, agent = await waiting(world), world.agent()
    for _ in range(5):
        await agent.next()
        ended = await agent.do("technical", reason_code="POOR_NETWORK")
        assert ended.json()["status"] == "RETRY_NEEDED"
        await (await world.customer()).call()
        assert (await customer.call()).json()["position"] == 1

    needed = [f for f in await facts(world.db) if isinstance(f, VideoCallRetryNeeded)]
    assert [f.reason_code for f in needed] == ["POOR_NETWORK"] * 5
    await agent.answer_and_approve()
    assert (await customer.look())["status"] == "APPROVED"


async def test_an_agent_need_not_wait_for_who_does_not_come_back(world: World) -> None:
    customer, agent = await in_call(world)
    await agent.do("drop")

    assert (await agent.do("technical", reason_code="CUSTOMER_LEFT")).status_code == 200

    assert (await agent.next()).status_code == 204
    assert (await customer.come_back()).json()["status"] == "QUEUED"


async def test_a_manager_takes_an_approval_back_and_the_customer_may_call_again(
    world: World,
) -> None:
    customer = await waiting(world)
    await world.agent().answer_and_approve()
    manager = world.agent("KV2", role="region_manager")
    manager.call_id = customer.call_id

    answers = [await manager.do("revoke", reason_code="AUDIT") for _ in range(2)]

    assert [a.json()["status"] for a in answers] == ["REVOKED"] * 2
    assert (await published(world.db)).count("VideoCallRevoked") == 1
    assert (await customer.call()).status_code == 201


async def test_only_a_manager_of_the_region_revokes(world: World) -> None:
    customer = await waiting(world)
    agent = world.agent()
    await agent.answer_and_approve()
    foreign = world.agent("KV3", role="region_manager")
    foreign.call_id = customer.call_id

    assert (await agent.do("revoke", reason_code="AUDIT")).status_code == 403
    assert (await foreign.do("revoke", reason_code="AUDIT")).status_code == 404


async def test_what_was_never_approved_cannot_be_revoked(world: World) -> None:
    customer, _ = await in_call(world)
    manager = world.agent("KV2", role="region_manager")
    manager.call_id = customer.call_id

    assert (await manager.do("revoke", reason_code="AUDIT")).status_code == 409


async def test_of_two_decisions_at_once_one_counts(world: World) -> None:
    customer, agent = await in_call(world)
    await agent.examines()

    answers = await asyncio.gather(
        agent.approve(), agent.do("reject", reason_code="CALL_QUALITY"), customer.leave()
    )

    assert sorted(a.status_code for a in answers) == [200, 409, 409]
    said = await published(world.db)
    ends = {"VideoCallApproved", "VideoCallRejected", "VideoCallAbandoned"}
    assert len([topic for topic in said if topic in ends]) == 1


async def test_unknown_reasons_are_refused(world: World) -> None:
    _, agent = await in_call(world)

    answers = [
        await agent.do("reject", reason_code="DID_NOT_LIKE_THEM"),
        await agent.do("reject"),
        await agent.do("technical", reason_code="COFFEE"),
        await agent.do("approve", checklist={"face": "perhaps"}),
    ]

    assert [a.status_code for a in answers] == [422] * 4
