"""Customers who come in one after the other while something is done to the suite."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Final

import httpx
from tests.e2e import stories

from demo import journeys
from demo.actors import Actors
from demo.gateway import until
from demo.story import Story
from deploy.services import SERVICES

SHOPPERS: Final = 2
GLANCES_PER_SECOND: Final = 10


class Witness(httpx.AsyncBaseTransport):
    """Sees every answer a customer gets, also those a patient app would hide by asking again."""

    def __init__(self) -> None:
        self.answers = 0
        self.slowest = 0.0
        self.failures: list[str] = []
        self._line = httpx.AsyncHTTPTransport(limits=httpx.Limits(max_connections=100))

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Pass a request on, and note what comes back."""
        began = time.perf_counter()
        asked = f"{time.strftime('%H:%M:%S')} {request.method} {request.url.path}"
        try:
            answer = await self._line.handle_async_request(request)
        except httpx.TransportError as error:
            self.failures.append(f"{asked}: {type(error).__name__} {error}")
            raise
        self.answers += 1
        self.slowest = max(self.slowest, time.perf_counter() - began)
        if answer.is_server_error:
            self.failures.append(f"{asked}: {answer.status_code}")
        return answer

    async def aclose(self) -> None:
        """Hang up."""
        await self._line.aclose()


@dataclass
class Crowd:
    """The customers of the load, and how far they came."""

    address: str
    witness: Witness = field(default_factory=Witness)
    connected: int = 0
    sold: int = 0
    glances: int = 0
    leaving: asyncio.Event = field(default_factory=asyncio.Event)
    actors: Actors = field(init=False)

    def __post_init__(self) -> None:
        self.actors = Actors(self.address, self.witness)

    async def _from_number_to_sim(self, actors: Actors) -> None:
        play = (journeys.physical, journeys.esim)[self.connected % 2]
        await (await play(actors, Story("under way"))).hold_is("CONSUMED")
        self.connected += 1

    async def _buys(self, actors: Actors) -> None:
        if self.sold % 2:
            await stories.paid_esim(actors)
        else:
            await (await stories.ordered_home(actors)).hold_is("CONFIRMED")
        self.sold += 1

    async def _glances(self, actors: Actors) -> None:
        for service in SERVICES:
            await actors.gateway.get(f"/api/{service}/openapi.json")
            self.glances += 1
            await asyncio.sleep(1 / GLANCES_PER_SECOND)

    async def stay(self, do: Callable[[Actors], Awaitable[None]]) -> None:
        """Do something over and over until it is time to leave; what was begun is finished."""
        while not self.leaving.is_set():
            await do(self.actors)

    def come(self, group: asyncio.TaskGroup) -> None:
        """Let them in."""
        for do in (self._from_number_to_sim, *[self._buys] * SHOPPERS, self._glances):
            group.create_task(self.stay(do))

    async def everybody_has_arrived_once(self) -> None:
        """Wait until it is busy."""

        async def busy() -> bool:
            return bool(self.connected and self.sold and self.glances)

        await until("customers to arrive", busy)

    def __str__(self) -> str:
        """Tell what they did."""
        return (
            f"{self.connected} SIMs connected, {self.sold} more ordered, "
            f"{self.witness.answers} answers, the slowest after {self.witness.slowest:.1f} s, "
            f"{len(self.witness.failures)} failures"
        )


@asynccontextmanager
async def crowd(address: str) -> AsyncIterator[Crowd]:
    """Start customers until the block ends, then wait for all of them."""
    there = Crowd(address)
    try:
        async with asyncio.TaskGroup() as group:
            there.come(group)
            try:
                yield there
            finally:
                there.leaving.set()
    finally:
        await there.actors.close()  # and with them the polls of customers who waited for a call
