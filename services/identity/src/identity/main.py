"""Wire the service together. Run it with `uvicorn --factory identity.main:app`."""

from typing import Final

from fastapi import FastAPI

import identity.accounts.api as accounts
import identity.challenges.api as challenges
import identity.partners.api as partners
import identity.sessions.api as sessions
import identity.staff.api as staff
from identity.codes.gateways import SmsGateway
from identity.consumers import subscriptions
from identity.jobs import equip, jobs
from identity.settings import Settings
from identity.tables import metadata
from kit.db import Database
from kit.sealing import Sealer
from kit.service import assemble
from kit.tokens import Signer

NAME: Final = "identity"

__all__ = ["app", "create_app", "metadata"]


def create_app(settings: Settings, db: Database, gateway: SmsGateway | None = None) -> FastAPI:
    """Build the HTTP application."""
    sealer = Sealer(settings.keys_dir, NAME)
    return assemble(
        NAME,
        settings,
        db=db,
        routers=[
            accounts.router,
            sessions.router,
            challenges.router,
            staff.router,
            partners.router,
        ],
        subscriptions=subscriptions,
        tasks=equip(gateway or SmsGateway(settings.sms_url), sealer),
        jobs=jobs,
        parts={"sealer": sealer, "signer": Signer(settings.keys_dir, NAME)},
    )


def app() -> FastAPI:
    """Build the application from the environment."""
    settings = Settings.model_validate({})
    return create_app(settings, Database(str(settings.database_url), pool_size=settings.pool_size))
