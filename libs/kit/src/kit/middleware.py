"""ASGI middleware that every request and every answer of a service passes."""

from typing import Final

from fastapi import FastAPI, Request
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kit.http import answer_bug

NO_STORE: Final = "no-store"


class AnswerBugs:
    """Answers what nobody foresaw, inside of the application.

    A handler of `Exception` would answer, too, but the framework raises the error again after it:
    the server logs it a second time, with the values in it, and hangs up, and the gateway, which
    keeps the line, tells whoever comes next on it that nobody is there.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on; answer it if nothing else did."""
        has_begun = False

        async def watched(message: Message) -> None:
            nonlocal has_begun
            has_begun = True
            await send(message)

        try:
            await self._app(scope, receive, watched)
        except Exception as error:
            if scope["type"] != "http":
                raise
            answer = await answer_bug(Request(scope), error)
            if not has_begun:  # else the rest is missing, and the server hangs up to say so
                await answer(scope, receive, send)


class OneAddress:
    """Reads `/v1/holds/` as `/v1/holds`: a redirect would name an address inside."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on without the slash at the end of its path."""
        if scope["type"] in {"http", "websocket"} and scope["path"].endswith("/"):
            scope = {**scope, "path": scope["path"].rstrip("/") or "/"}
            if raw := scope.get("raw_path"):
                scope["raw_path"] = raw.rstrip(b"/") or b"/"
        await self._app(scope, receive, send)


class KeepNowhere:
    """Lets nobody on the way keep an answer that does not say that it may be kept.

    Nearly all that we answer is somebody's: tokens, names, pictures, where their parcel is.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and mark its answer."""

        async def marked(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).setdefault("cache-control", NO_STORE)
            await send(message)

        await self._app(scope, receive, marked)


def add_middleware(app: FastAPI) -> None:
    """Let every request and answer pass what they must, the answers to bugs included."""
    for each in (AnswerBugs, OneAddress, KeepNowhere):  # the last is the outermost
        app.add_middleware(each)
