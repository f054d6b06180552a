"""Wires the shipping service together. The only module that knows every other."""

from fastapi import FastAPI

from kit.db import Database
from kit.sealing import Sealer
from kit.service import assemble
from kit.tokens import Signer
from shipping.carriers.api import router as carriers
from shipping.carriers.gateways import GhnGateway
from shipping.carriers.jobs import TaskHandlers
from shipping.cash.api import router as cash
from shipping.channels.api import router as channels
from shipping.consumers import subscriptions
from shipping.counters.api import router as counters
from shipping.deliveries.api import router as deliveries
from shipping.jobs import jobs
from shipping.lists.api import access_log
from shipping.lists.api import router as lists
from shipping.parcels.api import router as parcels
from shipping.settings import Settings
from shipping.shipments.api import router as shipments
from shipping.stores.api import router as stores
from shipping.wards.api import router as wards


def create_app(settings: Settings, db: Database) -> FastAPI:
    """Build the service from its parts; it is on the bus while it is up."""
    sealer = Sealer(settings.keys_dir, "shipping")
    return assemble(
        "shipping",
        settings,
        db=db,
        routers=[
            stores,
            wards,
            deliveries,
            lists,
            access_log,
            cash,
            shipments,
            parcels,
            counters,
            channels,
            carriers,
        ],
        subscriptions=subscriptions,
        tasks=TaskHandlers(GhnGateway(settings), sealer).tasks(),
        jobs=jobs(settings, sealer),
        parts={"signer": Signer(settings.keys_dir, "shipping"), "sealer": sealer},
    )


def app() -> FastAPI:
    """Build the service from its environment: `uvicorn --factory shipping.main:app`."""
    settings = Settings.model_validate({})
    return create_app(settings, Database(str(settings.database_url), pool_size=settings.pool_size))
