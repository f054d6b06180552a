"""Wires kyc together. The only module that knows every other."""

import httpx
from fastapi import FastAPI

from kit.db import Database
from kit.sealing import Sealer
from kit.service import assemble
from kit.tokens import Signer
from kyc.accesses import api as accesses
from kyc.cases import api as cases
from kyc.consumers import subscriptions
from kyc.evidence import api as evidence
from kyc.lists import api as lists
from kyc.reviews import api as reviews
from kyc.sessions import api as sessions
from kyc.settings import Settings
from kyc.stores import api as stores
from kyc.verdicts import api as verdicts
from kyc.verdicts.gateways import EkycGateway
from kyc.verdicts.jobs import task_handlers


def create_app(
    settings: Settings, db: Database, *, outside: httpx.AsyncBaseTransport | None = None
) -> FastAPI:
    """Build the service from its parts. `outside` is how mobi eKYC is reached, HTTP if unset."""
    http = httpx.AsyncClient(transport=outside, timeout=settings.ekyc_timeout_seconds)
    gateway = EkycGateway(
        http, url=settings.ekyc_url, api_key=settings.ekyc_api_key.get_secret_value()
    )
    sealer = Sealer(settings.keys_dir, "kyc")
    tasks = task_handlers(gateway, sealer, settings)
    return assemble(
        "kyc",
        settings,
        db=db,
        routers=[
            sessions.router,
            sessions.activation_channels,
            verdicts.router,
            evidence.router,
            lists.router,
            cases.router,
            reviews.router,
            stores.router,
            accesses.router,
        ],
        subscriptions=subscriptions,
        tasks=tasks,
        parts={"sealer": sealer, "signer": Signer(settings.keys_dir, "kyc"), "tasks": tasks},
    )


def app() -> FastAPI:
    """Start from the environment: `uvicorn --factory kyc.main:app`."""
    settings = Settings.model_validate({})
    return create_app(settings, Database(str(settings.database_url), pool_size=settings.pool_size))
