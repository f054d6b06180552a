"""ASGI middleware that every request and every answer of a service passes."""

from typing import Final

from fastapi import FastAPI, Request
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kit.http import answer_unhandled

NO_STORE: Final = "no-store"


class UnhandledErrorMiddleware:
    """Answers unexpected errors inside of the application, on a connection that stays usable.

    A handler of `Exception` would answer, too, but the framework raises the error again after it:
    the server logs it a second time, with the values in it, and hangs up, and the gateway, which
    keeps the connection, answers 503 to the next client on it.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on; answer it with 500 if that raises."""
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
            answer = await answer_unhandled(Request(scope), error)
            if not has_begun:  # else the rest is missing, and the server hangs up to say so
                await answer(scope, receive, send)


class TrailingSlashMiddleware:
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


class NoStoreMiddleware:
    """Marks every answer `Cache-Control: no-store` that does not say otherwise.

    Nearly every answer is personal: tokens, names, pictures, where a parcel is.
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
    """Wrap the application in the three, so that answers to unexpected errors pass them as well."""
    # The last is the outermost.
    for each in (UnhandledErrorMiddleware, TrailingSlashMiddleware, NoStoreMiddleware):
        app.add_middleware(each)
