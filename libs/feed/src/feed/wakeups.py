"""Wakeups of this process: a partner who waits here is answered at once when news are committed."""

import asyncio
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final
from uuid import UUID

_bells: Final[defaultdict[UUID, set[asyncio.Event]]] = defaultdict(set)


@contextmanager
def waiting_for(partner_id: UUID) -> Iterator[asyncio.Event]:
    """Give an event that is set when news for a partner are committed."""
    wakeup = asyncio.Event()
    _bells[partner_id].add(wakeup)
    try:
        yield wakeup
    finally:
        _bells[partner_id].discard(wakeup)
        if not _bells[partner_id]:
            del _bells[partner_id]


def wake(partner_id: UUID) -> None:
    """Wake all requests that wait for news of this partner."""
    for wakeup in _bells.get(partner_id, ()):
        wakeup.set()
