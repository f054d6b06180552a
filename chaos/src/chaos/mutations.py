"""Known mistakes, made in a process of the harness, to see that it detects them.

Each replaces one name in a module of the library; a name that is no longer there, or a statement
that no longer says what is to be replaced, stops the process: nothing would have been tried.
"""

import time
from collections import deque
from collections.abc import Callable, Collection
from types import ModuleType
from typing import Any, Final
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from events.transport import inbox, relay, shards
from events.transport.shards import Watermark

LAG_SECONDS: Final = 1.0


class LaggingWatermark(Watermark):
    """A watermark that passes rows read a while ago, although transactions may still be open."""

    def move(self, oldest: int) -> None:
        """Pass every row that was read longer ago than `LAG_SECONDS`."""
        del oldest
        now = time.monotonic()
        seen: deque[tuple[float, int]] = self.__dict__.setdefault("seen", deque())
        while self.read:
            seen.append((now, self.read.popleft()[0]))
        while seen and seen[0][0] <= now - LAG_SECONDS:
            self.passed = max(self.passed, seen.popleft()[1])


def skip_locked() -> None:
    """Let every relay read every shard and skip the rows that another has locked."""
    _replace("LOCK", "pg_try_advisory_xact_lock(hashtext('outbox'), shard)", "true")
    limit = "order by id limit %(limit)s"
    _replace("TAKE", limit, f"{limit} for update skip locked")


def watermark_lag() -> None:
    """Let the watermark follow at a distance in time."""
    replace_name(relay, "Watermark", LaggingWatermark)


def watermark_xmax() -> None:
    """Remember where the reader's snapshot ended instead of the reader itself."""
    _replace("TAKE", "pg_current_xact_id()", "pg_snapshot_xmax(pg_current_snapshot())")


def no_inbox() -> None:
    """Treat every event as one that was never seen."""

    async def first_time(session: AsyncSession, consumer: str, ids: Collection[UUID]) -> set[UUID]:
        del session, consumer
        return set(ids)

    replace_name(inbox, "first_time", first_time)


MUTATIONS: Final[dict[str, Callable[[], None]]] = {
    "skip-locked": skip_locked,
    "watermark-lag": watermark_lag,
    "watermark-xmax": watermark_xmax,
    "no-inbox": no_inbox,
}


def _replace(name: str, right: str, wrong: str) -> None:
    statement: str = getattr(shards, name)
    assert right in statement, f"{name} no longer says {right!r}"
    replace_name(shards, name, statement.replace(right, wrong))


def replace_name(owner: ModuleType | type, name: str, mistake: object) -> None:
    """Put a mistake in the place of what a module or a class calls by this name."""
    named(owner, name)
    setattr(owner, name, mistake)


def named(owner: ModuleType | type, name: str) -> Any:
    """Return what a module or a class calls by this name."""
    assert hasattr(owner, name), f"{owner.__name__} no longer has {name}"
    return getattr(owner, name)
