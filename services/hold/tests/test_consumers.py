"""Hearing others late, early, and in any order; what the clock does by itself."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import httpx
import pytest
from services.hold.tests.world import (
    As,
    Offer,
    a_slip,
    cancelled,
    connected,
    expire,
    ordered,
    paid,
    returned,
    status,
    tell,
)
from sqlalchemy import select, text

from events import Event, NumberPublished, NumberWithdrawn
from events.ids import uuid7
from events.transport.tables import parked
from hold.holds.states import Status
from kit import clock
from kit.db import Database
from kit.testing import facts, published


async def test_a_confirmed_hold_has_no_clock_of_ours(
    db: Database, held: UUID, time_passes: Any
) -> None:
    await tell(db, paid(held))
    time_passes.forward(days=29)

    assert await expire(db) == 0
    assert await status(db, held) is Status.CONFIRMED


@pytest.mark.parametrize("fact", [paid, ordered, cancelled, connected, returned])
async def test_a_fact_about_an_unknown_hold_waits_and_holds_up_nobody_else(
    db: Database, held: UUID, fact: Callable[[UUID], Event]
) -> None:
    early = fact(uuid7())

    await tell(db, early, paid(held))

    async with db.transaction() as tx:
        [key] = await tx.scalars(select(parked.c.key))
    assert key == early.key
    assert await status(db, held) is Status.CONFIRMED


async def test_a_number_goes_off_sale_and_on_again_in_whatever_order_we_hear_of_it(
    db: Database, customer: httpx.AsyncClient, offer: Offer
) -> None:
    number, start = uuid7(), clock.now()
    gone = NumberWithdrawn(
        occurred_at=start, number_id=number, msisdn="84931266868", reason_code="RETIRED"
    )
    back = NumberPublished(
        occurred_at=start + timedelta(seconds=1),
        number_id=number,
        msisdn="84931266868",
        price_class="THUONG",
        price_vnd=0,
        commitment_vnd_per_month=0,
        commitment_months=0,
        region=None,
    )

    await tell(db, back, gone)

    response = await customer.post("/v1/holds", json={"offer": offer(number), "sim": "ESIM"})
    assert response.status_code == 201


async def test_the_clock_takes_back_forms_and_slips_each_once_on_every_replica(
    db: Database, signed_in: As, offer: Offer, form: dict[str, str], time_passes: Any
) -> None:
    for _ in range(4):
        client = await signed_in()
        await client.post("/v1/holds", json={"offer": offer(), "sim": "ESIM"})
        await a_slip(client, offer(), form)
    time_passes.forward(minutes=20)

    done = await asyncio.gather(*(expire(db) for _ in range(4)))

    assert sum(done) == 8
    assert sorted((await published(db))[12:]) == ["HoldExpired"] * 4 + ["NumberFreed"] * 4


async def test_every_shuffled_hearing_ends_with_the_number_in_one_state(
    db: Database, customer: httpx.AsyncClient, offer: Offer, form: dict[str, str]
) -> None:
    """Whatever comes first, a cancelled order's hold ends released, and money is never kept."""
    for order in ([0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]):
        hold_id = await a_slip(customer, offer(), form)
        story = [ordered(hold_id, "ONLINE"), paid(hold_id), cancelled(hold_id)]
        for index in order:
            await tell(db, story[index])

        assert await status(db, hold_id) is Status.RELEASED
        topics = [fact.topic for fact in await facts(db) if fact.key == str(hold_id)]
        assert topics.count("HoldConfirmed") + topics.count("HoldLost") == 1
        async with db.transaction() as tx:
            await tx.execute(text("delete from outbox"))
