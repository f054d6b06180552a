"""Our consumer with handlers that touch no database: what is left is reading and dispatching."""

from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from bench.events.counting import Count
from bench.events.spans import observe
from bench.meter import Figures
from events import HoldCreated
from events.transport import Envelope, Inbox, Subscriptions
from events.transport.consumer import Consumer


async def measure(*, kafka: str, group: str, count: int, traced: float = 0) -> Figures:
    """Consume `count` events without an effect; the share `traced` of them is traced."""
    noted = Count(count)
    if traced:
        observe(traced)

    async def handle(_: HoldCreated, __: AsyncSession) -> None:
        noted.begin()
        noted.note()

    subscriptions = Subscriptions[AsyncSession](group)
    subscriptions.on(HoldCreated)(handle)
    await Consumer(_Dispatch(subscriptions, AsyncSession), kafka).run(noted.full)
    return noted.figures()


class _Dispatch(Inbox[AsyncSession]):
    """The inbox without its three statements a batch: nothing is remembered, nothing is parked."""

    async def attempt(self, batch: Sequence[Envelope]) -> None:
        async with AsyncSession() as nowhere, nowhere.begin():
            for envelope in batch:
                await self._handle(nowhere, envelope)
