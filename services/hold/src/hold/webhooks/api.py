"""HTTP: a partner says where to push its events, and looks after that (Standard Webhooks)."""

# Longer than 250 lines because a webhook's routes stand with their models.

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel, ConfigDict, Field

from events.ids import uuid7
from feed import endpoints
from feed.endpoints import Because, State, Webhook
from feed.entries import FeedEvent
from feed.signing import Keys
from hold.feed.commands import LARGEST
from hold.feed.domain import CursorAhead, CursorTooOld
from hold.partners.api import OpenPartner
from hold.partners.domain import PartnerClosed
from hold.settings import RequestSettings
from hold.webhooks import commands
from hold.webhooks.domain import AddressNotCalled, NoSuchWebhook, TooManyWebhooks, WebhookExists
from hold.webhooks.gateways import Courier, TheCourier
from kit import clock
from kit.db import RequestDatabase, Transaction
from kit.http import problems

router = APIRouter(
    prefix="/v1/partner/webhooks", tags=["partner webhooks"], responses=problems(PartnerClosed)
)

Address = Annotated[str, Field(min_length=1, max_length=2000, examples=["https://example.com/in"])]
Number = Annotated[int, Field(ge=0, le=LARGEST)]


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
    def of(cls, webhook: Webhook, courier: Courier) -> "Endpoint":
        """Show it with its public key."""
        keys = Keys.open(webhook.keys, courier.seal, webhook.id)
        return cls.model_validate(webhook).model_copy(update={"public_key": keys.public_key})


class WithSecret(BaseModel):
    """A webhook with its secret, which is shown this once."""

    webhook: Endpoint
    secret: str = Field(description="Checks `v1` signatures (HMAC-SHA256)")


class CreateWebhook(BaseModel):
    """Where to push, and from which number on."""

    url: Address
    after: Number | None = Field(default=None, description="Without it: what happens from now on")


class ChangeWebhook(BaseModel):
    """What to change; `enabled` also tries again at once."""

    url: Address | None = None
    enabled: bool | None = None


class Replay(BaseModel):
    """From where to push again."""

    after: Number


class Attempt(BaseModel):
    """A delivery that was tried."""

    model_config = ConfigDict(from_attributes=True)

    sequence: int
    event_id: UUID
    at: datetime
    status: int | None = Field(description="What you answered")
    error: str | None = Field(description="Why there was no answer")
    took_ms: int


class Items(BaseModel):
    """A partner's webhooks."""

    items: list[Endpoint]


class Attempts(BaseModel):
    """The last deliveries, newest first."""

    items: list[Attempt]


class Ping(BaseModel):
    """How a test message fared."""

    delivered: bool
    status: int | None
    error: str | None
    took_ms: int


@router.post(
    "",
    status_code=201,
    summary="Be told of your holds' events",
    responses=problems(
        AddressNotCalled, WebhookExists, TooManyWebhooks, CursorTooOld, CursorAhead, PartnerClosed
    ),
)
async def create_webhook(
    body: CreateWebhook,
    who: OpenPartner,
    db: RequestDatabase,
    settings: RequestSettings,
    courier: TheCourier,
) -> WithSecret:
    """Register an address; the secret is shown this once."""
    url = await courier.check(body.url)
    async with db.transaction() as tx:
        webhook, keys = await commands.create(
            tx,
            who.subject_id,
            url,
            after=body.after,
            limit=settings.webhooks_per_partner,
            seal=courier.seal,
            now=clock.now(),
        )
    return WithSecret(webhook=Endpoint.of(webhook, courier), secret=keys.shared_secret)


@router.get("", summary="Your webhooks")
async def list_webhooks(who: OpenPartner, tx: Transaction, courier: TheCourier) -> Items:
    """Show where a partner is told, and how that goes."""
    mine = await endpoints.webhooks_of(tx, who.subject_id)
    return Items(items=[Endpoint.of(webhook, courier) for webhook in mine])


