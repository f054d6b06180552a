"""No process outlives the one that started it, however that one ends."""

import ctypes
import os
import signal
import sys
from collections.abc import Callable
from typing import Final

_PR_SET_PDEATHSIG: Final = 1
_LIBC: Final = ctypes.CDLL(None) if sys.platform == "linux" else None


def die_with(parent: int, wish: signal.Signals) -> None:
    """Ask the kernel for `wish` when the parent ends; leave now if it already has.

    The kernel watches the thread that forked, so start lasting processes from a lasting thread.
    """
    if _LIBC is None:
        return
    _LIBC.prctl(_PR_SET_PDEATHSIG, int(wish), 0, 0, 0)
    if os.getppid() != parent:
        os._exit(1)


def before_exec(wish: signal.Signals) -> Callable[[], None]:
    """Return what a child does between fork and exec: own group, so that Ctrl-C spares it."""
    parent = os.getpid()

    def prepare() -> None:
        os.setpgid(0, 0)
        die_with(parent, wish)

    return prepare
