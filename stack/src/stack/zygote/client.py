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


class Zygote:
    """Has processes forked and hears of their ends."""

    def __init__(self, log: Path) -> None:
        self._log = log
        self._ids = itertools.count()
        self._ready = asyncio.Event()
        self._asked: dict[int, asyncio.Future[Process]] = {}
        self._children: dict[int, Process] = {}
        self._socket: socket.socket | None = None

    async def start(self) -> Process:
        """Start the fork server; what an earlier one had forked is gone with it."""
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        ours.setblocking(False)  # noqa: FBT003 # the library has no word for it
        with theirs:
            command = [sys.executable, "-m", "stack.zygote.server", str(theirs.fileno())]
            process = await execute(command, self._log, keep=[theirs.fileno()])
        self._socket = ours
        asyncio.get_running_loop().add_reader(ours, self._listen, ours)
        return process

    async def is_ready(self) -> bool:
        """Tell whether it has imported everything and forks from now on."""
        return self._ready.is_set()

    async def fork(
        self, name: str, target: str, *arguments: Any, environment: Mapping[str, str], log: Path
    ) -> Process:
        """Have `target` (`module:function`) called in a process of its own."""
        await self._ready.wait()
        assert self._socket is not None
        number = next(self._ids)
        order = {
            "id": number,
            "name": name,
            "target": target,
            "arguments": arguments,
            "environment": dict(environment),
        }
        self._asked[number] = asyncio.get_running_loop().create_future()
        with log.open("ab") as out:
            socket.send_fds(self._socket, [json.dumps(order).encode()], [out.fileno()])
        return await self._asked[number]

    def close(self) -> None:
        """Let the fork server go."""
        if self._socket is not None:
            self._lose(self._socket)

    def _listen(self, ours: socket.socket) -> None:
        try:
            message = ours.recv(65_536)
        except OSError:
            message = b""
        if message:
            self._understand(json.loads(message))
        else:
            self._lose(ours)

    def _understand(self, words: dict[str, Any]) -> None:
        match words:
            case {"order": number, "pid": pid}:
                self._children[pid] = Process(pid)
                if not (asked := self._asked.pop(number)).done():  # or whoever asked was cancelled
                    asked.set_result(self._children[pid])
            case {"ended": pid, "code": code}:
                self._children.pop(pid).note_end(code)
            case _:
                self._ready.set()

    def _lose(self, ours: socket.socket) -> None:
        """Hear that the server is gone: so are its children, and nobody answers what we asked."""
        asyncio.get_running_loop().remove_reader(ours)
        ours.close()
        self._socket = None
        self._ready.clear()
        for child in self._children.values():
            child.note_end(-9)
        for asked in self._asked.values():
            if not asked.done():
                asked.set_exception(ConnectionError("the fork server is gone"))
        self._children.clear()
        self._asked.clear()
