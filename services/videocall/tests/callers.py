"""People who send a picture and see one, without a browser: a program that speaks WebRTC."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import httpx

from events.transport.testing import eventually
from stack import media_node

PROGRAM = media_node.PACKAGE / "tests" / "caller_process.ts"


@dataclass
class Caller:
    """A person at a camera, whose requests go to one call's addresses."""

    process: asyncio.subprocess.Process
    http: httpx.AsyncClient
    path: str
    """`/v1/calls/<id>/media`, or the same at the desk."""

    async def publish(self) -> httpx.Response:
        """Send a picture; return when the connection stands."""
        offer = (await self.do("offer"))["sdp"]
        answer = await self.http.post(self.path, json={"offer": offer})
        if answer.status_code == httpx.codes.CREATED:
            await self.do("publish", answer.json()["answer"])
        return answer

    async def view(self, **feeds: Any) -> httpx.Response:
        """See the other party, or those named."""
        offered = await self.http.post(f"{self.path}/views", json=feeds or None)
        if offered.status_code == httpx.codes.CREATED:
            answer = (await self.do("view", offered.json()["offer"]))["sdp"]
            answered = await self.answer(offered.json()["peer"], answer)
            assert answered.status_code == httpx.codes.NO_CONTENT, answered.text
        return offered

    async def answer(self, peer: str, answer: str) -> httpx.Response:
        """Answer the offer of a view."""
        return await self.http.post(f"{self.path}/views/{peer}/answer", json={"answer": answer})

    async def look(self) -> dict[str, Any]:
        """Ask how picture, sound and recording stand."""
        answer = await self.http.get(self.path)
        assert answer.status_code == httpx.codes.OK, answer.text
        seen: dict[str, Any] = answer.json()
        return seen

    async def count(self) -> dict[str, Any]:
        """Return the frames sent, and the packets that arrived of the others."""
        return await self.do("count")

    async def sees_more_than(self, packets: int) -> None:
        """Wait until so many packets of pictures have arrived of the others."""

        async def look() -> int:
            return int((await self.count())["seen"]["video"])

        await eventually(look, lambda seen: seen > packets)

    async def do(self, action: str, sdp: str = "") -> dict[str, Any]:
        """Let the program do one thing."""
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(json.dumps({"do": action, "sdp": sdp}).encode() + b"\n")
        async with asyncio.timeout(30):
            line = await self.process.stdout.readline()
        result: dict[str, Any] = json.loads(line)
        return result


@asynccontextmanager
async def calling(http: httpx.AsyncClient, path: str) -> AsyncIterator[Caller]:
    """Seat a person at a camera."""
    process = await asyncio.create_subprocess_exec(
        str(media_node.NODE),
        str(PROGRAM),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        limit=1 << 20,
    )
    try:
        yield Caller(process, http, path)
    finally:
        process.kill()
        await process.wait()
