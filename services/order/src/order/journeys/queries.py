"""Reading holds and sales channels as they are known here."""

import asyncio
import time
from typing import Final
from uuid import UUID

from sqlalchemy import exists, select

from kit.auth import Caller
from kit.db import Database, Tx
from kit.replication_lag import is_recent, missing_hold
from order.journeys.domain import Channel, Journey, NoSuchHold
from order.tables import channels, journeys, orders

LOOK_AGAIN_SECONDS: Final = 0.05


async def journey_of(tx: Tx, hold_id: UUID, customer_id: UUID) -> Journey:
    """Return one of a customer's journeys; another customer's looks like none at all."""
    journey = await tx.get(Journey, hold_id)
    if journey is None or journey.customer_id != customer_id:
        raise NoSuchHold(hold_id)
    return journey


async def journey_for(tx: Tx, hold_id: UUID, caller: Caller) -> Journey:
    """Return a journey to its customer, or to staff of the region its order belongs to.

    Without an order it belongs to no region: only head office sees it.
    """
    if caller.kind != "staff":
        return await journey_of(tx, hold_id, caller.subject_id)
    journey = await tx.get(Journey, hold_id)
    region = await tx.scalar(select(orders.c.region).where(orders.c.hold_id == hold_id))
    if journey is None or not caller.covers(region):
        raise NoSuchHold(hold_id)
    return journey


async def channel_named(tx: Tx, channel_code: str | None) -> Channel | None:
    """Return the terms of an active sales channel."""
    if channel_code is None:
        return None
    named = select(channels.c.channel_code, channels.c.region, channels.c.own_customers).where(
        channels.c.channel_code == channel_code, channels.c.active
    )
    row = (await tx.execute(named.order_by(channels.c.changed_at.desc()).limit(1))).one_or_none()
    return Channel(*row) if row else None


async def wait_for_hold(db: Database, hold_id: UUID, *, seconds: float) -> None:
    """Give the news of a hold made a moment ago time to arrive; holds no connection meanwhile.

    Raises `HoldNotReplicated` if it does not: unknown yet is not the same as somebody else's.
    """
    until = time.monotonic() + seconds
    arrived = select(exists().where(journeys.c.hold_id == hold_id))
    while True:
        async with db.transaction() as tx:
            if await tx.scalar(arrived):
                return
        if time.monotonic() >= until or not is_recent(hold_id):
            raise missing_hold(hold_id, NoSuchHold(hold_id))
        await asyncio.sleep(LOOK_AGAIN_SECONDS)
