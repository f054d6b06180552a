"""HTTP: a partner says where to push its events, and looks after that (Standard Webhooks)."""

from datetime import timedelta
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from feed import endpoints
from hold.channels.domain import PartnerClosed
from hold.channels.gateways import OpenPartner
from hold.feed.domain import CursorAhead, CursorTooOld
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
from kit.db import RequestDatabase, Transaction
from kit.http import problems

router = APIRouter(
    prefix="/v1/partner/webhooks", tags=["partner webhooks"], responses=problems(PartnerClosed)
)


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
    partner: OpenPartner,
    db: RequestDatabase,
    settings: RequestSettings,
    sender: RequestWebhookSender,
) -> WithSecret:
    """Register an address; the secret is shown this once."""
    url = await sender.check(body.url)
    async with db.transaction() as tx:
        webhook, keys = await commands.create(
            tx,
            partner.subject_id,
            url,
            after=body.after,
            limit=settings.webhooks_per_partner,
            seal=sender.seal,
            now=clock.now(),
        )
    return WithSecret(webhook=Endpoint.of(webhook, sender.seal), secret=keys.shared_secret)


@router.get("", summary="Your webhooks")
async def list_webhooks(
    partner: OpenPartner, tx: Transaction, sender: RequestWebhookSender
) -> Items:
    """Show where a partner is told, and how that goes."""
    return Items(items=await webhooks_of(tx, partner.subject_id, sender.seal))


@router.get("/{webhook_id}", summary="One of your webhooks", responses=problems(NoSuchWebhook))
async def read_webhook(
    webhook_id: UUID, partner: OpenPartner, tx: Transaction, sender: RequestWebhookSender
) -> Endpoint:
    """Show one webhook, and why it is disabled if it is."""
    return Endpoint.of(await commands.webhook_of(tx, partner.subject_id, webhook_id), sender.seal)


@router.patch(
    "/{webhook_id}",
    summary="Move, stop or enable a webhook",
    responses=problems(NoSuchWebhook, AddressNotCalled, WebhookExists),
)
async def change_webhook(
    webhook_id: UUID,
    body: ChangeWebhook,
    partner: OpenPartner,
    db: RequestDatabase,
    sender: RequestWebhookSender,
) -> Endpoint:
    """Change a webhook; enabling forgets its failures."""
    url = await sender.check(body.url) if body.url else None
    async with db.transaction() as tx:
        webhook = await commands.change(
            tx, partner.subject_id, webhook_id, url=url, enabled=body.enabled, now=clock.now()
        )
    return Endpoint.of(webhook, sender.seal)


@router.delete(
    "/{webhook_id}", status_code=204, summary="No more pushes", responses=problems(NoSuchWebhook)
)
async def delete_webhook(webhook_id: UUID, partner: OpenPartner, tx: Transaction) -> Response:
    """Forget a webhook."""
    await endpoints.remove(tx, await commands.webhook_of(tx, partner.subject_id, webhook_id))
    return Response(status_code=204)


@router.post("/{webhook_id}/rotate", summary="A new secret", responses=problems(NoSuchWebhook))
async def rotate_secret(
    webhook_id: UUID,
    partner: OpenPartner,
    tx: Transaction,
    settings: RequestSettings,
    sender: RequestWebhookSender,
) -> WithSecret:
    """Give new keys; for a day every message is signed with both."""
    webhook, keys = await commands.rotate(
        tx,
        partner.subject_id,
        webhook_id,
        seal=sender.seal,
        overlap=timedelta(hours=settings.webhook_overlap_hours),
        now=clock.now(),
    )
    return WithSecret(webhook=Endpoint.of(webhook, sender.seal), secret=keys.shared_secret)


@router.post(
    "/{webhook_id}/replay",
    summary="Push again",
    responses=problems(NoSuchWebhook, CursorTooOld, CursorAhead),
)
async def replay(
    webhook_id: UUID,
    body: Replay,
    partner: OpenPartner,
    tx: Transaction,
    sender: RequestWebhookSender,
) -> Endpoint:
    """Go back, or forward, to a number."""
    webhook = await commands.replay(
        tx, partner.subject_id, webhook_id, after=body.after, now=clock.now()
    )
    return Endpoint.of(webhook, sender.seal)


@router.post("/{webhook_id}/ping", summary="Try it", responses=problems(NoSuchWebhook))
async def ping(
    webhook_id: UUID, partner: OpenPartner, db: RequestDatabase, sender: RequestWebhookSender
) -> Ping:
    """Send a signed test message that is not in your list (its number is 0)."""
    async with db.transaction() as tx:
        webhook = await commands.webhook_of(tx, partner.subject_id, webhook_id)
    return await sender.ping(webhook, now=clock.now())


@router.get(
    "/{webhook_id}/deliveries", summary="How deliveries went", responses=problems(NoSuchWebhook)
)
async def list_deliveries(
    webhook_id: UUID,
    partner: OpenPartner,
    tx: Transaction,
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
) -> Attempts:
    """Show the last deliveries that were tried, newest first."""
    webhook = await commands.webhook_of(tx, partner.subject_id, webhook_id)
    return Attempts(items=await deliveries_of(tx, webhook, limit))
