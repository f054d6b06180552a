"""The lock of a state folder: one supervisor at a time."""

import contextlib
import fcntl
from collections.abc import Iterator

from stack.state_folder import StateFolder


@contextlib.contextmanager
def held(state: StateFolder) -> Iterator[bool]:
    """Take the stack's lock without waiting; yield whether it was free."""
    state.home.mkdir(parents=True, exist_ok=True)
    with state.lock.open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True
