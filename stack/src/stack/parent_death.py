"""The parent-death signal of Linux: no process outlives the one that started it."""

import ctypes
import os
import signal
import sys
from collections.abc import Callable
from typing import Final

_PR_SET_PDEATHSIG: Final = 1
_LIBC: Final = ctypes.CDLL(None) if sys.platform == "linux" else None


def die_with(parent: int, number: signal.Signals) -> None:
    """Have the kernel send `number` when the parent ends; exit at once if it already has.

    The kernel watches the thread that forked, so start lasting processes from a lasting thread.
    """
    if _LIBC is None:
        return
    _LIBC.prctl(_PR_SET_PDEATHSIG, int(number), 0, 0, 0)
    if os.getppid() != parent:
        os._exit(1)


def before_exec(number: signal.Signals) -> Callable[[], None]:
    """Return a `preexec_fn`: a process group of its own, which Ctrl-C spares, and `die_with`."""
    parent = os.getpid()

    def prepare() -> None:
        if os.getsid(0) != os.getpid():  # the leader of a session leads its group, too
            os.setpgid(0, 0)
        die_with(parent, number)

    return prepare
