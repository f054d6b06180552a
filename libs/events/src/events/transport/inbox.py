"""Acting on facts that may be delivered twice, with an effect that happens once."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final, Generic
from uuid import UUID

import structlog
from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncSession

from events.facts.base import Defer
from events.transport import faultpoints, parking, patience, telemetry
from events.transport.envelope import Envelope, Unreadable
from events.transport.parking import Shut
from events.transport.patience import CLOUDS
from events.transport.retrying import Retrying, reason_of
from events.transport.shards import rows_of
from events.transport.subscriptions import S, Subscriptions, Transaction
from events.transport.tables import inbox
from events.transport.tracing import Processing

REMEMBERED: Final = timedelta(days=14)
MICRO_BATCH: Final = 100
FIRST_TIME: Final = """
    insert into inbox (consumer, event_id) select %s, unnest(%s::uuid[])
    on conflict do nothing returning event_id
"""
REPLAY_FOR: Final = "replayfor"
"""The header that names the one service an event is stated again for."""

log = structlog.get_logger()


@dataclass(frozen=True)
class Policy:
    """How often a failing event is tried, and when failing is no longer the event's fault."""

    immediate_retries: int = 2
    max_attempts: int = 10
    """How often an event fails, with longer and longer rests, before it is dead."""
    parks_in_a_row: int = 25
    """So many of one lane, without a success between them: a bug, not bad events."""


class NothingWorks(Exception):
    """One event after the other failed: the lane stops, so that they do not all end up parked."""


async def first_time(session: AsyncSession, consumer: str, ids: Collection[UUID]) -> set[UUID]:
    """Record that `consumer` acts on these events; return those it has not acted on before."""
    rows = await rows_of(session, FIRST_TIME, (consumer, list(ids)))
    return {event_id for (event_id,) in rows}


