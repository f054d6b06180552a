"""Wires the hold service together. The only module that knows every other."""

from fastapi import FastAPI

from hold.channel_desk import api as channel_desk
from hold.claims import api as claims
from hold.claims.gateways import PhoneProofReader
from hold.consumers import subscriptions
from hold.feed import api as feed
from hold.holds import api as holds
from hold.jobs import jobs_for
from hold.locks import api as locks
from hold.offers.gateways import OfferReader
from hold.partners import api as partners
from hold.registrations import api as registrations
from hold.searches import api as searches
from hold.settings import Settings
from hold.webhooks import api as webhooks
from hold.webhooks.gateways import WebhookSender
from kit.db import Database
from kit.sealing import Sealer
from kit.service import assemble


def create_app(settings: Settings, db: Database) -> FastAPI:
    """Build the service from its parts; it is on the bus while it is up."""
    sealer = Sealer(settings.keys_dir, "hold")
    sender = WebhookSender(settings, sealer, db)
    nouns = (
        claims,
        locks,
        holds,
        registrations,
        partners,
        feed,
        webhooks,
        channel_desk,
        searches,
    )
    return assemble(
        "hold",
        settings,
        db=db,
        routers=[noun.router for noun in nouns],
        subscriptions=subscriptions,
        jobs=jobs_for(settings, sender),
        parts={
            "offers": OfferReader(settings.keys_dir),
            "phone_proofs": PhoneProofReader(settings.keys_dir, sealer),
            "sealer": sealer,
            "webhook_sender": sender,
        },
    )


def app() -> FastAPI:
    """Build the service from its environment: `uvicorn --factory hold.main:app`."""
    settings = Settings.model_validate({})
    return create_app(settings, Database(str(settings.database_url), pool_size=settings.pool_size))
