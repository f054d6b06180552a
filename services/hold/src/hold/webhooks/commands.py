"""Webhooks of a partner: registered, moved, stopped, given new keys. Others' look like none."""

from datetime import datetime, timedelta
from uuid import UUID

from feed import endpoints
from feed.endpoints import Because, State, Webhook
from feed.signing import Keys, Seal
from hold.feed.commands import place_in
from hold.webhooks.domain import NoSuchWebhook, TooManyWebhooks, WebhookExists
from kit.db import Tx


async def create(
    tx: Tx, partner_id: UUID, url: str, *, after: int | None, limit: int, seal: Seal, now: datetime
) -> tuple[Webhook, Keys]:
    """Register an address; it is told what follows a number, or what happens from now on."""
    await tx.advisory_lock("webhooks of", partner_id)
    await _free(tx, partner_id, url)
    if await endpoints.count(tx, partner_id) >= limit:
        raise TooManyWebhooks(limit)
    if after is not None:
        after = await place_in(tx, partner_id, after)
    return await endpoints.create(tx, partner_id, url, after=after, seal=seal, now=now)


async def webhook_of(tx: Tx, partner_id: UUID, webhook_id: UUID) -> Webhook:
    """Return a partner's webhook; another partner's looks like none at all."""
    webhook = await endpoints.find(tx, partner_id, webhook_id)
    if webhook is None:
        raise NoSuchWebhook
    return webhook


async def change(
    tx: Tx,
    partner_id: UUID,
    webhook_id: UUID,
    *,
    url: str | None,
    enabled: bool | None,
    now: datetime,
) -> Webhook:
    """Move a webhook, stop it, or try it again at once."""
    await tx.advisory_lock("webhooks of", partner_id)
    webhook = await webhook_of(tx, partner_id, webhook_id)
    if url and url != webhook.url:
        await _free(tx, partner_id, url)
        webhook = await endpoints.move(tx, webhook, url)
    if enabled:
        return await endpoints.enable(tx, webhook, now=now)
    if enabled is False and webhook.state is State.ACTIVE:
        return await endpoints.disable(tx, webhook_id, Because.PARTNER, now=now)
    return webhook


async def rotate(
    tx: Tx, partner_id: UUID, webhook_id: UUID, *, seal: Seal, overlap: timedelta, now: datetime
) -> tuple[Webhook, Keys]:
    """Give new keys; the former ones sign too for a while, so that nothing is missed."""
    webhook = await webhook_of(tx, partner_id, webhook_id)
    return await endpoints.rotate(tx, webhook, seal=seal, overlap=overlap, now=now)


async def replay(
    tx: Tx, partner_id: UUID, webhook_id: UUID, *, after: int, now: datetime
) -> Webhook:
    """Push again what follows a number."""
    webhook = await webhook_of(tx, partner_id, webhook_id)
    place = await place_in(tx, partner_id, after)
    return await endpoints.replay(tx, webhook, after=place, now=now)


async def _free(tx: Tx, partner_id: UUID, url: str) -> None:
    for webhook in await endpoints.webhooks_of(tx, partner_id):
        if webhook.url == url:
            raise WebhookExists(webhook.id)