@router.get("/{webhook_id}", summary="One of your webhooks", responses=problems(NoSuchWebhook))
async def read_webhook(
    webhook_id: UUID, who: OpenPartner, tx: Transaction, courier: TheCourier
) -> Endpoint:
    """Show one webhook, and why it is disabled if it is."""
    return Endpoint.of(await commands.own(tx, who.subject_id, webhook_id), courier)


@router.patch(
    "/{webhook_id}",
    summary="Move, stop or enable a webhook",
    responses=problems(NoSuchWebhook, AddressNotCalled, WebhookExists),
)
async def change_webhook(
    webhook_id: UUID,
    body: ChangeWebhook,
    who: OpenPartner,
    db: RequestDatabase,
    courier: TheCourier,
) -> Endpoint:
    """Change a webhook; enabling forgets its failures."""
    url = await courier.check(body.url) if body.url else None
    async with db.transaction() as tx:
        webhook = await commands.change(
            tx, who.subject_id, webhook_id, url=url, enabled=body.enabled, now=clock.now()
        )
    return Endpoint.of(webhook, courier)


@router.delete(
    "/{webhook_id}", status_code=204, summary="No more pushes", responses=problems(NoSuchWebhook)
)
async def delete_webhook(webhook_id: UUID, who: OpenPartner, tx: Transaction) -> Response:
    """Forget a webhook."""
    await endpoints.remove(tx, await commands.own(tx, who.subject_id, webhook_id))
    return Response(status_code=204)


@router.post("/{webhook_id}/rotate", summary="A new secret", responses=problems(NoSuchWebhook))
async def rotate_secret(
    webhook_id: UUID,
    who: OpenPartner,
    tx: Transaction,
    settings: RequestSettings,
    courier: TheCourier,
) -> WithSecret:
    """Give new keys; for a day every message is signed with both."""
    webhook, keys = await commands.rotate(
        tx,
        who.subject_id,
        webhook_id,
        seal=courier.seal,
        overlap=settings.webhook_overlap,
        now=clock.now(),
    )
    return WithSecret(webhook=Endpoint.of(webhook, courier), secret=keys.shared_secret)


@router.post(
    "/{webhook_id}/replay",
    summary="Push again",
    responses=problems(NoSuchWebhook, CursorTooOld, CursorAhead),
)
async def replay(
    webhook_id: UUID, body: Replay, who: OpenPartner, tx: Transaction, courier: TheCourier
) -> Endpoint:
    """Go back, or forward, to a number."""
    webhook = await commands.replay(
        tx, who.subject_id, webhook_id, after=body.after, now=clock.now()
    )
    return Endpoint.of(webhook, courier)


@router.post("/{webhook_id}/ping", summary="Try it", responses=problems(NoSuchWebhook))
async def ping(
    webhook_id: UUID, who: OpenPartner, db: RequestDatabase, courier: TheCourier
) -> Ping:
    """Send a signed test message that is not in your list (its number is 0)."""
    async with db.transaction() as tx:
        webhook = await commands.own(tx, who.subject_id, webhook_id)
    now = clock.now()
    test = FeedEvent(sequence=0, event_id=uuid7(), type="Ping", timestamp=now, data={})
    answer, took_ms = await courier.deliverer.send(webhook, test, now=now)
    return Ping(
        delivered=answer.is_taken, status=answer.status, error=answer.error, took_ms=took_ms
    )


@router.get(
    "/{webhook_id}/deliveries", summary="How deliveries went", responses=problems(NoSuchWebhook)
)
async def list_deliveries(
    webhook_id: UUID,
    who: OpenPartner,
    tx: Transaction,
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
) -> Attempts:
    """Show the last deliveries that were tried, newest first."""
    webhook = await commands.own(tx, who.subject_id, webhook_id)
    rows = await endpoints.attempts_at(tx, webhook, limit)
    return Attempts(items=[Attempt.model_validate(row) for row in rows])
