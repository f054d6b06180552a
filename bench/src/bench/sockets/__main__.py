"""Measure sockets: `python -m bench.sockets`.

Agents at their desks open sockets on one process and watch their queue and their shift, which do
not change. Then half of them are cut at once, and come back with what they have.
"""

import argparse
import asyncio
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from rich.table import Table
from websockets.asyncio.client import ClientConnection, connect

from bench.desk.place import caller, prepare
from bench.report import console
from deploy import keys
from kit import clock
from kit.sealing import Sealer
from stack import postgres, probes
from stack.ports import Ports
from videocall.tickets.commands import Tickets

SOCKETS: Final = 2000
COME_BACK: Final = 1000
STORM_SECONDS: Final = 5.0
OPENING_AT_ONCE: Final = 100
WATCHED: Final = ("queue", "shift")
IDLE_SECONDS: Final = 20.0

Row = tuple[str, str, str, bool | None]
"""A measurement: its name, the figure, the bound, and whether that is met (None: shown)."""


class Client:
    """An agent's page."""

    def __init__(self, connection: ClientConnection) -> None:
        self.connection = connection
        self.seqs: dict[str, int] = {}
        self.resume = ""

    @classmethod
    async def open(cls, address: str, ticket: str, seqs: dict[str, int]) -> "Client":
        """Open a socket, and return when it has all that it watches."""
        client = cls(await connect(address, ping_interval=None, compression=None, open_timeout=60))
        client.seqs = dict(seqs)
        documents = [{"document": name, "seq": seqs.get(name)} for name in WATCHED]
        body = {"ticket": ticket, "documents": documents}
        await client.connection.send(json.dumps({"v": 1, "t": "hello", "body": body}))
        while not (client.resume and len(client.seqs) == len(WATCHED)):
            message: dict[str, Any] = json.loads(await client.connection.recv())
            if message["t"] == "welcome":
                client.resume = message["body"]["resume"]
            else:
                client.seqs[message["t"]] = message["seq"]
        return client


def main() -> int:
    """Measure once, tell, and fail if a goal is missed."""
    parser = argparse.ArgumentParser(prog="python -m bench.sockets", description=__doc__)
    parser.add_argument("--sockets", type=int, default=SOCKETS)
    options = parser.parse_args()
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    load = os.getloadavg()[0]
    with TemporaryDirectory() as scratch, postgres.start(Path(scratch), durable=True) as server:
        folder = Path(scratch) / "keys"
        keys.ensure(folder)
        prepare(server)
        url = postgres.url(server.port, database="videocall")
        port = Ports(Path(scratch) / "ports.json").give("videocall")
        with _replica(url, folder, port) as process:
            rows = asyncio.run(_measure(process.pid, port, folder, options.sockets))
    table = Table("what", "figure", "has to be", title=f"sockets, load {load:.1f}")
    for name, figure, bound, met in rows:
        table.add_row(name, figure if met is not False else f"[bold red]{figure}[/]", bound)
    console.print(table)
    return 1 if any(met is False for *_, met in rows) else 0


@contextmanager
def _replica(url: str, folder: Path, port: int) -> Iterator[subprocess.Popen[bytes]]:
    command = [sys.executable, "-m", "bench.sockets.replica", url, str(folder), str(port)]
    process = subprocess.Popen(command)  # noqa: S603 # ours
    try:
        probes.wait_until(lambda: probes.listens(port), process, seconds=60)
        yield process
    finally:
        process.terminate()
        process.wait(30)


async def _measure(pid: int, port: int, folder: Path, number: int) -> list[Row]:
    address, tickets = f"ws://127.0.0.1:{port}/ws", Tickets(Sealer(folder, "videocall"))
    gate = asyncio.Semaphore(OPENING_AT_ONCE)

    async def open_one(agent: int) -> Client:
        async with gate:
            ticket = tickets.issue(caller(agent), now=clock.now())
            return await Client.open(address, ticket, {})

    warm = await open_one(0)
    before = _memory(pid)
    began = time.perf_counter()
    clients = list(await asyncio.gather(*map(open_one, range(1, number + 1))))
    opening = time.perf_counter() - began
    idle_cpu = await _idle_cpu(pid)
    each = (_memory(pid) - before) / number
    storm = await _storm(address, clients[:COME_BACK])
    for client in (warm, *clients[COME_BACK:]):
        client.connection.transport.abort()
    return [
        (f"{number} sockets opened, s", f"{opening:.1f}", "-", None),
        ("memory of the process before, MB", f"{before / 1024:.0f}", "-", None),
        ("memory per idle socket, KB", f"{each:.1f}", "-", None),
        (f"CPU while {number} are idle, cores", f"{idle_cpu:.3f}", "-", None),
        (
            f"{len(clients[:COME_BACK])} cut and back, s",
            f"{storm:.2f}",
            f"<= {STORM_SECONDS:g}",
            storm <= STORM_SECONDS,
        ),
    ]


async def _storm(address: str, clients: list[Client]) -> float:
    """Cut sockets, and let all come back at once with what they have; return the seconds."""
    for client in clients:
        client.connection.transport.abort()
    began = time.perf_counter()
    back = [Client.open(address, client.resume, client.seqs) for client in clients]
    returned = await asyncio.gather(*back)
    took = time.perf_counter() - began
    for client in returned:
        client.connection.transport.abort()
    return took


async def _idle_cpu(pid: int) -> float:
    before = _cpu_seconds(pid)
    await asyncio.sleep(IDLE_SECONDS)
    return (_cpu_seconds(pid) - before) / IDLE_SECONDS


def _cpu_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _memory(pid: int) -> int:
    """Read the resident memory of a process (KB)."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.partition("VmRSS:")[2].split()[0])


if __name__ == "__main__":
    sys.exit(main())
