"""Payments of a hold: in time, too late, twice, and in a race."""

import asyncio
from datetime import timedelta
from typing import Any
from uuid import UUID

import httpx
import pytest
from services.hold.tests.world import (
    NUMBER,
    As,
    Offer,
    a_slip,
    expire,
    ordered,
    paid,
    since_the_slip,
    status,
    tell,
)

from events import HoldConfirmed, HoldExtended, HoldLost, PaymentInitiated
from events.ids import uuid7
from hold.holds.states import Status
from kit import clock
from kit.db import Database
from kit.testing import facts, published


async def test_a_payment_confirms_its_hold_however_often_we_hear_it(
    db: Database, held: UUID
) -> None:
    """F3.12 TH1."""
    payment = paid(held)

    await tell(db, payment, payment)
    await tell(db, payment, paid(held))

    assert await status(db, held) is Status.CONFIRMED
    assert await since_the_slip(db) == ["HoldConfirmed"]


async def test_an_order_paid_on_receipt_confirms_its_hold(db: Database, held: UUID) -> None:
    """F3.12 TH2, F3.13."""
    await tell(db, ordered(held))
    await tell(db, paid(held, method="COD"))

    confirmed = (await facts(db))[-1]
    assert isinstance(confirmed, HoldConfirmed)
    assert confirmed.because == "COD"
    assert await since_the_slip(db) == ["HoldConfirmed"]


@pytest.mark.parametrize("payment", ["ONLINE", "CHANNEL"])
async def test_an_order_to_be_paid_first_does_not_confirm_it(
    db: Database, held: UUID, payment: str
) -> None:
    await tell(db, ordered(held, payment))

    assert await status(db, held) is Status.HELD
    assert await since_the_slip(db) == []


async def test_a_payment_page_keeps_the_number_until_it_closes_and_a_grace(
    db: Database, held: UUID, time_passes: Any
) -> None:
    now = time_passes.forward(minutes=10)
    opened = PaymentInitiated(
        occurred_at=now,
        hold_id=held,
        order_id=uuid7(),
        payment_id=uuid7(),
        amount_vnd=75_000,
        pay_before=now + timedelta(minutes=15),
    )

    await tell(db, opened, opened.model_copy(update={"event_id": uuid7()}))

    [*_, extended] = await facts(db)
    assert isinstance(extended, HoldExtended)
    assert extended.expires_at == now + timedelta(minutes=20)
    assert await since_the_slip(db) == ["HoldExtended"]
    time_passes.forward(minutes=19)
    assert await expire(db) == 0
    time_passes.forward(minutes=1)
    assert await expire(db) == 1


async def test_money_that_comes_too_late_ends_the_hold_and_is_owed_back(
    db: Database, held: UUID, time_passes: Any
) -> None:
    now = time_passes.forward(minutes=20)

    await tell(db, paid(held, at=now))

    assert await status(db, held) is Status.EXPIRED
    assert await since_the_slip(db) == ["HoldExpired", "HoldLost"]


@pytest.mark.parametrize("noticed", [True, False])
async def test_money_paid_in_time_and_heard_late_keeps_or_takes_back_a_free_number(
    db: Database, held: UUID, time_passes: Any, *, noticed: bool
) -> None:
    in_time = clock.now()
    time_passes.forward(minutes=30)
    if noticed:
        await expire(db)

    await tell(db, paid(held, at=in_time))

    assert await status(db, held) is Status.CONFIRMED
    assert await since_the_slip(db) == [*["HoldExpired"] * noticed, "HoldConfirmed"]


async def test_money_paid_in_time_for_a_number_now_held_by_another_is_owed_back(
    db: Database,
    held: UUID,
    signed_in: As,
    offer: Offer,
    form: dict[str, str],
    time_passes: Any,
) -> None:
    in_time = clock.now()
    time_passes.forward(minutes=50)
    others = await a_slip(await signed_in(), offer(NUMBER), form)
    payment = paid(held, at=in_time)

    await tell(db, payment)

    assert (await status(db, held), await status(db, others)) == (Status.EXPIRED, Status.HELD)
    [*_, lost] = await facts(db)
    assert isinstance(lost, HoldLost)
    assert (lost.hold_id, lost.order_id) == (held, payment.order_id)


async def test_money_paid_in_time_takes_a_number_back_from_a_form_that_lapsed_unnoticed(
    db: Database, held: UUID, signed_in: As, offer: Offer, time_passes: Any
) -> None:
    in_time = clock.now()
    time_passes.forward(minutes=50)
    other = await signed_in()
    await other.post("/v1/holds", json={"offer": offer(NUMBER), "sim": "ESIM"})
    time_passes.forward(minutes=10)

    await tell(db, paid(held, at=in_time))

    assert await status(db, held) is Status.CONFIRMED
    assert (await published(db))[-2:] == ["NumberFreed", "HoldConfirmed"]


async def test_a_late_payment_and_new_customers_racing_for_a_number_leave_one_owner(
    db: Database, held: UUID, signed_in: As, offer: Offer, time_passes: Any
) -> None:
    in_time = clock.now()
    time_passes.forward(minutes=50)
    await expire(db)
    racers = [await signed_in() for _ in range(15)]
    body = {"offer": offer(NUMBER), "sim": "ESIM"}

    *answers, _ = await asyncio.gather(
        *(racer.post("/v1/holds", json=body) for racer in racers),
        tell(db, paid(held, at=in_time)),
    )

    winners = [a for a in answers if a is not None and a.status_code == 201]
    confirmed = await status(db, held) is Status.CONFIRMED
    assert len(winners) + confirmed == 1
    assert ("HoldLost" in await published(db)) is not confirmed


async def test_a_payment_for_a_hold_that_was_given_up_is_owed_back(
    db: Database, held: UUID, customer: httpx.AsyncClient
) -> None:
    await customer.delete(f"/v1/holds/{held}")

    await tell(db, paid(held))

    assert await status(db, held) is Status.RELEASED
    assert await since_the_slip(db) == ["HoldReleased", "HoldLost"]
