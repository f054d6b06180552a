"""No approval without a recording (LAW09, F5a.8 TH2, F5b.7 TH2)."""

from typing import Any

import httpx
import pytest
from services.videocall.tests.talks import Node, Talk, talking, world_with
from services.videocall.tests.world import World


def missing(answer: httpx.Response) -> list[str]:
    """Return what an approval was refused for."""
    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/not-approvable")
    lines: list[str] = answer.json()["missing"]
    return lines


async def test_a_call_without_a_picture_is_not_approved(talk: Talk) -> None:
    await talk.agent.examines()

    assert missing(await talk.agent.approve()) == ["recording"]
    assert missing(await talk.agent.approve(face=False)) == ["checklist.face", "recording"]


async def test_a_call_of_which_one_party_is_seen_is_not_approved(talk: Talk) -> None:
    await talk.of_customer.publish()
    await talk.agent.examines()
    await talk.watched(3)

    assert missing(await talk.agent.approve()) == ["recording"]


async def test_a_recorded_call_is_approved_until_its_recording_stalls(talk: Talk) -> None:
    """A recording that has not grown for three seconds has stopped; a new part mends it."""
    await talk.both_publish()
    await talk.agent.examines()
    await talk.watched(3)
    await talk.of_customer.do("pause")
    await talk.watched(5)
    stalled = await talk.agent.approve()
    light = (await talk.of_agent.look())["recording"]

    await talk.of_customer.publish()
    await talk.watched(2)

    assert (missing(stalled), light) == (["recording"], "STALLED")
    assert (await talk.agent.approve()).status_code == 200


async def test_a_full_disk_leaves_the_call_running_and_stops_the_approval(
    talk: Talk, node: Node
) -> None:
    (node.folder / str(talk.call_id)).write_text("where the folder of the call would be")
    await talk.both_publish()
    await talk.of_agent.view()
    await talk.agent.examines()
    await talk.watched(5)
    states = []
    for _ in range(2):
        await talk.watched(1)
        states.append((await talk.part()).state)

    assert states == ["FAILED", "FAILED"]
    assert (await talk.of_agent.count())["seen"]["video"] > 20
    look = await talk.of_agent.look()
    assert (look["recording"], look["other"]["publishes"]) == ("STALLED", True)
    assert missing(await talk.agent.approve()) == ["recording"]


async def test_a_node_that_died_stalls_the_recording(talk: Talk, node: Node) -> None:
    await talk.both_publish()
    await talk.agent.examines()
    await talk.watched(3)
    node.kill()
    await talk.watched(4)

    assert missing(await talk.agent.approve()) == ["recording"]


@pytest.mark.parametrize(
    ("settings", "approved"),
    [
        ({"shortest_recording_seconds": 20}, False),
        ({"shortest_recording_seconds": 20, "media_optional": True}, False),
        ({"shortest_recording_seconds": 1, "media_optional": True}, True),
    ],
)
async def test_a_recording_has_a_shortest_length_wherever_both_are_seen(
    world: World, node: Node, settings: dict[str, Any], *, approved: bool
) -> None:
    async with world_with(world, node, **settings) as with_media, talking(with_media) as talk:
        await talk.both_publish()
        await talk.agent.examines()
        await talk.watched(3)

        assert (await talk.agent.approve()).is_success is approved


async def test_where_media_are_optional_a_call_that_only_one_is_seen_in_may_be_approved(
    world: World, node: Node
) -> None:
    async with (
        world_with(world, node, media_optional=True) as with_media,
        talking(with_media) as talk,
    ):
        await talk.of_customer.publish()
        await talk.agent.examines()

        assert (await talk.agent.approve()).is_success
