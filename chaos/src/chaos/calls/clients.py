"""A client of the service that does not give up: requests said again, sockets opened anew."""

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID

import httpx
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, WebSocketException

from chaos.calls.client_log import ClientLog

ANSWER_SECONDS: Final = 6.0
PAUSE_SECONDS: Final = 0.25
LONGEST_PAUSE_SECONDS: Final = 4.0
POLL_SECONDS: Final = 2.0
PING_SECONDS: Final = 2.0
UNAVAILABLE: Final = 500

ADDRESSES: Final = {
    "call": "/v1/calls/{}",
    "queue": "/v1/desk/queue",
    "shift": "/v1/desk/shift",
}
"""The documents by their names, as a GET answers them."""

Watch = tuple[str, UUID | None]
Messages = asyncio.Queue[dict[str, Any]]


@dataclass
class Client:
    """A person's app: one token, one socket at a time."""

    http: httpx.AsyncClient
    token: str
    log: ClientLog
    seqs: dict[Watch, int] = field(default_factory=dict)
    ticket: str = ""
    is_open: bool = False
    """There is a socket that was welcomed."""

    async def ask(
        self, method: str, path: str, body: Any = None, *, content: bytes | None = None
    ) -> httpx.Response:
        """Send a request, again and again until there is an answer that is not a failure."""
        headers = {"Authorization": f"Bearer {self.token}"}
        if content:
            headers["Content-Type"] = "image/jpeg"
        request = self.http.build_request(method, path, json=body, content=content, headers=headers)
        pause = PAUSE_SECONDS
        while (answer := await self._answer(request)) is None:
            await asyncio.sleep(pause)
            pause = min(2 * pause, LONGEST_PAUSE_SECONDS)
        return answer

    async def _answer(self, request: httpx.Request) -> httpx.Response | None:
        try:
            answer = await self.http.send(request)
        except httpx.HTTPError as error:
            self.log.answers[f"{request.method} {type(error).__name__}"] += 1
            return None
        if answer.is_error:
            said = f"{request.method} {answer.status_code} {_slug(answer)}"
            self.log.answers[said] += 1
        return answer if answer.status_code < UNAVAILABLE else None

    async def documents(self, *watches: Watch) -> AsyncIterator[dict[str, Any]]:
        """Give the messages about documents, for ever: a lost socket is opened anew.

        While there is none, the documents are asked for, as the apps do.
        """
        messages: Messages = asyncio.Queue()
        tasks = [
            asyncio.create_task(work(watches, messages)) for work in (self._listen, self._poll)
        ]
        try:
            while True:
                message = await messages.get()
                self.log.hears(message["call"])
                yield message
        finally:
            for task in tasks:
                task.cancel()

    async def _listen(self, watches: tuple[Watch, ...], messages: Messages) -> None:
        while True:
            try:
                async for message in self._socket(watches):
                    messages.put_nowait(message)
            except (OSError, TimeoutError, WebSocketException) as error:
                self.log.answers[f"socket {_closing(error)}"] += 1
            self.is_open = False
            await asyncio.sleep(PAUSE_SECONDS)

    async def _poll(self, watches: tuple[Watch, ...], messages: Messages) -> None:
        while True:
            await asyncio.sleep(POLL_SECONDS)
            for name, call in () if self.is_open else watches:
                answer = await self.ask("GET", ADDRESSES[name].format(call))
                if answer.is_success and not self.is_open:
                    call_id = call and str(call)
                    messages.put_nowait({"t": name, "call": call_id, "body": answer.json()})

    async def _socket(self, watches: tuple[Watch, ...]) -> AsyncIterator[dict[str, Any]]:
        ticket = self.ticket or (await self.ask("POST", "/v1/socket-tickets")).json()["ticket"]
        self.ticket = ""
        address = str(self.http.base_url.join("/ws")).replace("http", "ws", 1)
        async with connect(
            address,
            open_timeout=ANSWER_SECONDS,
            ping_interval=PING_SECONDS,
            ping_timeout=PING_SECONDS,
            close_timeout=0.1,
            compression=None,
        ) as socket:
            documents = [
                {"document": name, "call": call and str(call), "seq": self.seqs.get((name, call))}
                for name, call in watches
            ]
            body = {"ticket": ticket, "documents": documents}
            await socket.send(json.dumps({"v": 1, "t": "hello", "body": body}))
            async for text in socket:
                message: dict[str, Any] = json.loads(text)
                if message["t"] == "welcome":
                    self.ticket, self.is_open = message["body"]["resume"], True
                    continue
                if message["t"] == "refusal":
                    self.log.answers[f"refusal {message['body']['problem']['type']}"] += 1
                    return
                call = UUID(message["call"]) if message["call"] else None
                if message["seq"] is not None:
                    self.seqs[message["t"], call] = message["seq"]
                yield message


def _slug(answer: httpx.Response) -> str:
    try:
        return str(answer.json().get("type", "")).rpartition("/")[2]
    except ValueError:
        return "?"


def _closing(error: Exception) -> str:
    if isinstance(error, ConnectionClosed):
        return str(error.rcvd.code if error.rcvd else "broken")
    return type(error).__name__
