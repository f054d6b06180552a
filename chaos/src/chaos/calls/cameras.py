"""Cameras as programs: both parties of a call send pictures and sound to a media node."""

import asyncio
import json
from contextlib import suppress
from typing import Any, Final
from uuid import UUID

from chaos.calls.clients import Client
from stack import media_node
from videocall.recordings.domain import Party, RecordingState

PROGRAM: Final = media_node.PACKAGE / "tests" / "caller_process.ts"
CONNECTS_SECONDS: Final = 4.0
COUNTS_SECONDS: Final = 0.5
LOOK_SECONDS: Final = 0.5
RECORDS_SECONDS: Final = 6.0
RECORDS_AT_MOST_SECONDS: Final = 40.0

Name = tuple[UUID, Party, int]
"""A part of a recording: its call, its party and its number."""


class Camera:
    """A camera and a microphone; one call after the other."""

    def __init__(self, party: Party) -> None:
        self.party = party
        self.part: Name | None = None
        """The part that its picture is recorded in, as the service named it."""
        self._process: asyncio.subprocess.Process | None = None
        self._lock = asyncio.Lock()

    async def publishes(self, call_id: UUID, client: Client) -> bool:
        """Send a picture into a call; tell whether the connection stands."""
        path = f"{_path(self.party)}/{call_id}/media"
        self.part = None
        try:
            offer = (await self._do("offer", seconds=CONNECTS_SECONDS))["sdp"]
            answer = await client.ask("POST", path, {"offer": offer})
            if answer.is_error:
                return False
            body = answer.json()
            await self._do("publish", body["answer"], seconds=CONNECTS_SECONDS)
        except (TimeoutError, OSError, ValueError):  # the node died meanwhile, or was starved
            await self.end()
            return False
        self.part = (call_id, self.party, body["part"])
        return True

    async def frames(self) -> int:
        """Count the pictures that were sent since the connection stood."""
        return int((await self._do("count", seconds=COUNTS_SECONDS))["frames"])

    async def end(self) -> None:
        """End the program; the next picture is sent by another."""
        process, self._process, self.part = self._process, None, None
        if process:
            with suppress(ProcessLookupError):
                process.kill()
            await process.wait()

    async def _do(self, action: str, sdp: str = "", *, seconds: float) -> dict[str, Any]:
        async with asyncio.timeout(seconds), self._lock:
            if self._process is None:
                self._process = await _program()
            assert self._process.stdin
            assert self._process.stdout
            self._process.stdin.write(json.dumps({"do": action, "sdp": sdp}).encode() + b"\n")
            done: dict[str, Any] = json.loads(await self._process.stdout.readline())
            return done


class CameraPair:
    """Two cameras: that of an agent, and that of whoever the agent talks to."""

    def __init__(self) -> None:
        self.cameras = {party: Camera(party) for party in (Party.CUSTOMER, Party.AGENT)}

    async def record(self, call_id: UUID, customer: Client, agent: Client) -> None:
        """Let both send pictures for a while, anew whenever the media node has died.

        Return when both are recorded, or the call has ended.
        """
        loop = asyncio.get_running_loop()
        began = loop.time()
        clients = {Party.CUSTOMER: customer, Party.AGENT: agent}
        while loop.time() < began + RECORDS_AT_MOST_SECONDS:
            looks = [self._keep_on(call_id, party, client) for party, client in clients.items()]
            states = await asyncio.gather(*looks)
            if None in states:
                return
            is_recorded = set(states) == {RecordingState.OK}
            if is_recorded and loop.time() > began + RECORDS_SECONDS:
                return
            await asyncio.sleep(LOOK_SECONDS)

    async def end(self) -> None:
        """End both programs."""
        for camera in self.cameras.values():
            await camera.end()

    async def _keep_on(self, call_id: UUID, party: Party, client: Client) -> str | None:
        """See to it that a party publishes; return the state of the recording, or None."""
        camera = self.cameras[party]
        answer = await client.ask("GET", f"{_path(party)}/{call_id}/media")
        if answer.is_error:
            return None
        seen = answer.json()
        own = (call_id, party, seen["own"]["part"])
        if seen["own"]["publishes"] and camera.part == own:
            return str(seen["recording"])
        if await camera.publishes(call_id, client):
            return RecordingState.STARTING
        path = "/v1/desk/calls" if party is Party.AGENT else "/v1/calls"
        call = (await client.ask("GET", f"{path}/{call_id}")).json()
        return RecordingState.STARTING if call["status"] == "IN_CALL" else None


def _path(party: Party) -> str:
    return "/v1/desk/calls" if party is Party.AGENT else "/v1/calls"


async def _program() -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        str(media_node.NODE),
        str(PROGRAM),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        limit=1 << 20,
    )
