"""Partners are told while they listen: Server-Sent Events over a real line."""

import asyncio
from collections.abc import AsyncIterator

import fastapi.routing
import httpx
import pytest
import uvicorn
from fastapi import FastAPI
from services.hold.tests.test_feed import sold
from services.hold.tests.world import Offer

from kit.testing import bearer

STREAM = "/v1/partner/hold-events/stream"
PATIENCE_SECONDS = 10


@pytest.fixture
async def line(app: FastAPI, partner: httpx.AsyncClient) -> AsyncIterator[httpx.AsyncClient]:
    """Call the app as the partner, through a real server."""
    server = uvicorn.Server(uvicorn.Config(app, port=0, lifespan="off", log_level="error"))
    serving = asyncio.create_task(server.serve())
    while not server.started:  # noqa: ASYNC110, it has no event for that
        await asyncio.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    token = partner.headers["Authorization"].removeprefix("Bearer ")
    async with httpx.AsyncClient(
        base_url=f"http://127.0.0.1:{port}", headers=bearer(token)
    ) as client:
        yield client
    server.should_exit = True
    await serving


async def until_line(lines: AsyncIterator[str], expected: str) -> list[str]:
    """Read lines up to the expected one."""
    read = []
    async with asyncio.timeout(PATIENCE_SECONDS):
        async for line in lines:
            read.append(line)
            if line == expected:
                return read
    pytest.fail(f"{expected!r} did not come: {read}")


async def test_who_listens_hears_at_once_and_the_end_is_clean(
    partner: httpx.AsyncClient, line: httpx.AsyncClient, offer: Offer, app: FastAPI
) -> None:
    async with line.stream("GET", STREAM) as answer:
        assert answer.headers["content-type"].startswith("text/event-stream")
        lines = answer.aiter_lines()
        await until_line(lines, "retry: 1000")
        slip = await sold(partner, offer)

        read = await until_line(lines, "id: 1")
        assert "event: HoldCreated" in read
        assert slip["hold_id"] in "".join(read)

        app.state.stopping.set()
        async with asyncio.timeout(PATIENCE_SECONDS):
            assert [text async for text in lines if text] == []


async def test_it_goes_on_after_the_last_id(
    partner: httpx.AsyncClient, line: httpx.AsyncClient, offer: Offer
) -> None:
    for _ in range(3):
        await sold(partner, offer)

    async with line.stream(
        "GET", STREAM, headers={"Last-Event-ID": "1"}, params={"after": 0}
    ) as answer:
        read = await until_line(answer.aiter_lines(), "id: 3")

    assert [text for text in read if text.startswith("id:")] == ["id: 2", "id: 3"]


async def test_a_line_on_which_nothing_happens_is_kept_alive(
    line: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fastapi.routing, "_PING_INTERVAL", 0.2)  # made for tests, its source says

    async with line.stream("GET", STREAM) as answer:
        await until_line(answer.aiter_lines(), ": ping")


async def test_a_stream_ends_after_its_time(line: httpx.AsyncClient, app: FastAPI) -> None:
    app.state.settings = app.state.settings.model_copy(update={"stream_seconds": 0.2})

    async with asyncio.timeout(PATIENCE_SECONDS):
        assert (await line.get(STREAM)).text.strip() == "retry: 1000"
