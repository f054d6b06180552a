"""HTTP: partners' managers look after the webhooks, the feed and the sales of their channels."""

from datetime import date, timedelta
from typing import Annotated, Final
from uuid import UUID

import structlog
from fastapi import APIRouter, Depends, Query

from hold.channel_desk import queries
from hold.channel_desk.queries import Days, FeedView, Funnels
from hold.channels.domain import NoSuchChannel
from hold.channels.gateways import ManagedChannel, Manager
from hold.feed.commands import place_in
from hold.feed.domain import LARGEST, CursorAhead, CursorTooOld
from hold.settings import RequestSettings
from hold.webhooks import commands
from hold.webhooks.domain import (
    AddressNotCalled,
    ChangeWebhook,
    CreateWebhook,
    NoSuchWebhook,
    Ping,
    Replay,
    TooManyWebhooks,
    WebhookExists,
)
from hold.webhooks.gateways import RequestWebhookSender
from hold.webhooks.queries import (
    Attempts,
    Endpoint,
    Items,
    WithSecret,
    deliveries_of,
    webhooks_of,
)
from kit import clock
from kit.auth import WrongRole
from kit.db import RequestDatabase, Transaction
from kit.http import problems
from kit.paging import Limit

router = APIRouter(prefix="/v1/staff", tags=["channel desk"], responses=problems(WrongRole))
WEBHOOKS: Final = "/channels/{partner_id}/webhooks"
EARLIEST: Final = date(2020, 1, 1)
LATEST: Final = date(2100, 1, 1)
USUAL: Final = timedelta(days=29)

log = structlog.get_logger()


async def _days(
    first: Annotated[date | None, Query(alias="from", ge=EARLIEST, le=LATEST)] = None,
    last: Annotated[date | None, Query(alias="to", ge=EARLIEST, le=LATEST)] = None,
) -> Days:
    until = last or clock.now().astimezone(clock.VIETNAM).date()
    return Days(first or until - USUAL, until)


@router.get("/funnels", summary="How far the channels' holds have come")
async def read_funnels(
    manager: Manager, tx: Transaction, days: Annotated[Days, Depends(_days)]
) -> Funnels:
    """Count the holds that began in a span of days (the last 30), by channel and stage."""
    return await queries.funnels(tx, manager, days)


@router.get(
    "/channels/{partner_id}/hold-events",
    summary="A channel's list of events",
    responses=problems(NoSuchChannel, CursorTooOld, CursorAhead),
)
async def read_feed(
    partner_id: ManagedChannel,
    tx: Transaction,
    after: Annotated[int | None, Query(ge=0, le=LARGEST)] = None,
    limit: Limit = 50,
) -> FeedView:
    """Show what the partner was told, or would be; nobody's cursor moves."""
    place = None if after is None else await place_in(tx, partner_id, after)
    return await queries.feed_of(tx, partner_id, after=place, limit=limit)


@router.get(WEBHOOKS, summary="A channel's webhooks", responses=problems(NoSuchChannel))
async def list_webhooks(
    partner_id: ManagedChannel, tx: Transaction, sender: RequestWebhookSender
) -> Items:
    """Show where a channel is told, and how that goes."""
    return Items(items=await webhooks_of(tx, partner_id, sender.seal))


@router.post(
    WEBHOOKS,
    status_code=201,
    summary="Register a webhook for a channel",
    responses=problems(
        NoSuchChannel, AddressNotCalled, WebhookExists, TooManyWebhooks, CursorTooOld, CursorAhead
    ),
)
async def create_webhook(
    partner_id: ManagedChannel,
    body: CreateWebhook,
    manager: Manager,
    db: RequestDatabase,
    settings: RequestSettings,
    sender: RequestWebhookSender,
) -> WithSecret:
    """Register an address on behalf of the partner; the secret is shown this once."""
    url = await sender.check(body.url)
    async with db.transaction() as tx:
        webhook, keys = await commands.create(
            tx,
            partner_id,
            url,
            after=body.after,
            limit=settings.webhooks_per_partner,
            seal=sender.seal,
            now=clock.now(),
        )
    log.info("webhook_registered", webhook_id=str(webhook.id), staff_id=str(manager.subject_id))
    return WithSecret(webhook=Endpoint.of(webhook, sender.seal), secret=keys.shared_secret)


