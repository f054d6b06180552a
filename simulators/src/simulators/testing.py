"""For tests: the simulators in this process, and a receiver of their callbacks."""

import asyncio
import json
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, Final

import httpx
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, Response

from simulators.main import running
from simulators.settings import Settings

OK: Final = 200


@dataclass
class Shop:
    """The receiver of callbacks; gives the prepared answers first, then acknowledges."""

    received: list[httpx.Request] = field(default_factory=list)
    answers: list[Response] = field(default_factory=list)

    def messages(self) -> list[dict[str, Any]]:
        """Return the bodies, or else the queries, that were received."""
        return [
            json.loads(request.content) if request.content else dict(request.url.params)
            for request in self.received
        ]

    def app(self) -> FastAPI:
        """Build what listens."""
        listener = FastAPI()

        @listener.api_route("/{path:path}", methods=["GET", "POST"])
        async def hear(request: Request) -> Response:
            content, headers = await request.body(), dict(request.headers)
            self.received.append(
                httpx.Request(request.method, str(request.url), content=content, headers=headers)
            )
            return self.answers.pop(0) if self.answers else JSONResponse({"RspCode": "00"})

        return listener


@dataclass
class Outside:
    """The running simulators, and a client of them."""

    app: FastAPI
    http: httpx.AsyncClient

    async def fault(self, system: str, name: str, **how: Any) -> None:
        """Let something go wrong."""
        answer = await self.http.put(f"/faults/{system}/{name}", json={"on": True} | how)
        assert answer.status_code == OK, answer.text

    async def count(self, what: str, ref: str | None = None) -> int:
        """Count effects."""
        answer = await self.http.get("/counts", params={"ref": ref} if ref else {})
        number: int = answer.json()[what]
        return number


@asynccontextmanager
async def outside_world(settings: Settings, shop: FastAPI) -> AsyncGenerator[Outside]:
    """Run the simulators in this process; they call back the given app."""
    async with (
        httpx.AsyncClient(transport=httpx.ASGITransport(shop)) as calls_back,
        running(settings, http=calls_back) as app,
        httpx.AsyncClient(
            transport=httpx.ASGITransport(app, raise_app_exceptions=False),
            base_url="http://sim.test",
        ) as http,
    ):
        yield Outside(app, http)


async def until(is_so: Callable[[], bool], seconds: float = 10) -> None:
    """Wait until something is so; fail if it does not become so."""
    async with asyncio.timeout(seconds):
        while not is_so():  # noqa: ASYNC110, what is awaited may be anything
            await asyncio.sleep(0.01)
