"""A service as one application: routes, consumers, relay, tasks and jobs."""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from typing import Any

from fastapi import APIRouter, Depends, FastAPI, Response
from sqlalchemy import text
from starlette.routing import BaseRoute

from events.transport import Subscriptions, certificates, running
from kit import clock, dead_letters, stopping, telemetry, work_list
from kit.auth import AUDIENCE, ISSUER
from kit.db import Database, Tx
from kit.dependencies import check_parts
from kit.http import add_problem_answers
from kit.jobs import Jobs
from kit.middleware import add_middleware
from kit.openapi import document_common_answers
from kit.paging import known_filters
from kit.revocations.checking import Revocations
from kit.settings import ServiceSettings
from kit.storable_text import refuse_unstorable_text
from kit.tasks import Runner, Tasks
from kit.tokens import Verifier


def assemble(
    name: str,
    settings: ServiceSettings,
    *,
    db: Database,
    routers: Sequence[APIRouter],
    subscriptions: Subscriptions[Tx],
    tasks: Tasks | None = None,
    jobs: Jobs | None = None,
    parts: dict[str, Any] | None = None,
) -> FastAPI:
    """Build a service from its parts; it consumes and relays events while it is up.

    `parts` become attributes of `app.state`, where `kit.dependencies.from_app` finds them by name;
    a route that asks for one that is missing raises `TypeError`.
    """
    clock.follow(settings.clock_file)
    certificates.follow(settings.kafka_tls_dir)
    telemetry.set_up(name, settings.otlp_endpoint, settings.trace_ratio)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncGenerator[None]:
        with stopping.terminate_on_error(name):
            async with (
                running(
                    subscriptions,
                    db.transaction,
                    settings.kafka_servers,
                    relay=settings.relay,
                    keep=settings.keep_event_log,
                ) as bus,
                _workers(db, tasks, jobs),
            ):
                app.state.bus = bus
                with stopping.stop_requested() as app.state.stopping:
                    yield
        await db.engine.dispose()
        await asyncio.to_thread(telemetry.flush)

    every_router = [*routers, dead_letters.router, work_list.router]
    app = FastAPI(
        title=name.capitalize(),
        version="1",
        lifespan=lifespan,
        routes=[route for router in every_router for route in _checked(router)],
        telemetry=telemetry.OF_REQUESTS,
    )
    own_parts = {
        "name": name,
        "settings": settings,
        "db": db,
        "stopping": asyncio.Event(),
        "access_tokens": Verifier(settings.keys_dir, ISSUER, AUDIENCE),
        "revocations": Revocations(db),
    }
    for part_name, part in (own_parts | (parts or {})).items():
        setattr(app.state, part_name, part)
    check_parts(app, every_router)
    add_problem_answers(app)
    add_middleware(app)
    document_common_answers(app)
    add_livez_and_readyz(app, db)
    telemetry.add_metrics(app)
    return app


_checked_routers: dict[int, APIRouter] = {}


def _checked(router: APIRouter) -> list[BaseRoute]:
    """Return a router's routes with the checks that every request passes first.

    FastAPI works a route's parameters out when an application is first asked for it, 30 ms for a
    service: here once in a process, however many applications its tests build.
    """
    if id(router) not in _checked_routers:
        checked = APIRouter(dependencies=[Depends(refuse_unstorable_text), Depends(known_filters)])
        checked.include_router(router)  # refers to the router, whose id is nobody else's then
        _checked_routers[id(router)] = checked
    return _checked_routers[id(router)].routes


@asynccontextmanager
async def _workers(db: Database, tasks: Tasks | None, jobs: Jobs | None) -> AsyncGenerator[None]:
    tasks, jobs = tasks or Tasks(), jobs or Jobs()
    handled = Tasks(tasks.handlers | jobs.handlers, tasks.noted)
    async with asyncio.TaskGroup() as group:
        workers = [group.create_task(job.run(db)) for job in jobs.all]
        workers.append(group.create_task(Runner(handled, db).run()))
        yield
        for worker in workers:
            worker.cancel()


def add_livez_and_readyz(app: FastAPI, db: Database) -> None:
    """Add the routes of Kubernetes' probes: `/livez` to restart, `/readyz` to send traffic."""

    @app.get("/livez", include_in_schema=False)
    async def livez() -> dict[str, str]:
        return {"status": "alive"}

    @app.get("/readyz", include_in_schema=False)
    async def readyz(response: Response) -> dict[str, str]:
        try:
            async with asyncio.timeout(2), db.engine.connect() as connection:
                await connection.execute(text("select 1"))
        except Exception as error:  # noqa: BLE001, of any kind: we are not ready
            response.status_code = 503
            return {"status": "not ready", "because": type(error).__name__}
        return {"status": "ready"}
