"""Kafka: where numbers stand, from what the hold service says (G05)."""

from datetime import timedelta
from typing import Final

from catalog.numbers import commands
from catalog.numbers.domain import Sighting, Status
from events import (
    HoldConfirmed,
    HoldConsumed,
    HoldCreated,
    HoldExpired,
    HoldReleased,
    NumberFreed,
    NumberSoftLocked,
)
from events.transport import Subscriptions
from kit.db import Tx

subscriptions = Subscriptions[Tx]("catalog")

UNTOLD: Final = timedelta(days=1)
"""The rest of a number whose hold ended before HoldExpired and HoldReleased told of a rest."""


@subscriptions.on(NumberSoftLocked)
async def lock_number(fact: NumberSoftLocked, tx: Tx) -> None:
    """Show that somebody fills in the form (F3.2)."""
    await commands.see(tx, fact.number_id, Sighting(Status.SOFT_LOCKED, fact.occurred_at))


@subscriptions.on(NumberFreed)
async def free_number(fact: NumberFreed, tx: Tx) -> None:
    """Show it as free again: there was no slip, so the number need not rest."""
    await commands.see(tx, fact.number_id, Sighting(Status.AVAILABLE, fact.occurred_at))


@subscriptions.on(HoldCreated)
async def keep_number(fact: HoldCreated, tx: Tx) -> None:
    """Show that the slip is issued (F3.4 TH1)."""
    await _see_hold(tx, fact, Status.HELD)


@subscriptions.on(HoldConfirmed)
async def allocate_number(fact: HoldConfirmed, tx: Tx) -> None:
    """Show that it is paid, or to be paid on receipt."""
    await _see_hold(tx, fact, Status.ALLOCATED)


@subscriptions.on(HoldExpired)
async def rest_expired_number(fact: HoldExpired, tx: Tx) -> None:
    """Let it rest: nobody paid in time."""
    await _see_hold(tx, fact, Status.QUARANTINED)


@subscriptions.on(HoldReleased)
async def rest_released_number(fact: HoldReleased, tx: Tx) -> None:
    """Let it rest: the hold was given up."""
    await _see_hold(tx, fact, Status.QUARANTINED)


@subscriptions.on(HoldConsumed)
async def give_number_away(fact: HoldConsumed, tx: Tx) -> None:
    """Show that it has an owner: the subscriber is connected."""
    await _see_hold(tx, fact, Status.ACTIVE)


Fact = HoldCreated | HoldConfirmed | HoldExpired | HoldReleased | HoldConsumed


async def _see_hold(tx: Tx, fact: Fact, status: Status) -> None:
    rests_until = None
    if isinstance(fact, HoldExpired | HoldReleased):
        rests_until = fact.rests_until or fact.occurred_at + UNTOLD
    sighting = Sighting(status, fact.occurred_at, fact.hold_id, rests_until)
    await commands.see(tx, fact.number_id, sighting)
