"""A balancer of TCP connections in front of the replicas, whose connections can be cut."""

import asyncio
import random
from collections.abc import Sequence
from contextlib import suppress
from typing import Final

from stack import probes
from stack.ports import LOOPBACK

PROBE_SECONDS: Final = 0.5
PROBED_WITHIN_SECONDS: Final = 1.0
CHUNK: Final = 65_536


class Balancer:
    """Passes each new connection on to a replica that answers its probe, in turn."""

    def __init__(self, ports: Sequence[int]) -> None:
        self._ports, self._turn = ports, 0
        self._healthy: set[int] = set()
        self._connections: set[tuple[asyncio.StreamWriter, asyncio.StreamWriter]] = set()
        self._tasks: list[asyncio.Task[None]] = []

    async def start(self) -> None:
        """Listen on a free port, and probe the replicas from now on."""
        self._server = await asyncio.start_server(self._serve, LOOPBACK, 0)
        self.port: int = self._server.sockets[0].getsockname()[1]
        self._tasks = [asyncio.create_task(self._probe(port)) for port in self._ports]

    async def stop(self) -> None:
        """Close everything."""
        for task in self._tasks:
            task.cancel()
        self._server.close()
        self.cut(1.0, random.Random(0))  # noqa: S311, all of them

    def cut(self, share: float, rng: random.Random) -> int:
        """Abort a share of the connections, without a word to either side; return how many."""
        chosen = [pair for pair in self._connections if rng.random() < share]
        for pair in chosen:
            for writer in pair:
                writer.transport.abort()
        return len(chosen)

    async def until_all_answer(self) -> None:
        """Wait until every replica answers its probe."""
        async with asyncio.timeout(60):
            while self._healthy != set(self._ports):  # noqa: ASYNC110, probes come by the clock
                await asyncio.sleep(0.05)

    async def _probe(self, port: int) -> None:
        while True:
            is_healthy = False
            with suppress(TimeoutError):
                async with asyncio.timeout(PROBED_WITHIN_SECONDS):
                    is_healthy = await probes.answers(port, "/readyz")
            (self._healthy.add if is_healthy else self._healthy.discard)(port)
            await asyncio.sleep(PROBE_SECONDS)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._turn += 1
        ports = sorted(self._healthy) or self._ports
        try:
            upstream = await asyncio.open_connection(LOOPBACK, ports[self._turn % len(ports)])
        except OSError:
            writer.transport.abort()
            return
        pair = (writer, upstream[1])
        self._connections.add(pair)
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(_pump(reader, upstream[1]))
                group.create_task(_pump(upstream[0], writer))
        finally:
            self._connections.discard(pair)
            for each in pair:
                each.transport.abort()


async def _pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        while data := await reader.read(CHUNK):
            writer.write(data)
            await writer.drain()
    writer.close()
