"""Wires the hold service together. The only module that knows every other."""

from fastapi import FastAPI

from hold.claims import api as claims_api
from hold.consumers import subscriptions
from hold.feed import api as feed_api
from hold.holds import api
from hold.jobs import jobs_for
from hold.offers.gateways import Desk
from hold.partners import api as partners_api
from hold.registrations import api as registrations_api
from hold.settings import Settings
from hold.webhooks import api as webhooks_api
from hold.webhooks.gateways import Courier
from kit.db import Database
from kit.service import assemble


def create_app(settings: Settings, db: Database) -> FastAPI:
    """Build the service from its parts; it is on the bus while it is up."""
    courier = Courier(settings, db)
    return assemble(
        "hold",
        settings,
        db=db,
        routers=[
            claims_api.router,
            api.router,
            registrations_api.router,
            partners_api.router,
            feed_api.router,
            webhooks_api.router,
        ],
        subscriptions=subscriptions,
        jobs=jobs_for(settings, courier),
        parts={"desk": Desk(settings.keys_dir), "courier": courier},
    )


def app() -> FastAPI:
    """Build the service from its environment: `uvicorn --factory hold.main:app`."""
    settings = Settings.model_validate({})
    return create_app(settings, Database(str(settings.database_url), pool_size=settings.pool_size))
