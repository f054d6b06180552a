"""Kafka: what the hold and identity services say about a hold."""

from events import (
    HoldClaimed,
    HoldConfirmed,
    HoldConsumed,
    HoldCreated,
    HoldExpired,
    HoldExtended,
    HoldReleased,
    NumberSoftLocked,
    PartnerChanged,
)
from events.subscriptions import Subscriptions
from kit.db import Tx
from order.journeys import commands
from order.journeys.domain import HoldStatus

subscriptions = Subscriptions[Tx]("order")


@subscriptions.on(HoldCreated)
async def begin(created: HoldCreated, tx: Tx) -> None:
    """Note the terms of a slip: an order will be made of them (F3.6)."""
    await commands.begin(tx, created)


@subscriptions.on(HoldClaimed)
async def claim(claimed: HoldClaimed, tx: Tx) -> None:
    """Put the slip of a channel's customer into their account (P3.3)."""
    await commands.claim(tx, claimed.hold_id, claimed.customer_id)


@subscriptions.on(HoldExtended)
async def extend(extended: HoldExtended, tx: Tx) -> None:
    """Give the clock more time."""
    await commands.extend(tx, extended.hold_id, extended.expires_at)


@subscriptions.on(HoldConfirmed)
async def confirm(confirmed: HoldConfirmed, tx: Tx) -> None:
    """Note that the number is the customer's."""
    status = HoldStatus.CONFIRMED
    await commands.hear_status(tx, confirmed.hold_id, status, at=confirmed.occurred_at)


@subscriptions.on(HoldConsumed)
async def consume(consumed: HoldConsumed, tx: Tx) -> None:
    """Note that the subscriber is connected."""
    status = HoldStatus.CONSUMED
    await commands.hear_status(tx, consumed.hold_id, status, at=consumed.occurred_at)


@subscriptions.on(HoldExpired)
async def expire(expired: HoldExpired, tx: Tx) -> None:
    """Note that the clock ran out."""
    status = HoldStatus.EXPIRED
    await commands.hear_status(tx, expired.hold_id, status, at=expired.occurred_at)


@subscriptions.on(HoldReleased)
async def release(released: HoldReleased, tx: Tx) -> None:
    """Note that the hold was given up."""
    status = HoldStatus.RELEASED
    await commands.hear_status(tx, released.hold_id, status, at=released.occurred_at)


@subscriptions.on(NumberSoftLocked)
async def name_number(locked: NumberSoftLocked, tx: Tx) -> None:
    """Remember the digits behind a number's id."""
    await commands.name_number(tx, locked.number_id, locked.msisdn)


@subscriptions.on(PartnerChanged)
async def register_channel(changed: PartnerChanged, tx: Tx) -> None:
    """Keep a sales channel's terms for routing (54)."""
    await commands.register_channel(tx, changed)
