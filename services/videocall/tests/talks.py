"""A call with picture and sound: a media node, and two people at their cameras."""

import asyncio
import signal
import struct
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

import httpx
from services.videocall.tests.callers import Caller, calling
from services.videocall.tests.world import Agent, Customer, World, in_call, ringing

from stack import media_node
from videocall.main import create_app
from videocall.playback.commands import Playback
from videocall.recordings.domain import ChainReport, Part, Party, Recording, check_chain
from videocall.recordings.queries import recording_of
from videocall.settings import Settings
from videocall.signalling.commands import Signalling

if TYPE_CHECKING:
    import subprocess

SECRET = "the secret of these tests"
FRAMES_A_SECOND = 15


@dataclass
class Node:
    """A media node whose process can be killed and started again."""

    folder: Path
    port: int
    process: "subprocess.Popen[bytes] | None" = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def log(self) -> str:
        return (self.folder / "media.log").read_text()

    @contextmanager
    def running(self) -> Iterator["Node"]:
        """Run the node's process."""
        with media_node.start(self.folder, self.port, SECRET) as self.process:
            yield self

    def kill(self) -> None:
        """Kill the process as an accident would."""
        assert self.process
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def file_of(self, part: Part) -> Path:
        """Return a part's file."""
        return self.folder / f"{part.name}.webm.sealed"


@asynccontextmanager
async def world_with(world: World, *nodes: Node, **settings: Any) -> AsyncIterator[World]:
    """Build the service anew, with media nodes and other settings."""
    own = {
        "media_nodes": ",".join(node.address for node in nodes),
        "media_secret": SECRET,
        "media_optional": False,
        "shortest_recording_seconds": 1,
    }
    every = Settings.model_validate(world.settings.model_dump() | own | settings)
    async with httpx.AsyncClient() as http:
        app = create_app(every, world.db, http)
        yield World(app, world.db, world.keys, world.clock_file, every)


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
    def callers(self) -> tuple[Caller, Caller]:
        return self.of_customer, self.of_agent

    @property
    def signalling(self) -> Signalling:
        signalling: Signalling = self.world.app.state.signalling
        return signalling

    @property
    def playback(self) -> Playback:
        playback: Playback = self.world.app.state.playback
        return playback

    async def checked(self, role: Party = Party.CUSTOMER) -> ChainReport:
        """Compare a party's newest part with its chain, as it lies on the node's disk."""
        part = await self.part(role)
        return check_chain(part, await self.signalling.plane.sealed(part))

    async def both_publish(self) -> None:
        """Let both send their pictures."""
        for caller in self.callers:
            answer = await caller.publish()
            assert answer.status_code == 201, answer.text

    async def recording(self) -> Recording:
        """Read the parts of the call."""
        async with self.world.db.transaction() as tx:
            return await recording_of(tx, self.call_id)

    async def part(self, role: Party = Party.CUSTOMER) -> Part:
        """Read a party's newest part."""
        part = (await self.recording()).newest(role)
        assert part
        return part

    async def watched(self, seconds: int) -> None:
        """Let the jobs run every second for a while, as they do in a service."""
        for _ in range(seconds):
            await asyncio.sleep(1)
            await self.world.tick()


@asynccontextmanager
async def talking(world: World, *, accepted: bool = True) -> AsyncIterator[Talk]:
    """Bring a customer and an agent into a call, or let it ring; their cameras are still off."""
    customer, agent = await in_call(world) if accepted else (await ringing(world))[:2]
    async with AsyncExitStack() as stack:
        of_customer, of_agent = [
            await stack.enter_async_context(calling(http, f"{path}/{customer.call_id}/media"))
            for http, path in ((customer.http, "/v1/calls"), (agent.http, "/v1/desk/calls"))
        ]
        yield Talk(world, customer, agent, of_customer, of_agent)


def seconds_of(webm: bytes) -> float:
    """Read how long a playable file is: the element Duration, in ms."""
    duration = webm.index(b"\x44\x89\x88") + 3
    ms: float = struct.unpack(">d", webm[duration : duration + 8])[0]
    return ms / 1000
