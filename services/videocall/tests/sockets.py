"""Clients of a real socket: a replica that listens on a port, and programs that connect to it."""

import asyncio
import json
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import uvicorn
from fastapi import FastAPI
from jsonschema import Draft202012Validator, FormatChecker
from websockets.asyncio.client import ClientConnection, connect

from kit.serve import SOCKETS
from videocall.sockets.domain import PATH

PATIENCE_SECONDS = 20.0
PROTOCOL: dict[str, Any] = json.loads(Path("docs/sockets/asyncapi.json").read_text("utf-8"))
FORMATS = FormatChecker()


@dataclass
class Replica:
    """One process's worth of the service: an application of its own on a port."""

    app: FastAPI
    address: str
    server: uvicorn.Server
    door: socket.socket

    @asynccontextmanager
    async def socket(self, **headers: str) -> AsyncIterator["SocketClient"]:
        """Open a socket, and say nothing yet."""
        async with connect(self.address, additional_headers=headers) as connection:
            yield SocketClient(connection)

    @asynccontextmanager
    async def watching(
        self, http: httpx.AsyncClient, *documents: dict[str, Any]
    ) -> AsyncIterator["SocketClient"]:
        """Open a socket for somebody, and watch documents."""
        async with self.socket() as client:
            await client.greets(await ticket_of(http), *documents)
            yield client


@dataclass
class SocketClient:
    """A program at the other end of a socket; it keeps all that it was told."""

    connection: ClientConnection
    told: list[dict[str, Any]] = field(default_factory=list)
    unread: list[dict[str, Any]] = field(default_factory=list)
    resume: str = ""

    async def says_rightly(self, t: str, **body: Any) -> None:
        """Send a message that the protocol has."""
        conforms({"v": 1, "t": t} | ({"body": body} if body else {}), "hear")
        await self.says(t, **body)

    async def says(self, t: str, **body: Any) -> None:
        """Send a message."""
        message = {"v": 1, "t": t} | ({"body": body} if body else {})
        await self.connection.send(json.dumps(message))

    async def greets(self, ticket: str, *documents: dict[str, Any]) -> dict[str, Any]:
        """Send the first message, and return the welcome."""
        await self.says_rightly("hello", ticket=ticket, documents=list(documents))
        welcome = await self.hears("welcome")
        self.resume = welcome["body"]["resume"]
        return welcome

    async def hears(self, t: str, **expected: Any) -> dict[str, Any]:
        """Return the next message of a kind whose body has these members; others wait."""

        def fits(message: dict[str, Any]) -> bool:
            body = message.get("body") or {}
            return message["t"] == t and all(body[name] == v for name, v in expected.items())

        async with asyncio.timeout(PATIENCE_SECONDS):
            while not (fitting := next(filter(fits, self.unread), None)):
                message: dict[str, Any] = json.loads(await self.connection.recv())
                conforms(message, "say")
                self.told.append(message)
                self.unread.append(message)
        self.unread.remove(fitting)
        return fitting

    async def is_closed(self) -> int:
        """Return the code with which the service closes the socket."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            await self.connection.wait_closed()
        assert self.connection.close_code
        return self.connection.close_code


def conforms(message: dict[str, Any], direction: str) -> None:
    """Hold a message against the written protocol: one of this direction, exactly so."""
    kinds = PROTOCOL["operations"][direction]["messages"]
    named = f"#/channels/socket/messages/{message['t']}"
    assert {"$ref": named} in kinds, f"{message['t']} is no message of this direction"
    payload = {"$ref": f"#/components/messages/{message['t']}/payload"}
    schema = payload | {"components": PROTOCOL["components"]}
    Draft202012Validator(schema, format_checker=FORMATS).validate(message)


async def ticket_of(http: httpx.AsyncClient) -> str:
    """Ask for a ticket."""
    answer = await http.post("/v1/socket-tickets")
    assert answer.status_code == httpx.codes.CREATED, answer.text
    ticket: str = answer.json()["ticket"]
    return ticket


@asynccontextmanager
async def replica(app: FastAPI) -> AsyncIterator[Replica]:
    """Let an application listen, as `kit.serve` does."""
    door = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(app, lifespan="off", log_config=None, **SOCKETS)
    server = uvicorn.Server(config)
    running = asyncio.create_task(server.serve([door]))
    address = f"ws://127.0.0.1:{door.getsockname()[1]}{PATH}"
    try:
        yield Replica(app, address, server, door)
    finally:
        server.should_exit = True
        await running
