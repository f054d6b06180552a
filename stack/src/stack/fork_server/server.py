"""The fork server's process: forks a child for each request and reports the child's exit code."""

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

from stack.fork_server.preload import preload
from stack.parent_death import die_with


class ForkServer:
    """Forks on request until the supervisor closes its end of the socket."""

    def __init__(self, requests: socket.socket) -> None:
        self._requests = requests
        self._wake, self._wakeup_fd = os.pipe()

    def serve(self) -> NoReturn:
        """Answer requests and report the exit codes of children, for ever."""
        os.set_blocking(self._wakeup_fd, False)
        signal.set_wakeup_fd(self._wakeup_fd)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        self._send(ready=True)
        while True:
            readable, _, _ = select.select([self._requests.fileno(), self._wake], [], [])
            if self._wake in readable:
                os.read(self._wake, 4096)
                self._report_exits()
            if self._requests.fileno() in readable:
                self._fork()

    def _fork(self) -> None:
        message, files, _, _ = socket.recv_fds(self._requests, 1 << 20, 1)
        if not message:
            os._exit(0)  # the supervisor is gone; the kernel takes the children
        request, server = json.loads(message), os.getpid()
        pid = os.fork()
        if pid == 0:
            self._run_child(request, files[0], server)
        for file in files:
            os.close(file)
        self._send(request=request["id"], pid=pid)

    def _run_child(self, request: dict[str, Any], log: int, server: int) -> NoReturn:
        code = 1
        try:
            os.close(self._wake)
            signal.set_wakeup_fd(-1)
            os.close(self._wakeup_fd)
            self._requests.close()
            enter(request["name"], log, server)
            os.environ.update(request["environment"])
            code = _call(request["target"], request["arguments"])
        except BaseException:  # noqa: BLE001, a child must never return into the server's loop
            traceback.print_exc()
        finally:
            for stream in (sys.stdout, sys.stderr):
                with contextlib.suppress(OSError):
                    stream.flush()
            os._exit(code)

    def _report_exits(self) -> None:
        with contextlib.suppress(ChildProcessError):
            while True:
                pid, status = os.waitpid(-1, os.WNOHANG)
                if pid == 0:
                    return
                self._send(ended=pid, code=os.waitstatus_to_exitcode(status))

    def _send(self, **message: Any) -> None:
        self._requests.send(json.dumps(message).encode())


def enter(name: str, log: int, server: int) -> None:
    """Make a fresh fork independent: signals, process group, name, its own log."""
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
    """Serve on the socket whose file descriptor is the first argument."""
    preload()
    ForkServer(socket.socket(fileno=int(sys.argv[1]))).serve()


if __name__ == "__main__":
    main()
