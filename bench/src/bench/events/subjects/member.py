"""One member of a group, which tells what it was handed, and what it began after the word to go."""

import asyncio
import signal
import time
from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from bench.events import facts
from bench.events.effects import upsert
from events import HoldCreated
from events.transport import Envelope, Inbox, Subscriptions, Transaction
from events.transport.consumer import Consumer

SETTLED = 500
"""Events consumed until all lanes are assigned and busy."""


async def measure(*, database: str, kafka: str, group: str) -> dict[str, object]:
    """Consume until told to stop."""
    stop = asyncio.Event()
    stopped_at: list[float] = []

    def leave() -> None:
        stopped_at.append(time.monotonic())
        stop.set()

    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, leave)
    subscriptions = Subscriptions[AsyncSession](group)
    subscriptions.on(HoldCreated)(_handle)
    async with facts.sessions(database, size=8) as sessions:
        inbox = _Watched(subscriptions, sessions.begin, stop)
        await Consumer(inbox, kafka).run(stop)
    seconds = time.monotonic() - stopped_at[0]
    return {"handed": inbox.handed, "begun_too_late": inbox.begun_too_late, "seconds": seconds}


async def _handle(fact: HoldCreated, tx: AsyncSession) -> None:
    await tx.execute(upsert(fact))
    await asyncio.sleep(0.001)  # somebody who takes their time, so that there is something to leave


class _Watched(Inbox[AsyncSession]):
    """An inbox that notes what its lanes ask of it."""

    def __init__(
        self,
        subscriptions: Subscriptions[AsyncSession],
        transaction: Transaction[AsyncSession],
        stop: asyncio.Event,
    ) -> None:
        super().__init__(subscriptions, transaction)
        self.handed: list[tuple[int | None, int | None]] = []
        self.begun_too_late, self._stop = 0, stop

    async def attempt(self, batch: Sequence[Envelope]) -> None:
        before = len(self.handed)
        self.handed += [(envelope.partition, envelope.offset) for envelope in batch]
        self.begun_too_late += self._stop.is_set()
        if before < SETTLED <= len(self.handed):
            print("settled", flush=True)
        await super().attempt(batch)
