"""The supervisor's end of the fork server."""

import asyncio
import itertools
import json
import socket
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from stack.process import Process, execute


class ForkServerClient:
    """Client of the fork server: requests forks and receives the exit codes of the children."""

    def __init__(self, log: Path) -> None:
        self._log = log
        self._ids = itertools.count()
        self._ready = asyncio.Event()
        self._pending: dict[int, asyncio.Future[Process]] = {}
        self._children: dict[int, Process] = {}
        self._socket: socket.socket | None = None

    async def start(self) -> Process:
        """Start the fork server; the children of an earlier one have ended with it."""
        own, other = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        own.setblocking(False)  # noqa: FBT003 # positional only
        with other:
            command = [sys.executable, "-m", "stack.fork_server.server", str(other.fileno())]
            process = await execute(command, self._log, keep=[other.fileno()])
        self._socket = own
        asyncio.get_running_loop().add_reader(own, self._receive, own)
        return process

    async def is_ready(self) -> bool:
        """Tell whether the fork server has imported all libraries and accepts requests."""
        return self._ready.is_set()

    async def fork(
        self, name: str, target: str, *arguments: Any, environment: Mapping[str, str], log: Path
    ) -> Process:
        """Call `target` (`module:function`) in a forked process. Raises ConnectionError."""
        await self._ready.wait()
        assert self._socket is not None
        number = next(self._ids)
        request = {
            "id": number,
            "name": name,
            "target": target,
            "arguments": arguments,
            "environment": dict(environment),
        }
        self._pending[number] = asyncio.get_running_loop().create_future()
        with log.open("ab") as out:
            socket.send_fds(self._socket, [json.dumps(request).encode()], [out.fileno()])
        return await self._pending[number]

    def close(self) -> None:
        """Close the connection, on which the fork server ends."""
        if self._socket is not None:
            self._disconnect(self._socket)

    def _receive(self, own: socket.socket) -> None:
        try:
            message = own.recv(65_536)
        except OSError:
            message = b""
        if message:
            self._dispatch(json.loads(message))
        else:
            self._disconnect(own)

    def _dispatch(self, message: dict[str, Any]) -> None:
        match message:
            case {"request": number, "pid": pid}:
                self._children[pid] = Process(pid)
                pending = self._pending.pop(number)
                if not pending.done():  # else its caller was cancelled
                    pending.set_result(self._children[pid])
            case {"ended": pid, "code": code}:
                self._children.pop(pid).note_end(code)
            case _:
                self._ready.set()

    def _disconnect(self, own: socket.socket) -> None:
        """Note that the server is gone: its children are dead, open requests fail."""
        asyncio.get_running_loop().remove_reader(own)
        own.close()
        self._socket = None
        self._ready.clear()
        for child in self._children.values():
            child.note_end(-9)
        for pending in self._pending.values():
            if not pending.done():
                pending.set_exception(ConnectionError("the fork server is gone"))
        self._children.clear()
        self._pending.clear()
