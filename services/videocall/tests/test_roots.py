"""The root of a day binds the chains of its calls; a call proves its place without the others."""

import json
from datetime import date, datetime, timedelta
from itertools import pairwise
from uuid import UUID

import pytest
from services.videocall.tests.test_verification import past_the_triggers, run_command
from services.videocall.tests.world import World, in_call
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from events import EvidenceDaySealed
from events.ids import uuid7
from kit.clock import VIETNAM
from kit.testing import facts
from videocall.chain.domain import CallEvent, EventKind, Head
from videocall.chain.queries import events_of
from videocall.roots.domain import DayReport, Leaf, Proof, Tree
from videocall.roots.queries import days_of, tree_of, verify_day
from videocall.verification.queries import verify

MONDAY = date(2026, 11, 30)
EMPTY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """Name a moment of those days in Vietnam, counted from Monday."""
    moment = datetime(2026, 11, 30, hour, minute, tzinfo=VIETNAM)
    return moment + timedelta(days=day)


def tree(size: int) -> Tree:
    return Tree(MONDAY, [Leaf(uuid7(), n, f"{n:064x}") for n in range(size)])


async def rejected(world: World) -> UUID:
    """Let an agent decide a call; return it."""
    customer, agent = await in_call(world)
    assert (await agent.do("reject", reason_code="CALL_QUALITY")).status_code == 200
    return UUID(customer.call_id)


async def sealed(world: World) -> list[EvidenceDaySealed]:
    """Run the jobs, and return the roots that were published."""
    await world.tick()
    return [fact for fact in await facts(world.db) if isinstance(fact, EvidenceDaySealed)]


async def verified(world: World, day: date = MONDAY) -> DayReport:
    async with world.db.transaction() as tx:
        return await verify_day(tx, day)


@pytest.mark.parametrize("size", range(1, 18))
def test_each_call_of_a_tree_proves_its_place_and_no_other(size: int) -> None:
    """RFC 9162, 2.1.3: along its way alone."""
    grown = tree(size)
    for leaf in grown.leaves:
        proof = grown.proof(leaf.call_id)
        assert proof.root == grown.root
        assert len(proof.path) <= size.bit_length()
        other = Leaf(leaf.call_id, leaf.seq, "f" * 64)
        assert Proof(other, proof.place, size, proof.path).root != grown.root


def test_the_smallest_trees_are_those_of_the_standard() -> None:
    """Nothing, and a single leaf, are their own roots (RFC 9162, 2.1.1)."""
    roots = [tree(0).root, *(tree(size).root for size in range(1, 9))]
    assert roots[0] == EMPTY
    assert len(set(roots)) == len(roots)
    one = tree(1)
    assert one.root == one.leaves[0].digest.hex()


async def test_a_day_is_sealed_once_when_it_is_over_in_vietnam(world: World) -> None:
    world.set_clock(at(0, 23, 30))
    calls = [await rejected(world) for _ in range(3)]
    world.set_clock(at(1, 0, 5))
    assert await sealed(world) == [], "transactions of yesterday may still come to an end"
    world.set_clock(at(1, 0, 11))

    [day] = await sealed(world)
    again = await sealed(world)

    async with world.db.transaction() as tx:
        grown = await tree_of(tx, MONDAY)
        assert await days_of(tx, calls[0]) == [MONDAY]
    assert again == [day]
    assert (day.day, day.calls, day.root) == (MONDAY, 3, grown.root)
    assert [leaf.call_id for leaf in grown.leaves] == sorted(calls)
    assert await verified(world) == DayReport(MONDAY, day.root, 3, ())


async def test_days_follow_without_a_gap_and_an_empty_one_is_sealed_too(world: World) -> None:
    world.set_clock(at(0, 10))
    call_id = await rejected(world)
    world.set_clock(at(3, 12))

    days = [await sealed(world) for _ in range(4)][-1]

    assert [day.calls for day in days] == [1, 0, 0]
    assert {later.day - earlier.day for earlier, later in pairwise(days)} == {timedelta(days=1)}
    assert {day.root for day in days[1:]} == {EMPTY}
    assert (await verified(world, MONDAY + timedelta(days=1))).faults == ()
    await past_the_triggers(
        world,
        "update call_event set at = at + interval '1 day' where call_id = :call and kind = :kind",
        call=call_id,
        kind="REJECTED",
    )
    assert (await verified(world, MONDAY + timedelta(days=1))).faults == (
        f"call {call_id}: not in the root",
    )


