"""Picture and sound while a call rings: connected, and neither shown nor recorded (P3.5, P5.1)."""

from collections.abc import AsyncIterator

import pytest
from services.videocall.tests.callers import calling
from services.videocall.tests.talks import Node, Talk, talking, world_with
from services.videocall.tests.world import World

from kit import clock
from kit.auth import Caller
from videocall.chain.queries import events_of
from videocall.offers.commands import accept
from videocall.recordings.domain import BOTH, Party
from videocall.verification.queries import verify


@pytest.fixture
async def rung(world: World, node: Node) -> AsyncIterator[Talk]:
    """Let a call ring; both send their pictures and wait for the other's."""
    async with world_with(world, node) as with_media, talking(with_media, accepted=False) as talk:
        await talk.both_publish()
        for caller in talk.callers:
            assert (await caller.view()).status_code == 201
        yield talk


async def accepted(talk: Talk) -> None:
    """Let the agent take the call."""
    offer = await talk.agent.offer()
    assert offer
    assert (await talk.agent.answers("accept", offer)).status_code == 200


async def parts_in_the_chain(talk: Talk) -> list[str]:
    async with talk.world.db.transaction() as tx:
        events = await events_of(tx, talk.call_id)
    return [event.body for event in events if event.kind == "MEDIA_OPENED"]


async def test_nothing_is_shown_or_kept_before_the_accept_and_all_is_at_once_after_it(
    rung: Talk, node: Node
) -> None:
    await rung.watched(2)
    before = [await caller.count() for caller in rung.callers]
    look, kept = await rung.of_agent.look(), (await rung.recording()).parts
    files = list(node.folder.rglob("*.sealed"))

    await accepted(rung)
    for caller in rung.callers:
        await caller.sees_more_than(40)
    await rung.watched(2)

    assert all(count["frames"] > 10 for count in before)
    assert [count["seen"] for count in before] == [{"audio": 0, "video": 0}] * 2
    assert (look["own"], look["other"]) == ({"publishes": True, "part": 1},) * 2
    assert (kept, files) == ((), [])
    assert {(p.role, p.part) for p in (await rung.recording()).parts} == {(r, 1) for r in BOTH}
    assert len(await parts_in_the_chain(rung)) == 2
    assert (await rung.of_agent.look())["recording"] == "OK"


async def test_an_agent_who_declines_is_neither_seen_nor_sees(rung: Talk) -> None:
    """A publication belongs to the offer by which it was made; the customer's goes on."""
    offer = await rung.agent.offer()
    assert offer
    colleague = rung.world.agent()
    await colleague.is_in("AVAILABLE")
    await rung.agent.answers("decline", offer)
    refused = await rung.of_agent.http.get(rung.of_agent.path)

    rings = await colleague.offer()
    assert rings
    assert (await colleague.answers("accept", rings)).status_code == 200
    async with calling(colleague.http, rung.of_agent.path) as of_colleague:
        await of_colleague.view()
        await of_colleague.sees_more_than(20)

    assert refused.status_code == 403
    assert [(p.role, p.part) for p in (await rung.recording()).parts] == [(Party.CUSTOMER, 1)]
    for caller in rung.callers:
        assert (await caller.count())["seen"]["video"] == 0


async def test_of_a_call_that_never_began_nothing_is_left(rung: Talk, node: Node) -> None:
    await rung.customer.leave()
    await rung.watched(2)

    assert (await rung.recording()).parts == ()
    assert await parts_in_the_chain(rung) == []
    assert list(node.folder.rglob("*.sealed")) == []
    assert (await verify(rung.world.db, rung.signalling.plane, rung.call_id)).faults == ()
    [report] = await rung.signalling.plane.look()
    assert report.calls == []


async def test_a_word_that_was_lost_after_the_accept_is_said_again(rung: Talk) -> None:
    """The replica died between its commit and its word to the node: the watch job says it."""
    offer = await rung.agent.offer()
    assert offer
    async with rung.world.db.transaction() as tx:
        agent = Caller(rung.agent.id, "staff", frozenset({"call_agent"}), frozenset({"KV2"}))
        await accept(tx, rung.call_id, offer["epoch"], caller=agent, now=clock.now())

    await rung.watched(1)

    for caller in rung.callers:
        await caller.sees_more_than(20)


async def test_whoever_the_call_does_not_ring_at_has_no_picture_of_it(rung: Talk) -> None:
    others = [rung.world.agent("KV2"), rung.world.agent(role="region_manager")]

    answers = [await other.http.post(f"{rung.of_agent.path}/views") for other in others]

    assert [answer.status_code for answer in answers] == [403, 409]
