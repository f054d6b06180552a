"""The one door to the suite, as an app on a phone uses it: patient, and never twice by mistake."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, Final, TypeVar

import httpx

T = TypeVar("T")

PATIENCE_SECONDS: Final = 60.0
PAUSE_SECONDS: Final = 0.1
PASSING: Final = (502, 503, 504)
"""Answers that say "not now": a service is starting again behind the gateway."""


class Refusal(Exception):
    """The suite said no, and why (RFC 9457)."""

    def __init__(self, status: int, problem: dict[str, Any], request: str) -> None:
        super().__init__(f"{request} -> {status} {problem.get('type')}: {problem.get('detail')}")
        self.status, self.problem = status, problem

    @property
    def slug(self) -> str:
        """The stable name of the problem."""
        return str(self.problem.get("type", "")).rsplit("/", 1)[-1]


class Gateway:
    """A client of the gateway, with or without a person's token."""

    def __init__(
        self,
        client: httpx.AsyncClient,
        token: str | None = None,
        looking: set[asyncio.Task[None]] | None = None,
    ) -> None:
        self.client, self.token = client, token
        self._looking = set() if looking is None else looking

    def as_(self, token: str) -> "Gateway":
        """Return a client of the same gateway with another token."""
        return Gateway(self.client, token, self._looking)

    def meanwhile(self, look: Coroutine[Any, Any, None]) -> None:
        """Look at something beside all else, until it has been seen or the door is closed."""
        task = asyncio.create_task(look)
        self._looking.add(task)
        task.add_done_callback(self._looking.discard)

    async def close(self) -> None:
        """Close the client, after the polls that still use it have stopped."""
        looking = [*self._looking]
        for task in looking:
            task.cancel()
        await asyncio.gather(*looking, return_exceptions=True)
        await self.client.aclose()

    async def get(self, path: str, **params: Any) -> Any:
        """Read something."""
        query = {key: value for key, value in params.items() if value is not None}
        return await self._ask("GET", path, params=query or None)

    async def post(self, path: str, body: Any = None, **kwargs: Any) -> Any:
        """Do something."""
        return await self._ask("POST", path, json=body, **kwargs)

    async def put(self, path: str, body: Any = None, **kwargs: Any) -> Any:
        """Set something."""
        return await self._ask("PUT", path, **({"json": body} | kwargs))

    async def delete(self, path: str) -> Any:
        """Give something up."""
        return await self._ask("DELETE", path)

    async def photo(self, method: str, path: str, picture: bytes, **headers: str) -> Any:
        """Send a photo."""
        return await self._ask(
            method, path, content=picture, headers={"content-type": "image/jpeg"} | headers
        )

    async def raw(self, method: str, path: str, **kwargs: Any) -> httpx.Response:
        """Ask once and return the whole answer, whatever it is."""
        headers = kwargs.pop("headers", {})
        if self.token:
            headers = {"Authorization": f"Bearer {self.token}"} | headers
        return await self.client.request(method, path, headers=headers, **kwargs)

    async def _ask(self, method: str, path: str, **kwargs: Any) -> Any:
        deadline = time.monotonic() + PATIENCE_SECONDS
        while True:
            answer = await self._try(method, path, **kwargs)
            if answer is not None and answer.status_code not in PASSING:
                return _read(answer)
            if time.monotonic() > deadline:
                raise Refusal(
                    answer.status_code if answer else 0, {"type": "no-answer"}, f"{method} {path}"
                )
            await asyncio.sleep(PAUSE_SECONDS)

    async def _try(self, method: str, path: str, **kwargs: Any) -> httpx.Response | None:
        try:
            return await self.raw(method, path, **kwargs)
        except httpx.TransportError:  # the line broke: every request here may be repeated
            return None


async def until(
    condition: str, ask: Callable[[], Awaitable[T | None]], *, seconds: float = PATIENCE_SECONDS
) -> T:
    """Poll until there is an answer, as a person at a screen would."""
    deadline = time.monotonic() + seconds
    while not (answer := await ask()):
        assert time.monotonic() < deadline, f"still waiting after {seconds:.0f} s: {condition}"
        await asyncio.sleep(PAUSE_SECONDS)
    return answer


async def when_ready(condition: str, ask: Callable[[], Awaitable[T]]) -> T:
    """Repeat a request while the answer is that an earlier event is still on its way."""

    async def tried() -> tuple[T] | None:
        try:
            return (await ask(),)
        except Refusal as refusal:
            if "waiting_for" in refusal.problem or refusal.slug == "not-heard-yet":
                return None
            raise

    (answer,) = await until(condition, tried)
    return answer


def _read(answer: httpx.Response) -> Any:
    is_json = "json" in answer.headers.get("content-type", "")
    if answer.is_error:
        problem = answer.json() if is_json else {"type": "no-problem", "detail": answer.text[:300]}
        raise Refusal(
            answer.status_code, problem, f"{answer.request.method} {answer.request.url.path}"
        )
    if not answer.content:
        return None
    if is_json:
        return answer.json()
    return answer.content
