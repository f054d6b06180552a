"""Calling partners: the deliverer of this process, and what it may reach."""

from datetime import datetime, timedelta
from typing import Annotated

from events.ids import uuid7
from feed.deliverer import Deliverer, Terms
from feed.endpoints import Webhook
from feed.entries import FeedEvent
from feed.outside import AddressRefused, Caller
from hold.settings import Settings
from hold.webhooks.domain import AddressNotCalled, Ping
from kit.db import Database, Tx
from kit.dependencies import from_app
from kit.sealing import Sealer


class WebhookSender:
    """Delivers to partners, and looks at an address before it is kept."""

    def __init__(self, settings: Settings, sealer: Sealer, db: Database) -> None:
        self.seal = sealer
        self._caller = Caller(
            seconds=settings.webhook_seconds, private=settings.webhooks_to_private_addresses
        )
        terms = Terms(
            give_up_after=timedelta(days=settings.webhook_give_up_days),
            first_rest=settings.webhook_first_rest_seconds,
        )
        self.deliverer: Deliverer[Tx] = Deliverer(db.transaction, self.seal, self._caller, terms)

    async def check(self, url: str) -> str:
        """Return an address as we call it; refuse one that we would not call."""
        try:
            return await self._caller.check(url)
        except (AddressRefused, TimeoutError, ValueError) as refusal:
            raise AddressNotCalled(str(refusal) or "its name cannot be looked up") from refusal

    async def ping(self, webhook: Webhook, *, now: datetime) -> Ping:
        """Send a signed test message that is in no list (its number is 0)."""
        test = FeedEvent(sequence=0, event_id=uuid7(), type="Ping", timestamp=now, data={})
        answer, took_ms = await self.deliverer.send(webhook, test, now=now)
        return Ping(
            delivered=answer.is_taken, status=answer.status, error=answer.error, took_ms=took_ms
        )

    async def close(self) -> None:
        """Hang up."""
        await self._caller.close()


RequestWebhookSender = Annotated[WebhookSender, from_app(WebhookSender, "webhook_sender")]
