"""Picture and sound of a call (LAW09): a real media node, callers of WebRTC, PostgreSQL."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

import httpx
import pytest
from services.videocall.tests.callers import Caller, calling
from services.videocall.tests.world import Agent, Customer, World, in_call

from kit.db import Database
from stack import media_node
from stack.ports import Ports
from videocall.main import create_app
from videocall.recordings.domain import Party, Recording
from videocall.recordings.queries import recording_of
from videocall.settings import Settings
from videocall.signalling.commands import Signalling

if TYPE_CHECKING:
    import subprocess

SECRET = "the secret of these tests"


@dataclass
class Node:
    """A media node whose process can be killed and started again."""

    folder: Path
    port: int
    process: "subprocess.Popen[bytes]"

    @property
    def log(self) -> str:
        return (self.folder / "media.log").read_text()


@pytest.fixture
def node(tmp_path: Path) -> Iterator[Node]:
    port = Ports(tmp_path / "ports.json").give("media")
    with media_node.start(tmp_path, port, SECRET) as process:
        yield Node(tmp_path, port, process)


@pytest.fixture
async def media_world(world: World, db: Database, node: Node) -> AsyncIterator[World]:
    settings = Settings.model_validate(
        world.settings.model_dump()
        | {
            "media_nodes": f"http://127.0.0.1:{node.port}",
            "media_secret": SECRET,
            "media_optional": False,
            "shortest_recording_seconds": 2,
        }
    )
    async with httpx.AsyncClient() as http:
        app = create_app(settings, db, http)
        yield World(app, db, world.keys, world.clock_file, settings)


@dataclass
class Talk:
    """A customer and an agent in a call, each with a camera."""

    world: World
    customer: Customer
    agent: Agent
    of_customer: Caller
    of_agent: Caller

    @property
    def call_id(self) -> UUID:
        return UUID(self.customer.call_id)

    @property
    def signalling(self) -> Signalling:
        signalling: Signalling = self.world.app.state.signalling
        return signalling

    async def both_publish(self) -> None:
        for caller in (self.of_customer, self.of_agent):
            answer = await caller.publish()
            assert answer.status_code == 201, answer.text

    async def recording(self) -> Recording:
        async with self.world.db.transaction() as tx:
            return await recording_of(tx, self.call_id)

    async def watched(self, seconds: float) -> Recording:
        """Let the watch job run as it does in a service, every second, for a while."""
        for _ in range(round(seconds)):
            await asyncio.sleep(1)
            await self.world.tick()
        return await self.recording()


@pytest.fixture
async def talk(media_world: World) -> AsyncIterator[Talk]:
    customer, agent = await in_call(media_world)
    async with AsyncExitStack() as callers:
        yield Talk(
            media_world,
            customer,
            agent,
            await callers.enter_async_context(
                calling(customer.http, f"/v1/calls/{customer.call_id}/media")
            ),
            await callers.enter_async_context(
                calling(agent.http, f"/v1/desk/calls/{customer.call_id}/media")
            ),
        )


async def test_both_parties_see_each_other_and_both_are_recorded(talk: Talk) -> None:
    await talk.both_publish()
    assert (await talk.of_customer.view()).status_code == 201
    assert (await talk.of_agent.view()).status_code == 201

    recording = await talk.watched(4)
    frames = [await caller.do("pause") for caller in (talk.of_customer, talk.of_agent)]
    recording = await talk.watched(1)

    assert all(caller["seen"]["video"] > 100 for caller in frames), frames
    assert (await talk.of_agent.look())["recording"] == "OK"
    for role in Party:
        part = recording.newest(role)
        assert part
        assert part.state == "RECORDING"


async def test_a_view_of_nobody_is_asked_for_again(talk: Talk) -> None:
    assert (await talk.of_customer.publish()).status_code == 201

    refused = await talk.of_customer.view()

    assert refused.status_code == 409
    assert refused.json()["type"] == "/problems/nothing-to-see-yet"
    assert (await talk.of_agent.view()).status_code == 201
    seen = await talk.of_customer.look()
    assert seen == {
        "session": 1,
        "own": {"publishes": True, "part": 1},
        "other": {"publishes": False, "part": None},
        "recording": "STARTING",
        "ice": {"servers": []},
    }