async def written_anew(world: World, call_id: UUID) -> None:
    """Write the chain of a call again with another team in it, as its owner could."""
    async with world.db.transaction() as tx:
        events = await events_of(tx, call_id)
    last = Head.of_none(call_id)
    for event in events:
        body = json.loads(event.body) | ({"team": "KV9-CALL"} if event.kind == "QUEUED" else {})
        forged = CallEvent.after(last, call_id, EventKind(event.kind), body, at=event.at)
        await past_the_triggers(
            world,
            "update call_event set body = :body, prev_hash = :prev_hash, hash = :hash"
            " where call_id = :call_id and seq = :seq",
            **{name: getattr(forged, name) for name in ("body", "prev_hash", "hash", "seq")},
            call_id=call_id,
        )
        last = Head(forged.seq, forged.hash)


async def test_a_chain_that_is_written_anew_as_a_whole_does_not_fit_the_root(world: World) -> None:
    """SD.2: the call alone looks intact; neither needs a key."""
    world.set_clock(at(0, 10))
    forged, other = [await rejected(world) for _ in range(2)]
    world.set_clock(at(1, 10))
    [day] = await sealed(world)

    await written_anew(world, forged)

    async with world.db.transaction() as tx:
        newest = (await events_of(tx, forged))[-1].seq
    alone = await verify(world.db, world.app.state.playback.plane, forged)
    assert alone.is_intact
    fault = f"call {forged}: event {newest} is another than the root has"
    assert (await verified(world)).faults == (fault,)
    await past_the_triggers(
        world, "update day_leaf set hash = repeat('0', 64) where call_id = :call", call=other
    )
    await past_the_triggers(
        world, "delete from call_event where call_id = :call and seq = 2", call=other
    )
    code, said = await run_command(world.settings, "verify", "--day", "2026-11-30")
    assert code == 1, said
    assert said.splitlines() == [
        "day 2026-11-30: not as it was recorded",
        f"  2 calls, root {day.root}",
        "CHANGED: root",
        f"CHANGED: {fault}",
        f"CHANGED: call {other}: event 2",
    ]


async def test_the_command_says_intact_and_a_call_shows_its_way_to_the_root(world: World) -> None:
    world.set_clock(at(0, 10))
    first, *_ = [await rejected(world) for _ in range(3)]
    world.set_clock(at(1, 10))
    [day] = await sealed(world)

    whole = await run_command(world.settings, "verify", "--day", "2026-11-30")
    of_call = await run_command(world.settings, "verify", str(first))
    none = await run_command(world.settings, "verify", "--day", "2026-11-29")

    assert whole == (0, f"day 2026-11-30: intact\n  3 calls, root {day.root}\n")
    assert of_call[0] == 0, of_call
    assert f"  in the root of 2026-11-30: {day.root}\n" in of_call[1]
    assert "place 0 of 3\n" in of_call[1]
    assert of_call[1].count("    beside ") == 2
    assert none == (2, "2026-11-29 has no root.\n")


@pytest.mark.parametrize(
    "statement",
    [
        "delete from day_root",
        "update day_root set root = ''",
        "delete from day_leaf",
        "update day_leaf set place = 7",
    ],
)
async def test_roots_are_only_ever_added(world: World, statement: str) -> None:
    world.set_clock(at(0, 10))
    await rejected(world)
    world.set_clock(at(1, 10))
    await sealed(world)
    with pytest.raises(IntegrityError, match="only ever added to"):
        async with world.db.transaction() as tx:
            await tx.execute(text(statement))


def test_the_fact_holds_nothing_of_a_person() -> None:
    said = json.loads(tree(2).seal(now=at(1, 1)).model_dump_json())
    assert said.keys() == {"event_id", "occurred_at", "day", "root", "calls"}
