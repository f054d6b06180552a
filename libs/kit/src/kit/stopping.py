"""Knowing that the process is to stop, while its long answers can still end by themselves."""

import asyncio
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Final

import structlog

SIGNALS: Final = (signal.SIGTERM, signal.SIGINT)

log = structlog.get_logger()


@contextmanager
def when_it_breaks(service: str) -> Iterator[None]:
    """End the process if the block ends by a bug: its server would go on answering without it.

    Whoever keeps the process starts it again. Where nobody serves, the error is all there is.
    """
    try:
        yield
    except Exception:
        log.critical("broken", service=service, exc_info=True)
        if callable(signal.getsignal(signal.SIGTERM)):
            signal.raise_signal(signal.SIGTERM)
        raise


@contextmanager
def noticed() -> Iterator[asyncio.Event]:
    """Give an event that is set when the server is told to stop.

    A server waits for its answers to end before it ends the lifespan, so whoever answers for
    minutes has to hear it earlier. The server's own handlers still do their work.
    """
    stop, loop = asyncio.Event(), asyncio.get_running_loop()
    is_main = threading.current_thread() is threading.main_thread()
    handlers = {one: signal.getsignal(one) for one in SIGNALS if is_main}

    def told(number: int, frame: FrameType | None) -> None:
        loop.call_soon_threadsafe(stop.set)
        handler = handlers[signal.Signals(number)]
        assert callable(handler)
        handler(number, frame)

    # Where nobody handles a signal the process simply ends: nothing to notice.
    ours = [one for one, handler in handlers.items() if callable(handler)]
    for one in ours:
        signal.signal(one, told)
    try:
        yield stop
    finally:
        for one in ours:
            signal.signal(one, handlers[one])
