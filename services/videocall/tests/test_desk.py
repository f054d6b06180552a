"""The agents' side of the call (P5.1, SB.3.3a, SD.1, SD.2, F5a.8, F5b.7)."""

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from events import EvidenceSealed, VideoCallApproved, VideoCallRejected, VideoCallRetryNeeded
from events.tables import outbox
from kit.testing import facts, published
from videocall.calls.states import REJECTIONS
from videocall.tables import accesses

if TYPE_CHECKING:
    from services.videocall.tests.conftest import Agent, Customer, World


async def waiting(world: "World") -> "Customer":
    customer = await world.customer()
    await customer.call()
    return customer


async def in_call(world: "World") -> tuple["Customer", "Agent"]:
    customer, agent = await waiting(world), world.agent()
    assert (await agent.next()).status_code == 200
    return customer, agent


async def test_a_good_call_is_approved_and_sealed(world: "World") -> None:
    """F5a.8 TH2, F5b.7 TH2, P3.6."""
    customer, agent = await in_call(world)
    for kind in ("FRONT", "BACK", "FACE", "SIM"):
        assert (await agent.photograph(kind)).status_code == 201

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


async def test_nobody_waits_for_a_call_that_another_agent_is_just_taking(
    world: "World",
) -> None:
    """Whoever is slow holds up nobody: the next agent takes the next call."""
    first, second = await waiting(world), await waiting(world)

    async with world.db.transaction() as slow:
        await slow.execute(
            text("select 1 from call where id = :id for update"), {"id": first.call_id}
        )
        async with asyncio.timeout(10):
            answer = await world.agent().next()

    assert answer.json()["call_id"] == second.call_id


async def test_nothing_is_approved_before_all_is_compared_and_photographed(
    world: "World",
) -> None:
    _, agent = await in_call(world)
    await agent.photograph("BACK")

    answer = await agent.approve(full_name=False, same_person=False)
    empty = await agent.do("approve", checklist={})

    assert (answer.status_code, answer.json()["missing"]) == (
        409,
        ["checklist.full_name", "checklist.same_person", "photos.FRONT", "photos.FACE"],
    )
    assert len(empty.json()["missing"]) == 7
    assert "VideoCallApproved" not in await published(world.db)


async def test_the_first_to_come_is_the_first_to_be_answered(world: "World") -> None:
    customers = [await waiting(world) for _ in range(3)]

    answered = [(await world.agent().next()).json()["hold_id"] for _ in range(3)]

    assert answered == [str(c.hold_id) for c in customers]
    assert (await world.agent().next()).status_code == 204


@pytest.mark.parametrize("calls", [1, 3])
async def test_of_many_agents_racing_for_few_calls_each_call_has_one(
    world: "World", calls: int
) -> None:
    for _ in range(calls):
        await waiting(world)
    agents = [world.agent() for _ in range(12)]

    answers = await asyncio.gather(*(agent.next() for agent in agents))

    assert sorted(a.status_code for a in answers) == [200] * calls + [204] * (12 - calls)
    assert len({agent.call_id for agent in agents if agent.call_id}) == calls
    assert (await published(world.db)).count("VideoCallStarted") == calls


async def test_an_agent_in_a_hurry_still_has_one_call_in_hand(world: "World") -> None:
    for _ in range(4):
        await waiting(world)
    agent = world.agent()

    answers = await asyncio.gather(*(agent.next() for _ in range(8)))

    assert {a.status_code for a in answers} == {200}
    assert len({a.json()["call_id"] for a in answers}) == 1


async def test_the_database_itself_allows_an_agent_one_call(world: "World") -> None:
    _, agent = await in_call(world)
    other = await waiting(world)

    with pytest.raises(IntegrityError, match="one_call_in_hand_per_agent"):
        async with world.db.transaction() as tx:
            await tx.execute(
                text("update call set status = 'IN_CALL', agent_id = :agent where id = :id"),
                {"agent": agent.id, "id": other.call_id},
            )


