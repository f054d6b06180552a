"""A process that is told to stop knows it before its server has waited for the last answer."""

import asyncio
import os
import signal
from collections.abc import Iterator
from types import FrameType

import pytest

from kit import stopping


@pytest.fixture
def server() -> Iterator[list[int]]:
    """Stand where a server has its own handler."""
    told: list[int] = []

    def handler(number: int, _: FrameType | None) -> None:
        told.append(number)

    before = signal.signal(signal.SIGTERM, handler)
    yield told
    signal.signal(signal.SIGTERM, before)


async def test_a_signal_is_noticed_and_the_server_hears_it_too(server: list[int]) -> None:
    with stopping.stop_requested() as stop:
        assert not stop.is_set()
        os.kill(os.getpid(), signal.SIGTERM)
        async with asyncio.timeout(5):
            await stop.wait()

    assert server == [signal.SIGTERM]
    os.kill(os.getpid(), signal.SIGTERM)
    assert server == [signal.SIGTERM] * 2  # its own again


async def test_where_nobody_handles_a_signal_it_still_ends_the_process() -> None:
    assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL
    with stopping.stop_requested():
        assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL
