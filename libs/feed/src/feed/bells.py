"""Bells of this process: a partner who waits here hears at once what is committed here."""

import asyncio
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final
from uuid import UUID

_bells: Final[defaultdict[UUID, set[asyncio.Event]]] = defaultdict(set)


@contextmanager
def listening(partner_id: UUID) -> Iterator[asyncio.Event]:
    """Give a bell that rings for a partner's news."""
    bell = asyncio.Event()
    _bells[partner_id].add(bell)
    try:
        yield bell
    finally:
        _bells[partner_id].discard(bell)
        if not _bells[partner_id]:
            del _bells[partner_id]


def ring(partner_id: UUID) -> None:
    """Wake everybody who waits for this partner's news."""
    for bell in _bells.get(partner_id, ()):
        bell.set()
