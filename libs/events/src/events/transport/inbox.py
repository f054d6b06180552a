"""The inbox: events may be delivered twice, their effects happen once."""

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
from events.transport import backoff, faultpoints, parking, telemetry
from events.transport.backoff import TRANSIENT_ERRORS
from events.transport.blocked_keys import BlockedKey, BlockedKeys, lock_blocked_keys, lock_key
from events.transport.compatibility import has_changes
from events.transport.envelope import Envelope, Unreadable
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
REPLAYED_FOR: Final = "replayfor"
"""The header that names the one service a replayed event is for."""

log = structlog.get_logger()


@dataclass(frozen=True)
class Policy:
    """Limits for failing events, and for failures that are no longer the fault of one event."""

    immediate_retries: int = 2
    max_attempts: int = 10
    """Attempts of one event, with growing delays between them, before it is dead."""
    parks_in_a_row: int = 25
    """Parked events of one lane without a success between them: more mean a bug, not bad events."""


class PoisonLimitExceeded(Exception):
    """Too many events of a lane failed in a row: it pauses, so that not all end up parked."""


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
        self._failures_in_a_row: Counter[int | None] = Counter()

    async def take(self, batch: Sequence[Envelope]) -> None:
        """Act on events of one lane, in order; return when each is handled or parked."""
        for pause in backoff.growing_delays():
            try:
                await self.attempt(batch)
            except TRANSIENT_ERRORS as error:
                log.warning(
                    "consumer_lane_retrying", consumer=self.service, error=type(error).__name__
                )
                await backoff.sleep(pause)
            else:
                return

    async def attempt(self, batch: Sequence[Envelope]) -> None:
        """Act on events as `take` does, but raise transient errors: what was done stays done."""
        if len(batch) > 1:
            try:
                return await self._act(batch)
            except Exception as error:  # noqa: BLE001, one by one, to find out which
                cause = type(error).__name__
                log.info("batch_split_after_failure", consumer=self.service, error=cause)
        for envelope in batch:
            await self._take_alone(envelope)
        return None

    async def retry(self, key: str) -> None:
        """Try the parked events of a key that may be tried now, oldest first."""
        await self.retrying.retry_key(key)

    async def prune(self, *, now: datetime | None = None) -> int:
        """Forget the ids of events that Kafka will not deliver again; return how many."""
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
            ours = [e for e in batch if e.headers.get(REPLAYED_FOR, self.service) == self.service]
            new = await first_time(tx, self.service, [e.event_id for e in ours])
            fresh = {e.event_id: e for e in ours if e.event_id in new}.values()
            blocked = await lock_blocked_keys(tx, self.service, {e.key for e in fresh})
            handled = [e for e in fresh if await self._handle_or_queue(tx, e, blocked)]
            unblocked = {e.key for e in handled} & blocked.keys()
            if unblocked:
                await parking.make_due(tx, self.service, unblocked)
        telemetry.duplicates(self.service, len(batch) - len(fresh))
        for envelope in handled:
            self._failures_in_a_row[envelope.partition] = 0
        for key in unblocked:
            await self._retry_now(key)

    async def _handle_or_queue(self, tx: S, envelope: Envelope, blocked: BlockedKeys) -> bool:
        ahead = blocked.get(envelope.key)
        if ahead and ahead.blocks(envelope.topic):
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
        faultpoints.note_handled_by(info, self.service, envelope.topic)
        with Processing(envelope, event, self.service, again=again) as processing:
            await handler(event, tx)
            # What it wrote fails here, by its own fault, and not in the next of the batch.
            if has_changes(tx):
                await tx.flush()
            took, traced = processing.so_far()
            telemetry.note_handled(info, self.service, envelope, took, traced)

    async def _handle_again(self, tx: S, envelope: Envelope) -> None:
        telemetry.retried(self.service, envelope.topic, 1)
        await self._handle(tx, envelope, again=True)

    async def _queue(self, tx: S, envelope: Envelope, ahead: BlockedKey) -> None:
        if ahead.entirely:
            reason = "behind a parked event"
            await parking.park(tx, self.service, envelope, "QUEUED", reason)
        else:
            needs = ahead.waits[envelope.topic]
            reason, delay = f"waiting for {needs}", backoff.delay_of_waiting(1)
            await parking.park(
                tx, self.service, envelope, "WAITING", reason, needs=needs, delay=delay
            )

    async def _take_alone(self, envelope: Envelope) -> None:
        lane = envelope.partition
        if self._failures_in_a_row[lane] >= self._policy.parks_in_a_row:
            log.critical("consumer_lane_paused", consumer=self.service, lane=lane)
            raise PoisonLimitExceeded(self.service)
        failure = await self._failure_of(envelope)
        if failure is not None:
            await self._park(envelope, failure)

    async def _failure_of(self, envelope: Envelope) -> Exception | None:
        failure: Exception | None = None
        for attempt in range(1 + self._policy.immediate_retries):
            telemetry.retried(self.service, envelope.topic, min(attempt, 1))
            try:
                await self._act([envelope])
            except TRANSIENT_ERRORS:
                raise
            except (Defer, Unreadable) as error:
                return error
            except Exception as error:  # noqa: BLE001, whatever a handler raises
                failure = error
            else:
                return None
        return failure

    async def _park(self, envelope: Envelope, failure: Exception) -> None:
        reason = reason_of(failure)
        async with self._transaction() as tx:
            if not await first_time(tx, self.service, [envelope.event_id]):
                return
            await lock_key(tx, self.service, envelope.key)
            match failure:
                case Defer(needs=needs):
                    delay = backoff.delay_of_waiting(1)
                    await parking.park(
                        tx,
                        self.service,
                        envelope,
                        "WAITING",
                        reason,
                        needs=needs,
                        attempts=1,
                        delay=delay,
                    )
                case Unreadable():
                    await parking.park(tx, self.service, envelope, "DEAD", reason, attempts=1)
                case _:
                    delay = backoff.delay_of_retry(1)
                    await parking.park(
                        tx, self.service, envelope, "FAILING", reason, attempts=1, delay=delay
                    )
        if isinstance(failure, Defer):
            log.info(
                "event_deferred",
                consumer=self.service,
                event_id=str(envelope.event_id),
                needs=failure.needs,
            )
        else:
            self._failures_in_a_row[envelope.partition] += 1
            log.error(
                "event_parked",
                consumer=self.service,
                event_id=str(envelope.event_id),
                reason=reason,
            )

    async def _retry_now(self, key: str) -> None:
        try:
            await self.retry(key)
        except TRANSIENT_ERRORS as error:  # they are due: the timer will try them
            log.warning("event_retry_postponed", consumer=self.service, error=type(error).__name__)