@router.patch(
    f"{WEBHOOKS}/{{webhook_id}}",
    summary="Move, stop or enable a channel's webhook",
    responses=problems(NoSuchChannel, NoSuchWebhook, AddressNotCalled, WebhookExists),
)
async def change_webhook(
    partner_id: ManagedChannel,
    webhook_id: UUID,
    body: ChangeWebhook,
    db: RequestDatabase,
    sender: RequestWebhookSender,
) -> Endpoint:
    """Change a webhook; enabling forgets its failures and tries at once."""
    url = await sender.check(body.url) if body.url else None
    async with db.transaction() as tx:
        webhook = await commands.change(
            tx, partner_id, webhook_id, url=url, enabled=body.enabled, now=clock.now()
        )
    return Endpoint.of(webhook, sender.seal)


@router.post(
    f"{WEBHOOKS}/{{webhook_id}}/rotate",
    summary="A new secret for a channel's webhook",
    responses=problems(NoSuchChannel, NoSuchWebhook),
)
async def rotate_secret(
    partner_id: ManagedChannel,
    webhook_id: UUID,
    manager: Manager,
    tx: Transaction,
    settings: RequestSettings,
    sender: RequestWebhookSender,
) -> WithSecret:
    """Give new keys; for a day every message is signed with both."""
    webhook, keys = await commands.rotate(
        tx,
        partner_id,
        webhook_id,
        seal=sender.seal,
        overlap=timedelta(hours=settings.webhook_overlap_hours),
        now=clock.now(),
    )
    log.info("webhook_rotated", webhook_id=str(webhook.id), staff_id=str(manager.subject_id))
    return WithSecret(webhook=Endpoint.of(webhook, sender.seal), secret=keys.shared_secret)


@router.post(
    f"{WEBHOOKS}/{{webhook_id}}/replay",
    summary="Push a channel's events again",
    responses=problems(NoSuchChannel, NoSuchWebhook, CursorTooOld, CursorAhead),
)
async def replay(
    partner_id: ManagedChannel,
    webhook_id: UUID,
    body: Replay,
    tx: Transaction,
    sender: RequestWebhookSender,
) -> Endpoint:
    """Go back, or forward, to a number."""
    webhook = await commands.replay(tx, partner_id, webhook_id, after=body.after, now=clock.now())
    return Endpoint.of(webhook, sender.seal)


@router.post(
    f"{WEBHOOKS}/{{webhook_id}}/ping",
    summary="Try a channel's webhook",
    responses=problems(NoSuchChannel, NoSuchWebhook),
)
async def ping(
    partner_id: ManagedChannel, webhook_id: UUID, db: RequestDatabase, sender: RequestWebhookSender
) -> Ping:
    """Send a signed test message that is in nobody's list."""
    async with db.transaction() as tx:
        webhook = await commands.webhook_of(tx, partner_id, webhook_id)
    return await sender.ping(webhook, now=clock.now())


@router.get(
    f"{WEBHOOKS}/{{webhook_id}}/deliveries",
    summary="How deliveries to a channel went",
    responses=problems(NoSuchChannel, NoSuchWebhook),
)
async def list_deliveries(
    partner_id: ManagedChannel, webhook_id: UUID, tx: Transaction, limit: Limit = 20
) -> Attempts:
    """Show the last deliveries that were tried, newest first."""
    webhook = await commands.webhook_of(tx, partner_id, webhook_id)
    return Attempts(items=await deliveries_of(tx, webhook, limit))
