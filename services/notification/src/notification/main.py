"""Wire the service together. Run it with `uvicorn --factory notification.main:app`."""

from typing import Final

from fastapi import FastAPI

from kit.db import Database
from kit.sealing import Sealer
from kit.service import assemble
from kit.tokens import Verifier
from notification.consumers import listening
from notification.contacts.domain import Channel
from notification.messages import api
from notification.messages.commands import Notifier
from notification.messages.gateways import Gateway, MailGateway, SmsGateway
from notification.messages.jobs import jobs_for, task_handlers
from notification.settings import Settings

NAME: Final = "notification"


def create_app(
    settings: Settings, db: Database, gateways: dict[Channel, Gateway] | None = None
) -> FastAPI:
    """Build the HTTP application."""
    sealer = Sealer(settings.keys_dir, NAME)
    notifier = Notifier(sealer, settings)
    gateways = gateways or {"SMS": SmsGateway(settings.sms_url), "EMAIL": MailGateway(settings)}
    return assemble(
        NAME,
        settings,
        db=db,
        routers=[api.router],
        subscriptions=listening(notifier),
        tasks=task_handlers(notifier, gateways),
        jobs=jobs_for(settings),
        parts={
            "sealer": sealer,
            "notifier": notifier,
            "order_contacts": Verifier(settings.keys_dir, "order", "contact"),
        },
    )


def app() -> FastAPI:
    """Build the application from the environment."""
    settings = Settings.model_validate({})
    return create_app(settings, Database(str(settings.database_url), pool_size=settings.pool_size))
