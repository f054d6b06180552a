"""Wires the outside world together."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from functools import partial
from typing import Final

import httpx
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse
from sqlalchemy.exc import DataError

from kit import clock, telemetry
from kit.http import add_problem_answers
from kit.middleware import UnhandledErrorMiddleware
from kit.service import add_livez_and_readyz
from simulators import switchboard
from simulators.carrier import api as carrier_api
from simulators.carrier import pages as carrier_pages
from simulators.ekyc import api as ekyc_api
from simulators.ekyc import pages as ekyc_pages
from simulators.mail import api as mail_api
from simulators.mail import smtp
from simulators.msale import api as msale_api
from simulators.msale import pages as msale_pages
from simulators.msale import state as msale_state
from simulators.payment import api as payment_api
from simulators.payment import pages as payment_pages
from simulators.payment import refunds as payment_refunds
from simulators.payment import state as payment_state
from simulators.settings import Settings
from simulators.sms import api as sms_api
from simulators.tables import make_tables
from simulators.world import World

_CALLBACK_SECONDS: Final = 10.0
ROUTERS: Final = (
    switchboard.router,
    payment_api.router,
    payment_pages.router,
    carrier_api.router,
    carrier_pages.router,
    ekyc_api.router,
    ekyc_api.registry,
    ekyc_pages.router,
    msale_api.router,
    msale_api.crm,
    msale_api.phones,
    msale_pages.router,
    sms_api.router,
    sms_api.inbox,
    mail_api.router,
)


def app() -> FastAPI:
    """Build the outside world from the environment (`uvicorn --factory simulators.main:app`)."""
    telemetry.set_up("simulators", None)
    return create(Settings())


def create(settings: Settings, *, http: httpx.AsyncClient | None = None) -> FastAPI:
    """Build the outside world; `http` is how it calls back, for tests in one process."""
    if settings.clock_file is not None:
        clock.follow(settings.clock_file)
    client = http or httpx.AsyncClient(timeout=_CALLBACK_SECONDS)
    world = World(settings, client)
    world.chores.handle(payment_state.SETTLE, partial(payment_state.settle_late, world))
    world.chores.handle(payment_refunds.BOOK, partial(payment_refunds.book, world))
    world.chores.handle(msale_state.CONNECT, partial(msale_state.connect, world))

    @asynccontextmanager
    async def alive(_: FastAPI) -> AsyncGenerator[None]:
        async with _at_work(world):
            yield
        if http is None:
            await client.aclose()

    outside = FastAPI(
        title="The outside world",
        version="1",
        lifespan=alive,
        redirect_slashes=False,
        telemetry={"tracing": False, "metrics": False, "logs": False},
    )
    outside.state.world = world
    for router in ROUTERS:
        outside.include_router(router)
    add_problem_answers(outside)
    outside.add_middleware(UnhandledErrorMiddleware)
    outside.add_exception_handler(DataError, _answer_unwritable)
    outside.add_exception_handler(UnicodeError, _answer_unwritable)
    add_livez_and_readyz(outside, world.db)
    return outside


@asynccontextmanager
async def _at_work(world: World) -> AsyncGenerator[None]:
    await make_tables(world.db)
    await world.faults.load()
    working = asyncio.create_task(world.chores.run())
    try:
        async with smtp.listening(world):
            yield
    finally:
        working.cancel()
        with suppress(asyncio.CancelledError):
            await working
        await world.faults.close()
        await world.db.engine.dispose()


@asynccontextmanager
async def running(
    settings: Settings, *, http: httpx.AsyncClient | None = None
) -> AsyncGenerator[FastAPI]:
    """Run the outside world inside this process: `httpx.ASGITransport` starts nothing itself."""
    outside = create(settings, http=http)
    async with outside.router.lifespan_context(outside):
        yield outside


async def _answer_unwritable(_: Request, __: Exception) -> JSONResponse:
    """Answer for characters and numbers no table can hold (NUL, lone surrogates, too long)."""
    return JSONResponse({"code": 400, "message": "Dữ liệu gửi sang không ghi được"}, 400)
