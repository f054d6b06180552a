"""Wires the simulators together."""

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
from simulators import admin
from simulators.autopilot import api as autopilot_api
from simulators.autopilot.runner import working as staff_working
from simulators.carrier import api as carrier_api
from simulators.carrier import pages as carrier_pages
from simulators.ekyc import api as ekyc_api
from simulators.ekyc import pages as ekyc_pages
from simulators.mail import api as mail_api
from simulators.mail import smtp
from simulators.msale import api as msale_api
from simulators.msale import pages as msale_pages
from simulators.msale import store as msale_store
from simulators.partner import api as partner_api
from simulators.payment import api as payment_api
from simulators.payment import pages as payment_pages
from simulators.payment import refunds as payment_refunds
from simulators.payment import store as payment_store
from simulators.population import api as population_api
from simulators.settings import Settings
from simulators.simulation import Simulation
from simulators.sms import api as sms_api
from simulators.tables import make_tables

_CALLBACK_SECONDS: Final = 10.0
ROUTERS: Final = (
    admin.router,
    autopilot_api.router,
    population_api.router,
    payment_api.router,
    payment_pages.router,
    carrier_api.router,
    carrier_pages.router,
    ekyc_api.router,
    ekyc_api.registry,
    ekyc_pages.router,
    partner_api.router,
    msale_api.router,
    msale_api.crm,
    msale_api.phones,
    msale_pages.router,
    sms_api.router,
    sms_api.inbox,
    mail_api.router,
)


def app() -> FastAPI:
    """Build the simulators from the environment (`uvicorn --factory simulators.main:app`)."""
    telemetry.set_up("simulators", None)
    return create(Settings())


def create(settings: Settings, *, http: httpx.AsyncClient | None = None) -> FastAPI:
    """Build the simulators; `http` is the client for callbacks, for tests in one process."""
    if settings.clock_file is not None:
        clock.follow(settings.clock_file)
    client = http or httpx.AsyncClient(timeout=_CALLBACK_SECONDS)
    simulation = Simulation(settings, client)
    simulation.tasks.handle(payment_store.SETTLE, partial(payment_store.settle_late, simulation))
    simulation.tasks.handle(payment_refunds.BOOK, partial(payment_refunds.book, simulation))
    simulation.tasks.handle(msale_store.CONNECT, partial(msale_store.connect, simulation))

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncGenerator[None]:
        async with _running_in_background(simulation, client):
            yield
        if http is None:
            await client.aclose()

    application = FastAPI(
        title="The outside world",
        version="1",
        lifespan=lifespan,
        redirect_slashes=False,
        telemetry={"tracing": False, "metrics": False, "logs": False},
    )
    application.state.simulation = simulation
    for router in ROUTERS:
        application.include_router(router)
    add_problem_answers(application)
    application.add_middleware(UnhandledErrorMiddleware)
    application.add_exception_handler(DataError, _answer_unwritable)
    application.add_exception_handler(UnicodeError, _answer_unwritable)
    add_livez_and_readyz(application, simulation.db)
    return application


@asynccontextmanager
async def _running_in_background(
    simulation: Simulation, client: httpx.AsyncClient
) -> AsyncGenerator[None]:
    await make_tables(simulation.db)
    await simulation.faults.load()
    await simulation.autopilot.load()
    await simulation.population.load()
    working = asyncio.create_task(simulation.tasks.run())
    try:
        async with smtp.listening(simulation), staff_working(simulation, client):
            yield
    finally:
        working.cancel()
        with suppress(asyncio.CancelledError):
            await working
        await simulation.faults.close()
        await simulation.db.engine.dispose()


@asynccontextmanager
async def running(
    settings: Settings, *, http: httpx.AsyncClient | None = None
) -> AsyncGenerator[FastAPI]:
    """Run the simulators inside this process: `httpx.ASGITransport` starts no lifespan itself."""
    application = create(settings, http=http)
    async with application.router.lifespan_context(application):
        yield application


async def _answer_unwritable(_: Request, __: Exception) -> JSONResponse:
    """Answer for characters and numbers no table can hold (NUL, lone surrogates, too long)."""
    return JSONResponse({"code": 400, "message": "Dữ liệu gửi sang không ghi được"}, 400)
