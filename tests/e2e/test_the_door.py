"""The client of the gateway that the demo and the journeys' tests use."""

import asyncio

import httpx

from demo.gateway import Gateway


class Hanging(httpx.AsyncBaseTransport):
    """A line on which an answer never comes, until the request is given up."""

    def __init__(self) -> None:
        self.asked, self.given_up = asyncio.Event(), False

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self.asked.set()
        try:
            await asyncio.Event().wait()
        finally:
            self.given_up = True
        raise AssertionError(request)


async def test_who_still_looks_stops_before_the_door_is_closed() -> None:
    """A request that outlives its client leaves an open connection behind."""
    line = Hanging()
    door = Gateway(httpx.AsyncClient(base_url="http://suite", transport=line))

    async def looks() -> None:
        await door.as_("token").get("/place-in-the-queue")

    door.as_("another").meanwhile(looks())
    await line.asked.wait()
    await door.close()

    assert line.given_up
    assert door.client.is_closed
