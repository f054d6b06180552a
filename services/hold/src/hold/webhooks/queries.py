"""Webhooks and their last deliveries, as their partner sees them."""

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from feed import endpoints
from feed.endpoints import Because, State, Webhook
from feed.signing import Keys, Seal
from kit.db import Tx


class Endpoint(BaseModel):
    """A webhook as its partner sees it."""

    model_config = ConfigDict(from_attributes=True)

    webhook_id: UUID = Field(validation_alias="id")
    url: str
    state: State
    because: Because | None = Field(description="Why it is disabled")
    disabled_at: datetime | None
    cursor: int = Field(description="The number of the last event you took")
    failures: int = Field(description="In a row")
    failing_since: datetime | None
    next_try_at: datetime
    former_until: datetime | None = Field(description="Until when the former keys sign too")
    created_at: datetime
    public_key: str = Field(default="", description="Checks `v1a` signatures (ed25519)")

    @classmethod
    def of(cls, webhook: Webhook, seal: Seal) -> "Endpoint":
        """Return the view of a webhook, with the public half of its sealed keys."""
        keys = Keys.open(webhook.keys, seal, webhook.id)
        return cls.model_validate(webhook).model_copy(update={"public_key": keys.public_key})


class Attempt(BaseModel):
    """A delivery that was tried."""

    model_config = ConfigDict(from_attributes=True)

    sequence: int
    event_id: UUID
    at: datetime
    status: int | None = Field(description="What you answered")
    error: str | None = Field(description="Why there was no answer")
    took_ms: int


class WithSecret(BaseModel):
    """A webhook with its secret, which is shown this once."""

    webhook: Endpoint
    secret: str = Field(description="Checks `v1` signatures (HMAC-SHA256)")


class Items(BaseModel):
    """A partner's webhooks."""

    items: list[Endpoint]


class Attempts(BaseModel):
    """The last deliveries, newest first."""

    items: list[Attempt]


async def webhooks_of(tx: Tx, partner_id: UUID, seal: Seal) -> list[Endpoint]:
    """Return all webhooks of a partner."""
    webhooks = await endpoints.webhooks_of(tx, partner_id)
    return [Endpoint.of(webhook, seal) for webhook in webhooks]


async def deliveries_of(tx: Tx, webhook: Webhook, limit: int) -> list[Attempt]:
    """Return the last deliveries to a webhook that were tried, newest first."""
    rows = await endpoints.attempts_at(tx, webhook, limit)
    return [Attempt.model_validate(row) for row in rows]
