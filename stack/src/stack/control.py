"""Orders to the running supervisor, as lines of JSON over a Unix socket that only we may open."""

import asyncio
import contextlib
import json
import os
import socket
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, Final

Order = dict[str, Any]
Obey = Callable[[Order], Awaitable[dict[str, Any]]]

_LONGEST_PATH: Final = 100
"""The kernel has no room for more in a socket's address."""


class NotRunning(Exception):
    """Nobody listens: the stack is not up."""


async def listen(file: Path, obey: Obey) -> asyncio.Server:
    """Take orders until closed."""

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        order = json.loads(await reader.readline())
        try:
            answer = await obey(order)
        except Exception as error:  # noqa: BLE001, whoever gave the order must hear of it
            answer = {"error": f"{type(error).__name__}: {error}"}
        writer.write(json.dumps(answer).encode() + b"\n")
        await writer.drain()
        writer.close()

    with contextlib.suppress(FileNotFoundError):
        os.unlink(file)  # noqa: PTH108 # of a run that was killed; a moment, before anybody waits
    before = os.umask(0o077)
    try:
        return await asyncio.start_unix_server(talk, _reachable(file))
    finally:
        os.umask(before)


def ask(file: Path, order: Order, *, seconds: float = 90) -> dict[str, Any]:
    """Give an order and return the answer. Raises NotRunning."""
    with socket.socket(socket.AF_UNIX) as line:
        line.settimeout(seconds)
        try:
            line.connect(_reachable(file))
        except (FileNotFoundError, ConnectionRefusedError) as error:
            raise NotRunning from error
        line.sendall(json.dumps(order).encode() + b"\n")
        with line.makefile() as answers:
            answer = answers.readline()
    if not answer:
        raise NotRunning
    result: dict[str, Any] = json.loads(answer)
    return result


def _reachable(file: Path) -> str:
    """Return the path, or the one from here when the whole one is too long for a socket."""
    whole = str(file)
    return whole if len(whole) <= _LONGEST_PATH else os.path.relpath(file)
