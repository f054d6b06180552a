"""The consumer of a service: offsets are committed after the effects."""

import asyncio
import time
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from heapq import merge
from typing import Any, Final, Generic

import structlog
from aiokafka import AIOKafkaConsumer, ConsumerRebalanceListener, ConsumerRecord, TopicPartition
from aiokafka.errors import CommitFailedError, IllegalStateError, KafkaError

from events.ids import timestamp_of
from events.transport import client_health, telemetry
from events.transport.backoff import (
    bounded,
    growing_delays,
    sleep_until,
    start_unless_stopped,
)
from events.transport.envelope import Envelope
from events.transport.health import Health
from events.transport.inbox import Inbox
from events.transport.lanes import Lane
from events.transport.members import new_member
from events.transport.subscriptions import S

COMMIT_SECONDS: Final = 0.05
DRAIN_SECONDS: Final = 5.0
GIVE_UP_SECONDS: Final = 2.0
LOST_COMMITS: Final = (CommitFailedError, IllegalStateError)

log = structlog.get_logger()


class Consumer(ConsumerRebalanceListener, Generic[S]):
    """A member of a service's group, with one lane per partition number across all topics."""

    def __init__(
        self,
        inbox: Inbox[S],
        servers: str,
        health: Health | None = None,
        *,
        session_timeout_ms: int = 6000,
        heartbeat_interval_ms: int = 1000,
    ) -> None:
        self._inbox, self._servers, self._health = inbox, servers, health or Health()
        self._timeouts = (session_timeout_ms, heartbeat_interval_ms)
        self._kafka: AIOKafkaConsumer | None = None
        self._lanes: dict[int, Lane[S]] = {}
        self._done: dict[TopicPartition, int] = {}
        self._next: dict[TopicPartition, int] = {}
        """By partition, the first offset that is fetched and not handled."""
        self._dirty, self._committing = asyncio.Event(), asyncio.Lock()
        self._stop = asyncio.Event()

    def waiting_in(self, number: int) -> int:
        """Count the events of a lane that are fetched and not begun."""
        return self._lanes[number].waiting if number in self._lanes else 0

    async def run(self, stop: asyncio.Event) -> None:
        """Consume until told to stop; then finish what was begun, commit it and leave the group."""
        self._stop = stop
        if not self._inbox.handlers:
            self._health.assigned = True
        for pause in growing_delays():
            self._health.beat("consumer")
            if stop.is_set():
                return
            if self._inbox.handlers:
                await self._consume_until_failure(stop)
            await sleep_until(stop, pause)

    async def _consume_until_failure(self, stop: asyncio.Event) -> None:
        # A new one for each try: one that gave up half-way through its start cannot start again.
        service, topics = self._inbox.service, list(self._inbox.handlers)
        kafka = self._kafka = new_member(self._servers, service, self._timeouts)
        kafka.subscribe(topics, listener=self)
        try:
            await start_unless_stopped(kafka.start(), stop)
            await self._consume(kafka, stop)
        except (KafkaError, TimeoutError) as error:
            log.warning(
                "consumer_connection_failed", consumer=self._inbox.service, error=repr(error)
            )
        finally:
            await self._drain()
            self._health.assigned = not self._inbox.handlers
            failure = await bounded(kafka.stop(), GIVE_UP_SECONDS)
            if failure is not None:
                log.info(
                    "consumer_stop_incomplete", consumer=self._inbox.service, error=repr(failure)
                )

    async def _consume(self, kafka: AIOKafkaConsumer, stop: asyncio.Event) -> None:
        ends = [asyncio.create_task(end) for end in (self._fetch(kafka), self._commit_often())]
        try:
            while not stop.is_set():
                self._health.beat("consumer")
                waiting = asyncio.create_task(stop.wait())
                await asyncio.wait([*ends, waiting], timeout=1, return_when=asyncio.FIRST_COMPLETED)
                waiting.cancel()
                self._note_lag(kafka)
                # First: what a dead task leaves behind may not look like trouble with Kafka.
                if dead := client_health.dead_tasks(kafka):
                    raise KafkaError(f"it goes on without {', '.join(dead)}")
                for end in ends:
                    if end.done():
                        end.result()
        finally:
            for end in ends:
                end.cancel()
            await asyncio.gather(*ends, return_exceptions=True)

    async def _fetch(self, kafka: AIOKafkaConsumer) -> None:
        while True:
            # Nothing may come between the answer and the lanes: a rebalance would be overlooked.
            self._spread(kafka, await kafka.getmany(timeout_ms=500, max_records=1000))

    def _spread(
        self,
        kafka: AIOKafkaConsumer,
        fetched: dict[TopicPartition, list[ConsumerRecord[Any, Any]]],
    ) -> None:
        by_lane: defaultdict[int, list[list[ConsumerRecord[Any, Any]]]] = defaultdict(list)
        for partition, records in fetched.items():
            by_lane[partition.partition].append(records)
            self._next.setdefault(partition, records[0].offset)
            telemetry.consumed(self._inbox.service, *partition, len(records))
        for number, topics in by_lane.items():
            if number not in self._lanes:
                self._lanes[number] = Lane(number, self._inbox, self._on_done, self._stop)
            lane = self._lanes[number]
            lane.give(_in_order_of_time(topics))
            if lane.is_full and not lane.paused:
                kafka.pause(*self._partitions_of(kafka, lane))
                lane.paused = True

    def _partitions_of(self, kafka: AIOKafkaConsumer, lane: Lane[S]) -> list[TopicPartition]:
        return [tp for tp in kafka.assignment() if tp.partition == lane.number]

    def _on_done(self, lane: Lane[S], batch: Sequence[Envelope]) -> None:
        last = {(envelope.topic, envelope.partition): envelope.offset for envelope in batch}
        for (topic, partition), offset in last.items():
            assert partition is not None
            assert offset is not None
            place = TopicPartition(topic, partition)
            self._done[place] = self._next[place] = offset + 1
        self._dirty.set()
        if lane.paused and lane.has_room and self._kafka:
            self._kafka.resume(*self._partitions_of(self._kafka, lane))
            lane.paused = False

    async def _commit_often(self) -> None:
        while True:
            await self._dirty.wait()
            await asyncio.sleep(COMMIT_SECONDS)
            await self._commit()
            stopped = {lane.number for lane in self._lanes.values() if lane.stopped}
            self._health.stopped_lanes = stopped

    async def _commit(self) -> None:
        """Commit what is done; what cannot be committed is delivered again and dropped."""
        async with self._committing:
            self._dirty.clear()
            assert self._kafka is not None
            assigned = self._kafka.assignment()
            offsets = {place: offset for place, offset in self._done.items() if place in assigned}
            self._done = {}
            if not offsets:
                return
            began = time.perf_counter()
            error = await bounded(self._kafka.commit(offsets), GIVE_UP_SECONDS)
            telemetry.committed(self._inbox.service, time.perf_counter() - began, error)
            if error is None:
                return
            log.info(
                "offset_commit_failed", consumer=self._inbox.service, error=type(error).__name__
            )
            if not isinstance(error, LOST_COMMITS):
                self._done = offsets | self._done
                self._dirty.set()

    def _note_lag(self, kafka: AIOKafkaConsumer) -> None:
        ends = {place: kafka.highwater(place) for place in kafka.assignment()}
        # Where nothing waits in a lane, all that was there at the last fetch is handled.
        self._health.lag = {
            (place.topic, place.partition): end - self._next.get(place, end)
            for place, end in ends.items()
            if end is not None
        }
        firsts = {number: lane.oldest for number, lane in self._lanes.items()}
        self._health.oldest_unhandled = {
            number: timestamp_of(first.event_id) if first else None
            for number, first in firsts.items()
        }

    async def on_partitions_revoked(self, revoked: Collection[TopicPartition]) -> None:
        """Finish what was begun and commit it, before another member is given the same."""
        self._health.assigned = False
        await self._drain()
        log.info("partitions_revoked", consumer=self._inbox.service, count=len(revoked))

    async def on_partitions_assigned(self, assigned: Collection[TopicPartition]) -> None:
        """Start from the committed offsets, as Kafka does by itself."""
        self._health.assigned = True
        telemetry.rebalanced(self._inbox.service)
        log.info("partitions_assigned", consumer=self._inbox.service, count=len(assigned))

    async def _drain(self) -> None:
        lanes, self._lanes = list(self._lanes.values()), {}
        if lanes:
            await asyncio.gather(*(lane.close(DRAIN_SECONDS) for lane in lanes))
        if self._done:
            await self._commit()
        self._done, self._next = {}, {}
        self._health.lag, self._health.oldest_unhandled = {}, {}


def _in_order_of_time(topics: Sequence[Iterable[ConsumerRecord[Any, Any]]]) -> Iterator[Envelope]:
    """Merge what one lane has of several topics, which have no common order.

    The nearest to one is the time of sending, and the time in the event's id where that is the
    same: a relay sends many in one go.
    """
    if len(topics) == 1:
        yield from map(Envelope.of, topics[0])
        return
    timed = ([(record.timestamp, Envelope.of(record)) for record in topic] for topic in topics)
    for _, envelope in merge(*timed, key=lambda pair: (pair[0], pair[1].event_id)):
        yield envelope
