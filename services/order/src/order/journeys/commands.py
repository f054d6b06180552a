"""Folding what the hold and identity services state."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert

from events import Defer, HoldConsumed, HoldCreated, PartnerChanged
from events.facts.hold_facts import Beginning, Ending
from kit.db import Tx
from order.journeys.domain import Journey
from order.tables import channels, numbers


async def begin(tx: Tx, created: HoldCreated) -> None:
    """Note the terms of a new slip, whichever entrance it came through (G05)."""
    if await tx.get(Journey, created.hold_id) is None:
        tx.add(Journey.begun_by(created))
        await tx.flush()


async def locked(tx: Tx, hold_id: UUID) -> Journey:
    """Return a journey nobody else may change now; what comes before its beginning waits."""
    journey = await tx.get(Journey, hold_id, with_for_update=True)
    if journey is None:
        raise Defer("HoldCreated")
    return journey


async def follow(tx: Tx, fact: Beginning | Ending | HoldConsumed) -> None:
    """Fold a fact about a hold into its journey."""
    (await locked(tx, fact.hold_id)).hear(fact)


async def extend(tx: Tx, hold_id: UUID, expires_at: datetime) -> None:
    """Give the clock more time; an older word never takes time away."""
    journey = await locked(tx, hold_id)
    journey.expires_at = max(journey.expires_at, expires_at)


async def name_number(tx: Tx, number_id: UUID, msisdn: str) -> None:
    """Remember which digits a number's id stands for, to show and to invoice them."""
    row = insert(numbers).values(number_id=number_id, msisdn=msisdn)
    await tx.execute(row.on_conflict_do_nothing())


async def register_channel(tx: Tx, changed: PartnerChanged) -> None:
    """Keep the newest terms of a sales channel (decision 0023)."""
    terms = {
        "partner_id": changed.partner_id,
        "channel_code": changed.channel_code,
        "region": changed.region,
        "own_customers": changed.own_customers,
        "active": changed.active,
        "changed_at": changed.occurred_at,
    }
    row = insert(channels).values(terms)
    newer = channels.c.changed_at <= row.excluded.changed_at
    await tx.execute(
        row.on_conflict_do_update(index_elements=["partner_id"], set_=terms, where=newer)
    )
