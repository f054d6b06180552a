"""Trying parked events again, in the order of their key."""

import traceback
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final, Generic

import structlog
from sqlalchemy import Row
from sqlalchemy.exc import DBAPIError

from events.facts.base import Defer
from events.transport import backoff, parking
from events.transport.backoff import TRANSIENT_ERRORS
from events.transport.blocked_keys import lock_key
from events.transport.envelope import Envelope, Unreadable
from events.transport.subscriptions import S, Transaction

WAITS_AT_MOST: Final = timedelta(days=7)
"""The age of a WAITING event at which it is dead: longer than any outage the suite survives."""

log = structlog.get_logger()


class Retrying(Generic[S]):
    """Retries the parked events of one service; all replicas may do so at the same time."""

    def __init__(
        self,
        service: str,
        transaction: Transaction[S],
        handle: Callable[[S, Envelope], Awaitable[None]],
        max_attempts: int,
    ) -> None:
        self._service, self._transaction, self._handle = service, transaction, handle
        self._max_attempts = max_attempts

    async def retry_due(self) -> int:
        """Try all keys with an event that is due; return how many there were."""
        async with self._transaction() as tx:
            keys = await parking.due_keys(tx, self._service)
        for key in keys:
            await self.retry_key(key)
        return len(keys)

    async def retry_key(self, key: str) -> None:
        """Try the parked events of a key that may be tried now, oldest first.

        One that fails stops its key. One that came too early stops its topic: what it waits for
        may be behind it, and each success is a reason to try it again.
        """
        too_early: set[str] = set()
        while (outcome := await self._try_next(key, too_early)) is not None:
            if isinstance(outcome, str):
                too_early.add(outcome)
            else:
                too_early.clear()

    async def _try_next(self, key: str, too_early: set[str]) -> str | bool | None:
        """Return True for a success, a topic for an event that came too early, or nothing."""
        row: Row[Any] | None = None
        try:
            async with self._transaction() as tx:
                row = await parking.next_to_try(tx, self._service, key, passing=too_early)
                if row is None:
                    return None
                envelope = await parking.pop_for_retry(tx, self._service, row)
                await self._handle(tx, envelope)
                await parking.make_due(tx, self._service, [key])
        except TRANSIENT_ERRORS:
            raise
        except Exception as error:
            if row is None:
                raise
            return await self._note(row, error)
        log.info("event_retry_succeeded", consumer=self._service, event_id=str(row.event_id))
        return True

    async def _note(self, row: Row[Any], error: Exception) -> str | None:
        reason, attempts = reason_of(error), row.attempts + 1
        async with self._transaction() as tx:
            await lock_key(tx, self._service, row.key)
            if self._is_final(row, error):
                log.error(
                    "event_dead", consumer=self._service, event_id=str(row.event_id), reason=reason
                )
                await parking.mark_dead(tx, self._service, row, reason)
                return None
            if isinstance(error, Defer):
                delay = backoff.delay_of_waiting(attempts)
                await parking.defer_again(tx, self._service, row, error.needs, delay)
                return str(row.topic)
            delay = backoff.delay_of_retry(attempts)
            await parking.postpone(tx, self._service, row, reason, delay)
            return None

    def _is_final(self, row: Row[Any], error: Exception) -> bool:
        if isinstance(error, Defer):
            return bool(datetime.now(UTC) - row.parked_at > WAITS_AT_MOST)
        return isinstance(error, Unreadable) or row.attempts + 1 >= self._max_attempts


def reason_of(error: Exception) -> str:
    """Say what went wrong without saying about whom."""
    match error:
        case Defer(needs=needs):
            return f"waiting for {needs}"
        case Unreadable():
            return str(error)
        case DBAPIError():  # its text has the values of the statement
            diag = getattr(error.orig, "diag", None)
            constraint = getattr(diag, "constraint_name", None)
            return f"{type(error.orig).__name__} {constraint or ''}".strip()
        case _:
            return f"{type(error).__name__} in {_place(error)}"


def _place(error: Exception) -> str:
    # The line that failed; the words of the error may be about a person.
    frames = traceback.extract_tb(error.__traceback__)
    if not frames:
        return "?"
    last = frames[-1]
    return f"{Path(last.filename).name}:{last.lineno} {last.name}"