async def test_agents_answer_only_their_regions_and_see_nothing_of_others(
    world: "World",
) -> None:
    customer, _ = await in_call(world)
    await waiting(world)
    stranger = world.agent("KV1")
    stranger.call_id = customer.call_id

    queue = await stranger.http.get("/v1/desk/queue")
    answers = [
        await stranger.http.get(f"/v1/desk/calls/{customer.call_id}"),
        await stranger.photograph("FRONT"),
        await stranger.approve(),
        await stranger.do("reject", reason_code="CALL_QUALITY"),
        await stranger.do("drop"),
        await stranger.do("technical"),
    ]

    assert (queue.json()["items"], queue.json()["waiting"]) == ([], 0)
    assert (await stranger.next()).status_code == 204
    assert [a.status_code for a in answers] == [404] * 6


async def test_head_office_answers_every_region(world: "World") -> None:
    customer = await world.customer(region="KV7")
    await customer.call()

    answer = await world.agent("ALL").next()

    assert answer.json()["hold_id"] == str(customer.hold_id)


async def test_a_colleague_cannot_decide_anothers_call(world: "World") -> None:
    customer, _ = await in_call(world)
    colleague = world.agent()
    colleague.call_id = customer.call_id

    answers = [
        await colleague.photograph("FRONT"),
        await colleague.approve(),
        await colleague.do("reject", reason_code="CALL_QUALITY"),
        await colleague.do("drop"),
        await colleague.do("technical"),
    ]

    assert [a.status_code for a in answers] == [403] * 5


@pytest.mark.parametrize("role", ["connection_officer", "osp_staff", "region_manager"])
async def test_only_call_agents_answer(world: "World", role: str) -> None:
    assert (await world.agent("KV2", role=role).next()).status_code == 403


async def test_customers_have_no_desk(world: "World") -> None:
    customer = await waiting(world)

    assert (await customer.http.post("/v1/desk/next")).status_code == 403


