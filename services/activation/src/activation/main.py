"""Wires the activation service together. The only module that knows every other."""

import httpx
from fastapi import FastAPI

from activation.connections import api as connections
from activation.consumers import subscriptions
from activation.dossiers import api as dossiers
from activation.esims import api as esims
from activation.evidence import api as evidence
from activation.incidents import api as incidents
from activation.jobs import jobs, task_handlers
from activation.msale.gateways import Msale
from activation.settings import Settings
from kit.db import Database
from kit.sealing import Sealer
from kit.service import assemble
from kit.tokens import Verifier


def create_app(
    settings: Settings, db: Database, client: httpx.AsyncClient | None = None
) -> FastAPI:
    """Build the service from its parts; `client` reaches mSale."""
    client = client or httpx.AsyncClient(timeout=settings.msale_timeout_seconds)
    msale = Msale(settings.msale_url, settings.msale_secret, client)
    keys = settings.keys_dir
    sealer = Sealer(keys, "activation")
    return assemble(
        "activation",
        settings,
        db=db,
        routers=[
            dossiers.router,
            incidents.router,
            evidence.router,
            connections.router,
            esims.router,
            evidence.access_log,
        ],
        subscriptions=subscriptions,
        tasks=task_handlers(msale, sealer),
        jobs=jobs(settings),
        parts={
            "sealer": sealer,
            "msale": msale,
            "declarations": Verifier(keys, "kyc", "declaration"),
            "phone_proofs": Verifier(keys, "identity", "phone-proof"),
        },
    )


def app() -> FastAPI:
    """Build the service from its environment."""
    settings = Settings.model_validate({})
    return create_app(settings, Database(str(settings.database_url), pool_size=settings.pool_size))
