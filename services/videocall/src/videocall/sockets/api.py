"""The socket itself, and the ticket for it."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from functools import partial
from typing import Annotated, Final
from urllib.parse import urlsplit

from fastapi import APIRouter
from pydantic import BaseModel, ValidationError
from starlette.websockets import WebSocket, WebSocketDisconnect

from kit import clock
from kit.auth import Person
from kit.dependencies import from_app
from videocall.deliveries.commands import Client
from videocall.sockets.commands import Sockets
from videocall.sockets.domain import (
    CLOSE_SECONDS,
    FROM_CLIENT,
    HELLO_SECONDS,
    PATH,
    SEND_SECONDS,
    Allowance,
    CloseCode,
    Hello,
    HelloBody,
    Ping,
    Pong,
    WatchThese,
    Welcome,
    WelcomeBody,
)
from videocall.tickets.commands import Tickets
from videocall.tickets.domain import NoTicket

router = APIRouter(tags=["sockets"])

RequestTickets = Annotated[Tickets, from_app(Tickets)]
PONG: Final = Pong().model_dump_json()


class TicketView(BaseModel):
    """The first word on a socket: for 30 seconds, and for the caller alone."""

    ticket: str


@router.post("/v1/socket-tickets", status_code=201)
async def issue_ticket(caller: Person, tickets: RequestTickets) -> TicketView:
    """Issue a ticket for a socket, on which a browser can send no token by a header."""
    return TicketView(ticket=tickets.issue(caller, now=clock.now()))


class _Closing(Exception):
    """The service ends a socket, with a code."""

    def __init__(self, code: int) -> None:
        self.code = code


async def serve(websocket: WebSocket) -> None:
    """Keep one socket from its first message to its end."""
    await websocket.accept()
    with suppress(WebSocketDisconnect):
        try:
            await _converse(websocket)
        except _Closing as closing:
            with suppress(TimeoutError, RuntimeError):
                async with asyncio.timeout(CLOSE_SECONDS):
                    await websocket.close(closing.code)


router.add_websocket_route(PATH, serve)


async def _converse(websocket: WebSocket) -> None:
    _refuse_foreign_page(websocket)
    hello = await _greeting(websocket)
    tickets: Tickets = websocket.app.state.tickets
    sockets: Sockets = websocket.app.state.sockets
    try:
        ticket = tickets.open(hello.ticket, now=clock.now())
    except NoTicket as error:
        raise _Closing(CloseCode.SIGN_IN) from error
    client = await sockets.open(ticket.caller, hello.documents, lost=ticket.lost)
    resume = tickets.resume(ticket.caller, client.id, now=clock.now())
    welcome = Welcome(body=WelcomeBody(socket=client.id, resume=resume))
    client.put(Welcome, welcome.model_dump_json(), first=True)
    halves = (partial(_receive, websocket, sockets), partial(_send, websocket))
    tasks = [asyncio.create_task(_until_it_ends(half, client)) for half in halves]
    try:
        code = await client.over
    finally:
        for task in tasks:
            task.cancel()
        await sockets.close(client)
    if code is not None:
        raise _Closing(code)


def _refuse_foreign_page(websocket: WebSocket) -> None:
    """Refuse the page of another site; programs name no site."""
    origin = websocket.headers.get("origin")
    if origin is not None and urlsplit(origin).netloc != websocket.headers.get("host"):
        raise _Closing(CloseCode.FOREIGN_PAGE)


async def _greeting(websocket: WebSocket) -> HelloBody:
    try:
        async with asyncio.timeout(HELLO_SECONDS):
            message = await _message(websocket)
    except TimeoutError as error:
        raise _Closing(CloseCode.TOO_SLOW) from error
    if not isinstance(message, Hello):
        raise _Closing(CloseCode.MALFORMED)
    return message.body


async def _until_it_ends(half: Callable[[Client], Awaitable[None]], client: Client) -> None:
    """Do one half of a socket's work, and let the socket end with it."""
    try:
        await half(client)
    except _Closing as closing:
        client.end(closing.code)
    except TimeoutError:
        client.end(CloseCode.TOO_SLOW)
    except (WebSocketDisconnect, RuntimeError):
        client.end(None)


async def _receive(websocket: WebSocket, sockets: Sockets, client: Client) -> None:
    loop = asyncio.get_running_loop()
    allowance = Allowance(loop.time())
    while True:
        message = await _message(websocket)
        if not allowance.takes_one(loop.time()):
            raise _Closing(CloseCode.TOO_MANY)
        match message:
            case WatchThese():
                await sockets.watch(client, message.body.documents)
            case Ping():
                client.put(Ping, PONG)
            case Hello():
                raise _Closing(CloseCode.MALFORMED)


async def _send(websocket: WebSocket, client: Client) -> None:
    while True:
        text = await client.next_text()
        async with asyncio.timeout(SEND_SECONDS):
            await websocket.send_text(text)


async def _message(websocket: WebSocket) -> Hello | WatchThese | Ping:
    received = await websocket.receive()
    if received["type"] == "websocket.disconnect":
        raise WebSocketDisconnect(received.get("code", 1006))
    try:
        return FROM_CLIENT.validate_json(received.get("text") or b"")
    except ValidationError as error:
        raise _Closing(CloseCode.MALFORMED) from error
