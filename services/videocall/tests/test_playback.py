"""Auditors and supervisors play a call's recording, its events beside it (P5.1, LAW12, LAW19)."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta

import pytest
from services.videocall.tests.talks import Node, Talk, seconds_of, talking, world_with
from services.videocall.tests.world import World
from sqlalchemy import select

from kit import clock
from videocall.playback.domain import OutOfRange, Span
from videocall.tables import accesses


@pytest.fixture
async def recorded(world: World, node: Node) -> AsyncIterator[Talk]:
    """Record three seconds of both parties, and end the call."""
    async with world_with(world, node) as with_media, talking(with_media) as talk:
        await talk.both_publish()
        await talk.watched(3)
        assert (await talk.agent.do("reject", reason_code="CALL_QUALITY")).status_code == 200
        await talk.watched(2)
        yield talk


async def test_an_auditor_plays_both_parties_on_one_time_line_and_each_look_is_written_down(
    recorded: Talk,
) -> None:
    auditor = recorded.world.agent(role="auditor")
    path = f"/v1/desk/calls/{recorded.customer.call_id}"

    evidence = (await auditor.http.get(f"{path}/evidence")).json()
    played = await auditor.http.get(f"{path}/recordings/CUSTOMER/1")
    last = await auditor.http.get(f"{path}/recordings/CUSTOMER/1", headers={"Range": "bytes=-100"})

    assert (evidence["intact"], evidence["faults"], evidence["erased"]) == (True, [], False)
    assert [e["kind"] for e in evidence["events"]][-3:] == ["REJECTED", *["MEDIA_CLOSED"] * 2]
    parts = {part["role"]: part for part in evidence["parts"]}
    for part in parts.values():
        began = datetime.fromisoformat(part["starts_at"])
        assert clock.now() - timedelta(seconds=60) < began < clock.now()
        assert part["duration_ms"] > 1_000
    assert played.headers["content-type"] == "video/webm"
    assert played.headers["cache-control"] == "no-store"
    lasts = parts["CUSTOMER"]["duration_ms"] / 1000
    assert seconds_of(played.content) == pytest.approx(lasts, abs=0.1)
    assert (last.status_code, last.content) == (206, played.content[-100:])
    size = len(played.content)
    assert last.headers["content-range"] == f"bytes {size - 100}-{size - 1}/{size}"
    async with recorded.world.db.transaction() as tx:
        looks = (await tx.execute(select(accesses.c.staff_id, accesses.c.what))).all()
    assert [tuple(look) for look in looks] == [
        (auditor.id, "EVIDENCE"),
        (auditor.id, "RECORDING:CUSTOMER"),
        (auditor.id, "RECORDING:CUSTOMER"),
    ]


async def test_challenges_are_found_again_in_the_recording(world: World, node: Node) -> None:
    """P5.1: each draw with its outcome; a task that was set says where in the customer's part."""
    async with world_with(world, node) as with_media, talking(with_media) as talk:
        agent = talk.agent
        [first, second, _] = (await agent.sees())["challenges"]
        await agent.do(f"challenges/{first['id']}/issue")
        await talk.both_publish()
        await talk.watched(3)
        began = (await talk.part()).started_at
        assert began
        await agent.do(f"challenges/{second['id']}/issue")
        passed = (clock.now() - began) / timedelta(milliseconds=1)
        await agent.do(f"challenges/{second['id']}/result", result="FAIL")
        await agent.do("challenges")
        auditor = with_media.agent(role="auditor")

        evidence = await auditor.http.get(f"/v1/desk/calls/{talk.call_id}/evidence")

    drawn = evidence.json()["challenges"]
    assert [(c["draw"], c["result"]) for c in drawn] == [
        *[(1, None), (1, "FAIL"), (1, None)],
        *[(2, None)] * 3,
    ]
    before, during, *_ = drawn
    assert (before["part"], before["offset_ms"]) == (None, None), "nothing was recorded yet"
    assert during["part"] == 1
    assert 0 < during["offset_ms"] <= passed
    noted = [e["body"] for e in evidence.json()["events"] if e["kind"] == "CHALLENGE_SET"]
    assert noted[0].keys() == {"challenge", "kind"}
    assert (noted[1]["part"], noted[1]["offset_ms"]) == (1, during["offset_ms"])


async def test_a_recording_is_for_those_who_review_calls_of_the_region(recorded: Talk) -> None:
    """LAW19: not even the call's own agent plays it."""
    world, call_id = recorded.world, recorded.customer.call_id
    path = f"/v1/desk/calls/{call_id}/recordings/AGENT/1"
    people = [
        recorded.agent,
        world.agent(role="connection_officer"),
        world.agent("KV3", role="auditor"),
        world.agent(role="region_manager"),
    ]

    answers = [await person.http.get(path) for person in people]

    assert [a.status_code for a in answers] == [403, 403, 404, 200]
    missing = await people[3].http.get(path.replace("AGENT/1", "AGENT/2"))
    outside = await people[3].http.get(path, headers={"Range": "bytes=999999999-"})
    assert (missing.status_code, outside.status_code) == (404, 422)


@pytest.mark.parametrize(
    ("header", "span"),
    [
        (None, None),
        ("bytes=0-", (0, 99)),
        ("bytes=10-19", (10, 19)),
        ("bytes=90-500", (90, 99)),
        ("bytes=-10", (90, 99)),
        ("bytes=-500", (0, 99)),
        ("bytes=0-1,5-6", None),
        ("bytes=-", None),
        ("blocks=1-2", None),
    ],
)
def test_a_range_of_bytes_is_read_as_http_says(
    header: str | None, span: tuple[int, int] | None
) -> None:
    read = Span.asked(header, 100)

    assert (read and (read.first, read.last)) == span


def test_bytes_behind_the_end_are_refused() -> None:
    for header in ("bytes=100-", "bytes=5-4"):
        with pytest.raises(OutOfRange):
            Span.asked(header, 100)
