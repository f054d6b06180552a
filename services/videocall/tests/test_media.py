"""Picture and sound of a call (LAW09): a real media node, callers of WebRTC, PostgreSQL."""

import pytest
from services.videocall.tests.callers import calling
from services.videocall.tests.talks import (
    FRAMES_A_SECOND,
    Node,
    Talk,
    seconds_of,
    talking,
    world_with,
)
from services.videocall.tests.world import World, waiting

from events.ids import uuid7
from stack.ports import Ports
from videocall.recordings.domain import BOTH, Party


async def test_both_parties_see_each_other_and_both_are_recorded(talk: Talk) -> None:
    """Of the frames that each sends at least 98 % are recorded."""
    await talk.both_publish()
    assert (await talk.of_customer.view()).status_code == 201
    assert (await talk.of_agent.view()).status_code == 201
    await talk.watched(4)
    light = (await talk.of_agent.look())["recording"]
    counts = [await caller.do("pause") for caller in talk.callers]
    await talk.watched(2)

    assert light == "OK"
    assert all(count["seen"]["video"] > 100 for count in counts), counts
    for role, count in zip(BOTH, counts, strict=True):
        part = await talk.part(role)
        assert part.video_frames >= 0.98 * count["frames"], (part, count)


async def test_who_publishes_later_is_seen_by_a_view_that_was_there_before(talk: Talk) -> None:
    refused = await talk.of_customer.view()
    assert (await talk.of_customer.publish()).status_code == 201

    seen = await talk.of_customer.view()

    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/nothing-to-see-yet")
    assert seen.status_code == 201
    assert await talk.of_customer.look() == {
        "session": 1,
        "own": {"publishes": True, "part": 1},
        "other": {"publishes": False, "part": None},
        "recording": "STARTING",
        "supervisor": None,
        "ice": {"servers": []},
    }
    await talk.of_agent.publish()
    await talk.of_customer.sees_more_than(20)


async def test_who_publishes_again_begins_the_next_part_and_is_seen_without_another_view(
    talk: Talk,
) -> None:
    await talk.both_publish()
    await talk.of_agent.view()

    again = await talk.of_customer.publish()

    assert again.json()["part"] == 2
    before = (await talk.of_agent.count())["seen"]["video"]
    await talk.of_agent.sees_more_than(before + 20)
    assert (await talk.of_customer.look())["session"] == 1


@pytest.mark.parametrize("moves", [False, True], ids=["started again", "another one"])
async def test_a_killed_node_loses_less_than_two_seconds_and_the_call_goes_on(
    world: World, node: Node, *, moves: bool
) -> None:
    """The next publish opens the call on the restarted node, or on another, as part 2."""
    other = Node(node.folder, Ports(node.folder / "ports.json").give("another"))
    async with world_with(world, node, other) as with_media, talking(with_media) as talk:
        await talk.both_publish()
        await talk.watched(3)
        sent = (await talk.of_customer.count())["frames"]
        node.kill()

        with (other if moves else node).running():
            await talk.watched(4)
            seen = await talk.of_customer.look()
            again = await talk.of_customer.publish()
            first = await talk.part()
            await talk.of_agent.publish()
            await talk.watched(2)
            light = (await talk.of_agent.look())["recording"]

        with node.running():
            recorded = seconds_of(await talk.playback.playable(talk.call_id, Party.CUSTOMER, 1))
    assert seen["own"] == {"publishes": False, "part": 1}
    assert (again.status_code, again.json()["part"]) == (201, 2)
    assert (first.node, light) == ((other if moves else node).address, "OK")
    assert sent / FRAMES_A_SECOND - recorded < 2, (sent, recorded)


async def test_without_a_node_that_answers_a_client_asks_again(talk: Talk, node: Node) -> None:
    node.kill()

    refused = await talk.of_customer.publish()

    assert (refused.status_code, refused.headers["retry-after"]) == (503, "1")


async def test_another_persons_call_looks_like_none(talk: Talk) -> None:
    await talk.both_publish()
    stranger = await waiting(talk.world)
    others = [
        (stranger.http, "/v1/calls", [404, 404, 404]),
        (talk.world.agent("KV1").http, "/v1/desk/calls", [404, 404, 404]),
        (talk.world.agent("KV1", role="region_manager").http, "/v1/desk/calls", [403, 404, 404]),
        (talk.world.agent("KV2").http, "/v1/desk/calls", [403, 403, 403]),
    ]

    for http, path, statuses in others:
        media = f"{path}/{talk.call_id}/media"
        answers = [
            await http.post(media, json={"offer": "v=0"}),
            await http.post(f"{media}/views"),
            await http.post(f"{media}/views/{uuid7()}/answer", json={"answer": "v=0"}),
        ]
        assert [answer.status_code for answer in answers] == statuses, path
    assert len((await talk.recording()).parts) == 2


async def test_a_call_that_is_not_in_hand_has_no_picture(talk: Talk) -> None:
    customer = await waiting(talk.world)
    async with calling(customer.http, f"/v1/calls/{customer.call_id}/media") as caller:
        refused = await caller.publish()

    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/call-moved")


async def test_a_supervisor_sees_both_parties_and_the_look_is_written_down(talk: Talk) -> None:
    """LAW19: each look at a person is in the access log."""
    await talk.both_publish()
    manager = talk.world.agent(role="region_manager")
    async with calling(manager.http, talk.of_agent.path) as caller:
        watched = await caller.view(feeds=["CUSTOMER", "AGENT"])
        await caller.sees_more_than(40)

    assert watched.status_code == 201
    assert "feed-CUSTOMER" in watched.json()["offer"]
    assert "feed-AGENT" in watched.json()["offer"]
    auditor = talk.world.agent(role="auditor")
    log = (await auditor.http.get("/v1/access-log")).json()["items"]
    assert [(row["staff_id"], row["what"]) for row in log] == [(str(manager.id), "CALL:WATCH")]


async def test_a_call_that_is_over_is_closed_on_its_node(talk: Talk) -> None:
    await talk.both_publish()
    await talk.watched(2)

    assert (await talk.agent.do("reject", reason_code="CALL_QUALITY")).status_code == 200
    await talk.watched(1)

    assert [part.state for part in (await talk.recording()).parts] == ["CLOSED", "CLOSED"]
    [report] = await talk.signalling.plane.look()
    assert report.calls == []


async def test_no_description_address_or_candidate_is_logged(
    talk: Talk, node: Node, capfd: pytest.CaptureFixture[str]
) -> None:
    await talk.both_publish()
    await talk.of_agent.view()
    bad = await talk.of_customer.http.post(
        talk.of_customer.path, json={"offer": "v=0\r\na=candidate:1 1 udp 1 203.0.113.7 9"}
    )
    node.kill()
    await talk.of_customer.publish()

    assert (bad.status_code, bad.json()["type"]) == (422, "/problems/bad-description")
    written = "".join([*capfd.readouterr(), node.log, bad.text])
    assert "media_node_unreachable" in written
    for secret in ("a=candidate", "203.0.113.7", "ice-ufrag", "fingerprint", "v=0"):
        assert secret not in written
