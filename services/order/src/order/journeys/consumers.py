"""Kafka: what the hold and identity services say about a hold."""

from events import (
    HoldClaimed,
    HoldConfirmed,
    HoldConsumed,
    HoldCreated,
    HoldExtended,
    NumberSoftLocked,
    PartnerChanged,
)
from events.facts.hold_facts import ENDINGS, Ending
from events.transport import Subscriptions
from kit.db import Tx
from order.journeys import commands

subscriptions = Subscriptions[Tx]("order")


@subscriptions.on(HoldCreated)
async def begin(created: HoldCreated, tx: Tx) -> None:
    """Note the terms of a slip: an order will be made of them (F3.6)."""
    await commands.begin(tx, created)


@subscriptions.on(HoldExtended)
async def extend(extended: HoldExtended, tx: Tx) -> None:
    """Give the clock more time."""
    await commands.extend(tx, extended.hold_id, extended.expires_at)


@subscriptions.on(HoldClaimed, HoldConfirmed, HoldConsumed, *ENDINGS)
async def follow_the_hold(
    fact: HoldClaimed | HoldConfirmed | HoldConsumed | Ending, tx: Tx
) -> None:
    """Know whose the slip is (P3.3), and whether the number is still theirs (decision 0021)."""
    await commands.follow(tx, fact)


@subscriptions.on(NumberSoftLocked)
async def name_number(locked: NumberSoftLocked, tx: Tx) -> None:
    """Remember the digits behind a number's id."""
    await commands.name_number(tx, locked.number_id, locked.msisdn)


@subscriptions.on(PartnerChanged)
async def register_channel(changed: PartnerChanged, tx: Tx) -> None:
    """Keep a sales channel's terms for routing (decision 0023)."""
    await commands.register_channel(tx, changed)
