"""For tests and trials: a receiver of webhooks that keeps whatever it is sent."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Final

_REASONS: Final = {200: "OK", 410: "Gone", 500: "Internal Server Error", 503: "Unavailable"}


@dataclass(frozen=True)
class Received:
    """A push that was received."""

    path: str
    headers: dict[str, str]
    body: bytes
    status: int
    """The status that it was answered with."""


@dataclass
class Receiver:
    """Takes pushes and answers them with `answers`, then with 200."""

    received: list[Received] = field(default_factory=list)
    answers: list[int] = field(default_factory=list)
    port: int = 0

    @property
    def url(self) -> str:
        """Say where it listens."""
        return f"http://127.0.0.1:{self.port}/chonso"

    @property
    def taken(self) -> list[Received]:
        """Return what was not refused."""
        return [one for one in self.received if one.status < 300]  # noqa: PLR2004

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Read and answer the pushes of one connection."""
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                await self._answer(head.decode("latin-1"), reader, writer)
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    async def _answer(
        self, head: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        request, *rest = head.split("\r\n")
        lines = [line.partition(": ") for line in rest if line]
        headers = {name.lower(): value for name, _, value in lines}
        body = await reader.readexactly(int(headers.get("content-length", "0")))
        status = self.answers.pop(0) if self.answers else 200
        self.received.append(Received(request.split()[1], headers, body, status))
        answer = f"HTTP/1.1 {status} {_REASONS[status]}\r\ncontent-length: 0\r\n\r\n"
        writer.write(answer.encode())
        await writer.drain()


@asynccontextmanager
async def receiving(port: int = 0) -> AsyncIterator[Receiver]:
    """Run a receiver on this machine, at a port that is free."""
    receiver = Receiver()
    server = await asyncio.start_server(receiver.serve, "127.0.0.1", port)
    receiver.port = server.sockets[0].getsockname()[1]
    try:
        yield receiver
    finally:
        server.close()