@pytest.mark.parametrize(("reason", "repeat"), REJECTIONS.items())
async def test_every_reason_names_the_step_to_repeat(
    world: "World", reason: str, repeat: str
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


async def test_a_no_to_the_call_alone_lets_the_customer_call_again(world: "World") -> None:
    """F5a.8 TH1: do F5a.8 again."""
    customer = await waiting(world)
    await world.agent().answer_and_reject("CALL_QUALITY")

    assert (await customer.call()).status_code == 201


@pytest.mark.parametrize("reason", ["PHOTO_UNCLEAR", "DATA_MISMATCH"])
async def test_a_no_to_the_papers_needs_a_new_check_first(world: "World", reason: str) -> None:
    """G26: back to the photo or the form."""
    customer = await waiting(world)
    await world.agent().answer_and_reject(reason)
    assert (await customer.call()).json()["waiting_for"] == ["KycPassed"]

    await world.hear(customer.passed(attempt=2))

    assert (await customer.call()).status_code == 201


async def test_the_third_no_leaves_the_store(world: "World") -> None:
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


async def test_technical_ends_never_count_and_keep_the_priority(world: "World") -> None:
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


async def test_an_agent_need_not_wait_for_who_does_not_come_back(world: "World") -> None:
    customer, agent = await in_call(world)
    await agent.do("drop")

    assert (await agent.do("technical", reason_code="CUSTOMER_LEFT")).status_code == 200

    assert (await agent.next()).status_code == 204
    assert (await customer.come_back()).json()["status"] == "QUEUED"


async def test_a_manager_takes_an_approval_back_and_the_customer_may_call_again(
    world: "World",
) -> None:
    customer = await waiting(world)
    await world.agent().answer_and_approve()
    manager = world.agent("KV2", role="region_manager")
    manager.call_id = customer.call_id

    answers = [await manager.do("revoke", reason_code="AUDIT") for _ in range(2)]

    assert [a.json()["status"] for a in answers] == ["REVOKED"] * 2
    assert (await published(world.db)).count("VideoCallRevoked") == 1
    assert (await customer.call()).status_code == 201


async def test_only_a_manager_of_the_region_revokes(world: "World") -> None:
    customer = await waiting(world)
    agent = world.agent()
    await agent.answer_and_approve()
    foreign = world.agent("KV3", role="region_manager")
    foreign.call_id = customer.call_id

    assert (await agent.do("revoke", reason_code="AUDIT")).status_code == 403
    assert (await foreign.do("revoke", reason_code="AUDIT")).status_code == 404


async def test_what_was_never_approved_cannot_be_revoked(world: "World") -> None:
    customer, _ = await in_call(world)
    manager = world.agent("KV2", role="region_manager")
    manager.call_id = customer.call_id

    assert (await manager.do("revoke", reason_code="AUDIT")).status_code == 409


async def test_of_two_decisions_at_once_one_counts(world: "World") -> None:
    customer, agent = await in_call(world)
    for kind in ("FRONT", "FACE"):
        await agent.photograph(kind)

    answers = await asyncio.gather(
        agent.approve(), agent.do("reject", reason_code="CALL_QUALITY"), customer.leave()
    )

    assert sorted(a.status_code for a in answers) == [200, 409, 409]
    said = await published(world.db)
    ends = {"VideoCallApproved", "VideoCallRejected", "VideoCallAbandoned"}
    assert len([topic for topic in said if topic in ends]) == 1


async def test_stills_are_real_pictures_of_a_call_under_way(
    world: "World", picture: Callable[..., bytes]
) -> None:
    """P5.1."""
    _, agent = await in_call(world)

    refused = [
        await agent.photograph("FRONT", b"GIF89a"),
        await agent.photograph("FRONT", picture(size=(320, 240))),
        await agent.photograph("SELFIE"),
    ]
    await agent.do("technical")
    ended = await agent.photograph("FRONT")

    assert [a.status_code for a in refused] == [422] * 3
    assert ended.status_code == 409


async def test_a_still_sent_twice_is_one_still(world: "World") -> None:
    _, agent = await in_call(world)

    answers = [await agent.photograph("FRONT") for _ in range(2)]

    assert len(answers[1].json()["photos"]) == 1


async def test_stills_and_notes_lie_sealed_and_looks_are_written_down(
    world: "World", picture: Callable[..., bytes]
) -> None:
    customer, agent = await in_call(world)
    await agent.photograph("FACE")
    await agent.do("reject", reason_code="CALL_QUALITY", note="Nguyễn Thị Mẫu không nghe rõ")

    shown = await agent.http.get(f"/v1/desk/calls/{customer.call_id}/photos/FACE")

    assert shown.content == picture()
    assert shown.headers["cache-control"] == "no-store"
    async with world.db.transaction() as tx:
        [sealed] = await tx.scalars(text("select sealed from photo"))
        [note] = await tx.scalars(text("select note from call"))
        said = b"".join(await tx.scalars(select(outbox.c.payload)))
        looks = (await tx.execute(select(accesses.c.hold_id, accesses.c.what))).all()
    assert b"\xff\xd8\xff" not in sealed
    assert "Mẫu".encode() not in note + said
    assert [tuple(look) for look in looks] == [(customer.hold_id, "PHOTO:FACE")]


async def test_unknown_reasons_are_refused(world: "World") -> None:
    _, agent = await in_call(world)

    answers = [
        await agent.do("reject", reason_code="DID_NOT_LIKE_THEM"),
        await agent.do("reject"),
        await agent.do("technical", reason_code="COFFEE"),
        await agent.do("approve", checklist={"face": "perhaps"}),
    ]

    assert [a.status_code for a in answers] == [422] * 4


async def test_the_queue_shows_no_person(world: "World") -> None:
    """The desk reads the case from kyc; here are only ids."""
    customer = await waiting(world)

    queue = (await world.agent().http.get("/v1/desk/queue")).json()

    [item] = queue["items"]
    assert set(item) == {
        "call_id",
        "hold_id",
        "region",
        "team",
        "queued_at",
        "waited_seconds",
        "returning",
    }
    assert (item["hold_id"], queue["waiting"]) == (str(customer.hold_id), 1)
