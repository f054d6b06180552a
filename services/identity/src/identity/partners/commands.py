"""Registering sales channels and changing their terms (SA.1, SA.2)."""

from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from events import Region
from identity.partners.domain import ChannelTaken, NoSuchPartner, SalesChannel, Terms
from kit.auth import Caller, WrongRole
from kit.db import Tx


async def register(
    tx: Tx,
    *,
    client_id: str,
    secret_hash: str,
    channel_code: str,
    name: str,
    terms: Terms,
    manager: Caller,
    now: datetime,
) -> SalesChannel:
    """Register a channel and its client; managers of regions do so in theirs."""
    _check_region(manager, terms.region)
    channel = SalesChannel(
        client_id=client_id,
        secret_hash=secret_hash,
        channel_code=channel_code,
        name=name,
        created_at=now,
        secret_changed_at=now,
        **asdict(terms),
    )
    tx.add(channel)
    taken = ChannelTaken(channel_code)
    await tx.flush_or_raise(partner_channel_code_key=taken, partner_client_id_key=taken)
    await tx.publish(channel.changed(now=now))
    return channel


async def change(
    tx: Tx,
    partner_id: UUID,
    *,
    changes: dict[str, Any],
    manager: Caller,
    secret_hash: str | None = None,
    now: datetime,
) -> SalesChannel:
    """Change a channel's terms or its secret; tokens of the old secret open nothing any more."""
    channel = await tx.get(SalesChannel, partner_id, with_for_update=True)
    if channel is None or not manager.covers(channel.region):
        raise NoSuchPartner
    channel.name = changes.pop("name", None) or channel.name
    was_active = channel.active
    terms = Terms(**{**asdict(channel.terms()), **changes})
    _check_region(manager, terms.region)
    if changed := channel.agree(terms, now=now):
        await tx.publish(changed)
    if secret_hash:
        channel.take_secret(secret_hash, now=now)
    if secret_hash or (was_active and not channel.active):
        await tx.publish(channel.end_session(now=now))
    return channel


def _check_region(manager: Caller, region: Region | None) -> None:
    if not manager.covers(region):
        raise WrongRole
