"""The gateway keeps its lines to a service: a bug must not tear the one a stranger asks on next."""

import asyncio
import logging
import socket
from collections.abc import AsyncIterator

import pytest
import uvicorn
from fastapi import FastAPI
from fastapi.responses import StreamingResponse
from structlog.testing import capture_logs

from kit.http import add_problem_answers
from kit.middleware import add_middleware

Line = tuple[asyncio.StreamReader, asyncio.StreamWriter]


@pytest.fixture
async def line() -> AsyncIterator[Line]:
    """Open one line to a service that really listens."""
    app = FastAPI()
    add_problem_answers(app)
    add_middleware(app)

    @app.post("/bug")
    async def bug() -> None:
        raise RuntimeError("0901234567")

    @app.post("/half")
    async def half() -> StreamingResponse:
        async def parts() -> AsyncIterator[bytes]:
            yield b"half"
            raise RuntimeError("0901234567")

        return StreamingResponse(parts())

    @app.post("/well")
    async def well() -> str:
        return "well"

    door = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, lifespan="off", log_config=None))
    running = asyncio.create_task(server.serve([door]))
    reader, writer = await asyncio.open_connection(*door.getsockname())
    yield reader, writer
    writer.close()
    server.should_exit = True
    await running


async def test_after_a_bug_the_next_request_on_the_line_is_answered(
    line: Line, caplog: pytest.LogCaptureFixture
) -> None:
    with capture_logs() as ours, caplog.at_level(logging.INFO):
        answers = [await asks(line, path) for path in ("/bug", "/well", "/bug", "/well")]

    assert answers == [500, 200, 500, 200]
    assert [entry["event"] for entry in ours] == ["unhandled_error"] * 2, "logged once each"
    assert "0901234567" not in caplog.text


async def test_a_bug_in_the_middle_of_an_answer_ends_the_line(
    line: Line, caplog: pytest.LogCaptureFixture
) -> None:
    """An answer that has begun stays: its client must see that the rest is missing."""
    reader, writer = line
    with capture_logs() as ours, caplog.at_level(logging.INFO):
        writer.write(request("/half"))
        whole = await reader.read()

    assert b"half" in whole
    assert not whole.endswith(b"0\r\n\r\n")
    assert [entry["event"] for entry in ours] == ["unhandled_error"]
    assert "0901234567" not in caplog.text


async def asks(line: Line, path: str) -> int:
    reader, writer = line
    writer.write(request(path))
    head = await reader.readuntil(b"\r\n\r\n")
    length = next(
        int(value)
        for name, _, value in (row.partition(b": ") for row in head.split(b"\r\n"))
        if name.lower() == b"content-length"
    )
    await reader.readexactly(length)
    return int(head.split(b" ")[1])


def request(path: str) -> bytes:
    return f"POST {path} HTTP/1.1\r\nHost: service\r\nContent-Length: 2\r\n\r\n{{}}".encode()
