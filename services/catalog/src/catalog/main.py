"""Wires the catalog service together. The only module that knows every other."""

from fastapi import FastAPI

from catalog.classes import api as classes
from catalog.consumers import subscriptions
from catalog.numbers import api as numbers
from catalog.numbers.jobs import jobs
from catalog.packages import api as packages
from catalog.settings import Settings
from catalog.stock import api as stock
from kit.db import Database
from kit.service import assemble
from kit.tokens import Signer


def create_app(settings: Settings, db: Database) -> FastAPI:
    """Build the service from its parts; it is on the bus while it is up."""
    return assemble(
        "catalog",
        settings,
        db=db,
        routers=[numbers.router, stock.router, classes.router, packages.router],
        subscriptions=subscriptions,
        jobs=jobs,
        parts={"signer": Signer(settings.keys_dir, "catalog")},
    )


def app() -> FastAPI:
    """Build the service from its environment: `uvicorn --factory catalog.main:app`."""
    settings = Settings.model_validate({})
    return create_app(settings, Database(str(settings.database_url), pool_size=settings.pool_size))
