"""Requests to the running supervisor: lines of JSON over a Unix socket with mode 0600."""

import asyncio
import contextlib
import json
import os
import socket
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, Final

Request = dict[str, Any]
Handler = Callable[[Request], Awaitable[dict[str, Any]]]

_LONGEST_PATH: Final = 100
"""Bytes of a socket's path: `sockaddr_un` of Linux holds 108."""


class NotRunning(Exception):
    """The control socket does not answer: the stack is not up."""


async def listen(file: Path, handle: Handler) -> asyncio.Server:
    """Answer requests on the socket until the returned server is closed."""

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        request = json.loads(await reader.readline())
        try:
            answer = await handle(request)
        except Exception as error:  # noqa: BLE001, the caller gets every error as an answer
            answer = {"error": f"{type(error).__name__}: {error}"}
        writer.write(json.dumps(answer).encode() + b"\n")
        await writer.drain()
        writer.close()

    with contextlib.suppress(FileNotFoundError):
        os.unlink(file)  # noqa: PTH108 # of a run that was killed; once, at the start
    before = os.umask(0o077)
    try:
        return await asyncio.start_unix_server(talk, _reachable(file))
    finally:
        os.umask(before)


def ask(file: Path, request: Request, *, seconds: float = 90) -> dict[str, Any]:
    """Send a request and return the answer. Raises NotRunning."""
    with socket.socket(socket.AF_UNIX) as line:
        line.settimeout(seconds)
        try:
            line.connect(_reachable(file))
        except (FileNotFoundError, ConnectionRefusedError) as error:
            raise NotRunning from error
        line.sendall(json.dumps(request).encode() + b"\n")
        with line.makefile() as answers:
            answer = answers.readline()
    if not answer:
        raise NotRunning
    result: dict[str, Any] = json.loads(answer)
    return result


def _reachable(file: Path) -> str:
    """Return the absolute path, or the relative one where that is too long for a socket."""
    absolute = str(file)
    return absolute if len(absolute) <= _LONGEST_PATH else os.path.relpath(file)
