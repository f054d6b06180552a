"""Wire the service together. Run it with `uvicorn --factory identity.main:app`."""

from typing import Final

from fastapi import FastAPI

from identity.accounts import api as accounts
from identity.challenges import api as challenges
from identity.codes.gateways import SmsGateway
from identity.consumers import subscriptions
from identity.jobs import equip, jobs
from identity.logins import api as logins
from identity.partners import api as partners
from identity.resets import api as resets
from identity.settings import Settings
from identity.staff import api as staff
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
            resets.router,
            logins.router,
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
