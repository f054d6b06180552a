"""Lanes: an ordered worker per partition number, across all topics of a service."""

import asyncio
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from typing import Final, Generic

import structlog

from events.transport import backoff, faultpoints
from events.transport.envelope import Envelope
from events.transport.inbox import MICRO_BATCH, Inbox, PoisonLimitExceeded
from events.transport.subscriptions import S

FULL: Final = 1000
"""Waiting events at which the consumer fetches no more for this lane."""

log = structlog.get_logger()


class Lane(Generic[S]):
    """Hands one lane's events to the inbox, in order. A slow lane delays no other."""

    def __init__(
        self,
        number: int,
        inbox: Inbox[S],
        done: Callable[["Lane[S]", Sequence[Envelope]], None],
        stop: asyncio.Event,
    ) -> None:
        self.number, self.stopped, self.paused = number, False, False
        self._inbox, self._done = inbox, done
        self._queue: deque[Envelope] = deque()
        self._begun: Sequence[Envelope] = ()
        self._work, self._closing, self._stop = asyncio.Event(), asyncio.Event(), stop
        self._task = asyncio.create_task(self._run(), name=f"lane {number}")

    @property
    def waiting(self) -> int:
        """Number of events that are not begun."""
        return len(self._queue)

    @property
    def oldest(self) -> Envelope | None:
        """The first event that is not done."""
        return next(iter([*self._begun[:1], *islice(self._queue, 1)]), None)

    @property
    def is_full(self) -> bool:
        """Tell whether the consumer should fetch no more for this lane."""
        return len(self._queue) >= FULL

    @property
    def has_room(self) -> bool:
        """Tell whether the lane will soon have nothing to do."""
        return len(self._queue) <= MICRO_BATCH

    def give(self, envelopes: Iterable[Envelope]) -> None:
        """Add events to the end of the queue."""
        self._queue.extend(envelopes)
        self._work.set()

    async def close(self, seconds: float) -> None:
        """Finish the batch that was begun, if it takes no longer, and forget the rest."""
        self._queue.clear()
        self._closing.set()
        self._work.set()
        await asyncio.wait([self._task], timeout=seconds)
        # What is cut off is rolled back, and its offsets are not committed.
        self._task.cancel()
        await asyncio.wait([self._task])

    async def _run(self) -> None:
        # Between the word to stop and the end of the lanes a batch may end: it is the last.
        while not (self._closing.is_set() or self._stop.is_set()):
            if not self._queue:
                self._work.clear()
                await self._work.wait()
                continue
            size = min(len(self._queue), MICRO_BATCH)
            batch = self._begun = [self._queue.popleft() for _ in range(size)]
            if not await self._act(batch):
                return
            if faultpoints.ARMED:
                for envelope in batch:
                    faultpoints.reach("before_offset", self._inbox.service, envelope.topic)
            self._begun = ()
            self._done(self, batch)

    async def _act(self, batch: Sequence[Envelope]) -> bool:
        for pause in backoff.growing_delays():
            try:
                await self._inbox.attempt(batch)
            except PoisonLimitExceeded:
                self.stopped = True
                return False
            # Transient errors, and any that keep parking itself from working: the events stay here.
            except Exception as error:  # noqa: BLE001
                cause = type(error).__name__
                log.warning(
                    "consumer_lane_retrying",
                    consumer=self._inbox.service,
                    lane=self.number,
                    error=cause,
                )
            else:
                return True
            await backoff.sleep_until(self._closing, pause)
            if self._closing.is_set():
                break
        return False
