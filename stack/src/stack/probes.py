"""Probes of servers: a port, an HTTP path, any condition."""

import asyncio
import socket
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from stack.ports import LOOPBACK

if TYPE_CHECKING:
    import subprocess


def listens(port: int) -> bool:
    """Tell whether the loopback port accepts connections."""
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex((LOOPBACK, port)) == 0


async def answers(port: int, path: str) -> bool:
    """Tell whether `GET path` gives 200."""
    try:
        async with asyncio.timeout(2):
            reader, writer = await asyncio.open_connection(LOOPBACK, port)
            head = f"GET {path} HTTP/1.1\r\nHost: {LOOPBACK}\r\nConnection: close\r\n\r\n"
            writer.write(head.encode())
            status = await reader.readline()
            writer.close()
            return b" 200" in status
    except OSError:  # TimeoutError is one
        return False


def wait_until(
    ready: Callable[[], bool], process: "subprocess.Popen[bytes]", *, seconds: float
) -> None:
    """Block until the server is ready.

    Raises RuntimeError if the process ended, TimeoutError after killing it.
    """
    deadline = time.monotonic() + seconds
    while not ready():
        if process.poll() is not None:
            raise RuntimeError(f"it ended with {process.returncode} before it answered")
        if time.monotonic() > deadline:
            process.kill()
            raise TimeoutError(f"no answer in {seconds:g} s")
        time.sleep(0.02)
