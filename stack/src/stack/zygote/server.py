"""The fork server's own process: one order in, one child out, one word when it ends."""

import contextlib
import gc
import importlib
import json
import os
import select
import signal
import socket
import sys
import traceback
from pathlib import Path
from typing import Any, NoReturn

from stack.deathsig import die_with
from stack.zygote.preload import preload


class ForkServer:
    """Forks on request until whoever asked is gone."""

    def __init__(self, orders: socket.socket) -> None:
        self._orders = orders
        self._wake, self._alarm = os.pipe()

    def serve(self) -> NoReturn:
        """Obey orders and report ends, for ever."""
        os.set_blocking(self._alarm, False)
        signal.set_wakeup_fd(self._alarm)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        self._say(ready=True)
        while True:
            readable, _, _ = select.select([self._orders.fileno(), self._wake], [], [])
            if self._wake in readable:
                os.read(self._wake, 4096)
                self._report_ends()
            if self._orders.fileno() in readable:
                self._obey()

    def _obey(self) -> None:
        message, files, _, _ = socket.recv_fds(self._orders, 1 << 20, 1)
        if not message:
            os._exit(0)  # the supervisor is gone; the kernel takes the children
        order, server = json.loads(message), os.getpid()
        pid = os.fork()
        if pid == 0:
            self._become(order, files[0], server)
        for file in files:
            os.close(file)
        self._say(order=order["id"], pid=pid)

    def _become(self, order: dict[str, Any], log: int, server: int) -> NoReturn:
        code = 1
        try:
            os.close(self._wake)
            signal.set_wakeup_fd(-1)
            os.close(self._alarm)
            self._orders.close()
            enter(order["name"], log, server)
            os.environ.update(order["environment"])
            code = _call(order["target"], order["arguments"])
        except BaseException:  # noqa: BLE001, nothing may run on into the server's own code
            traceback.print_exc()
        finally:
            for stream in (sys.stdout, sys.stderr):
                with contextlib.suppress(OSError):
                    stream.flush()
            os._exit(code)

    def _report_ends(self) -> None:
        with contextlib.suppress(ChildProcessError):
            while True:
                pid, status = os.waitpid(-1, os.WNOHANG)
                if pid == 0:
                    return
                self._say(ended=pid, code=os.waitstatus_to_exitcode(status))

    def _say(self, **words: Any) -> None:
        self._orders.send(json.dumps(words).encode())


def enter(name: str, log: int, server: int) -> None:
    """Turn a fresh fork into a process of its own."""
    for number in (signal.SIGTERM, signal.SIGCHLD):
        signal.signal(number, signal.SIG_DFL)
    os.setpgid(0, 0)
    die_with(server, signal.SIGKILL)
    os.dup2(log, 1)
    os.dup2(log, 2)
    os.close(log)
    gc.enable()
    sys.argv = [name]
    comm = Path("/proc/self/comm")
    if comm.exists():
        comm.write_text(name[:15])  # what `ps` and `top` show


def _call(target: str, arguments: list[Any]) -> int:
    module, _, function = target.partition(":")
    try:
        getattr(importlib.import_module(module), function)(*arguments)
    except SystemExit as leave:
        return leave.code if isinstance(leave.code, int) else int(leave.code is not None)
    return 0


def main() -> NoReturn:
    """Run on the socket whose number is given."""
    preload()
    ForkServer(socket.socket(fileno=int(sys.argv[1]))).serve()


if __name__ == "__main__":
    main()
