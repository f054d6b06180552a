"""One supervisor for each state."""

import contextlib
import fcntl
from collections.abc import Iterator

from stack.places import State


@contextlib.contextmanager
def held(state: State) -> Iterator[bool]:
    """Hold the stack's lock if nobody else does; the kernel frees it with the process."""
    state.home.mkdir(parents=True, exist_ok=True)
    with state.lock.open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True
