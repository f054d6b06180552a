"""The end of a process: asked for by a signal, or caused by an error nobody handles."""

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
def terminate_on_error(service: str) -> Iterator[None]:
    """Send SIGTERM to this process if the block raises: the server would go on answering.

    The supervisor starts it again. In a process without a server only the error is raised.
    """
    try:
        yield
    except Exception:
        log.critical("service_crashed", service=service, exc_info=True)
        if callable(signal.getsignal(signal.SIGTERM)):
            signal.raise_signal(signal.SIGTERM)
        raise


@contextmanager
def stop_requested() -> Iterator[asyncio.Event]:
    """Yield an event that is set when SIGTERM or SIGINT asks the server to stop.

    The server waits for its answers to end before it ends the lifespan, so an answer that takes
    minutes, such as a stream, must watch this event. The server's own handlers still run.
    """
    stop, loop = asyncio.Event(), asyncio.get_running_loop()
    is_main = threading.current_thread() is threading.main_thread()
    handlers = {number: signal.getsignal(number) for number in SIGNALS if is_main}

    def on_signal(number: int, frame: FrameType | None) -> None:
        loop.call_soon_threadsafe(stop.set)
        handler = handlers[signal.Signals(number)]
        assert callable(handler)
        handler(number, frame)

    # Where nobody handles a signal the process simply ends: nothing to notice.
    handled = [number for number, handler in handlers.items() if callable(handler)]
    for number in handled:
        signal.signal(number, on_signal)
    try:
        yield stop
    finally:
        for number in handled:
            signal.signal(number, handlers[number])