class Inbox(Generic[S]):
    """Hands events to the handlers of one service, each once, in its own database."""

    def __init__(
        self,
        subscriptions: Subscriptions[S],
        transaction: Transaction[S],
        policy: Policy = Policy(),
    ) -> None:
        self.service, self.handlers = subscriptions.service, subscriptions.handlers
        self.retrying = Retrying(self.service, transaction, self._handle_again, policy.max_attempts)
        self._transaction, self._policy = transaction, policy
        self._parked_in_a_row: Counter[int | None] = Counter()

    async def take(self, batch: Sequence[Envelope]) -> None:
        """Act on events of one lane, in order. When it returns, each is done or parked."""
        for pause in patience.pauses():
            try:
                await self.attempt(batch)
            except CLOUDS as error:
                log.warning("lane_waits", consumer=self.service, because=type(error).__name__)
                await patience.sleep(pause)
            else:
                return

    async def attempt(self, batch: Sequence[Envelope]) -> None:
        """Do the same, but leave it to the caller to wait: what was done stays done."""
        if len(batch) > 1:
            try:
                return await self._act(batch)
            except Exception as error:  # noqa: BLE001, whoever it was: take them apart to find out
                because = type(error).__name__
                log.info("batch_taken_apart", consumer=self.service, because=because)
        for envelope in batch:
            await self._take_alone(envelope)
        return None

    async def retry(self, key: str) -> None:
        """Try the parked events of a key that may be tried now, oldest first."""
        await self.retrying.of(key)

    async def prune(self, *, now: datetime | None = None) -> int:
        """Forget the events that nobody will deliver again; return how many."""
        before = (now or datetime.now(UTC)) - REMEMBERED
        # Event ids begin with their time, so the primary key finds the old ones by itself. What
        # was delivered late is kept for as long as the rest.
        oldest_kept = UUID(int=int(before.timestamp() * 1000) << 80)
        old = (inbox.c.consumer == self.service) & (inbox.c.event_id < oldest_kept)
        async with self._transaction() as tx:
            gone = delete(inbox).where(old, inbox.c.seen_at < before).returning(inbox.c.event_id)
            return len((await tx.scalars(gone)).all())

    async def _act(self, batch: Sequence[Envelope]) -> None:
        async with self._transaction() as tx:
            ours = [e for e in batch if e.headers.get(REPLAY_FOR, self.service) == self.service]
            new = await first_time(tx, self.service, [e.event_id for e in ours])
            fresh = {e.event_id: e for e in ours if e.event_id in new}.values()
            shut = await parking.what_is_shut(tx, self.service, {e.key for e in fresh})
            handled = [e for e in fresh if await self._handle_or_queue(tx, e, shut)]
            woken = {e.key for e in handled} & shut.keys()
            if woken:
                await parking.wake(tx, self.service, woken)
        telemetry.duplicates(self.service, len(batch) - len(fresh))
        for envelope in handled:
            self._parked_in_a_row[envelope.partition] = 0
        for key in woken:
            await self._retry_if_possible(key)

    async def _handle_or_queue(self, tx: S, envelope: Envelope, shut: dict[str, Shut]) -> bool:
        ahead = shut.get(envelope.key)
        if ahead and ahead.holds(envelope.topic):
            await self._queue(tx, envelope, ahead)
            return False
        await self._handle(tx, envelope)
        return True

    async def _handle(self, tx: S, envelope: Envelope, *, again: bool = False) -> None:
        event = envelope.open()
        handler = self.handlers.get(envelope.topic)
        if handler is None:
            raise Unreadable(f"{self.service} does not listen to {envelope.topic}")
        info = tx.info
        faultpoints.note_heard(info, self.service, envelope.topic)
        with Processing(envelope, event, self.service, again=again) as processing:
            await handler(event, tx)
            # What it did wrong is its own fault, not that of the next in the batch. A flush of
            # nothing costs as much as all the rest here, and there is no public way to ask.
            if not tx.sync_session._is_clean():  # noqa: SLF001
                await tx.flush()
            took, traced = processing.so_far()
            telemetry.note_handled(info, self.service, envelope, took, traced)

    async def _handle_again(self, tx: S, envelope: Envelope) -> None:
        telemetry.retried(self.service, envelope.topic, 1)
        await self._handle(tx, envelope, again=True)

    async def _queue(self, tx: S, envelope: Envelope, ahead: Shut) -> None:
        if ahead.wholly:
            reason = "behind a parked event"
            await parking.park(tx, self.service, envelope, "QUEUED", reason)
        else:
            needs = ahead.waits[envelope.topic]
            reason, rest = f"waiting for {needs}", patience.until_its_turn(1)
            await parking.park(
                tx, self.service, envelope, "WAITING", reason, needs=needs, rest=rest
            )

    async def _take_alone(self, envelope: Envelope) -> None:
        lane = envelope.partition
        if self._parked_in_a_row[lane] >= self._policy.parks_in_a_row:
            log.critical("nothing_works", consumer=self.service, lane=lane)
            raise NothingWorks(self.service)
        failure = await self._failure_of(envelope)
        if failure is not None:
            await self._park(envelope, failure)

    async def _failure_of(self, envelope: Envelope) -> Exception | None:
        failure: Exception | None = None
        for attempt in range(1 + self._policy.immediate_retries):
            telemetry.retried(self.service, envelope.topic, min(attempt, 1))
            try:
                await self._act([envelope])
            except CLOUDS:
                raise
            except (Defer, Unreadable) as error:
                return error
            except Exception as error:  # noqa: BLE001, a wall of any kind
                failure = error
            else:
                return None
        return failure

    async def _park(self, envelope: Envelope, failure: Exception) -> None:
        reason = reason_of(failure)
        async with self._transaction() as tx:
            if not await first_time(tx, self.service, [envelope.event_id]):
                return
            await parking.lock(tx, self.service, envelope.key)
            match failure:
                case Defer(needs=needs):
                    rest = patience.until_its_turn(1)
                    await parking.park(
                        tx,
                        self.service,
                        envelope,
                        "WAITING",
                        reason,
                        needs=needs,
                        attempts=1,
                        rest=rest,
                    )
                case Unreadable():
                    await parking.park(tx, self.service, envelope, "DEAD", reason, attempts=1)
                case _:
                    rest = patience.until_retry(1)
                    await parking.park(
                        tx, self.service, envelope, "FAILING", reason, attempts=1, rest=rest
                    )
        if isinstance(failure, Defer):
            log.info(
                "deferred",
                consumer=self.service,
                event_id=str(envelope.event_id),
                needs=failure.needs,
            )
        else:
            self._parked_in_a_row[envelope.partition] += 1
            log.error(
                "parked", consumer=self.service, event_id=str(envelope.event_id), reason=reason
            )

    async def _retry_if_possible(self, key: str) -> None:
        try:
            await self.retry(key)
        except CLOUDS as error:  # they are due: the clock will try them
            log.warning("retry_waits", consumer=self.service, because=type(error).__name__)
