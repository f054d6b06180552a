"""What the service does when it hears others: late, twice, and in any order."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import httpx
import pytest
from sqlalchemy import select, text

from events import (
    ActivationExpired,
    ConnectionCompleted,
    Event,
    HoldConfirmed,
    HoldExtended,
    HoldLost,
    HoldReleased,
    NumberPublished,
    NumberWithdrawn,
    OrderCancelled,
    OrderPlaced,
    PaymentConfirmed,
    PaymentInitiated,
    ShipmentReturned,
)
from events.ids import uuid7
from events.tables import parked
from hold import commands
from hold.consumers import subscriptions
from hold.domain import Hold, Status
from kit import clock
from kit.db import Database
from kit.testing import facts, hear, published

As = Callable[..., Awaitable[httpx.AsyncClient]]
Offer = Callable[..., str]
NUMBER = uuid7()


@pytest.fixture
async def held(customer: httpx.AsyncClient, offer: Offer, form: dict[str, str]) -> UUID:
    """Hold a number with a slip."""
    return await a_slip(customer, offer(NUMBER), form)


async def a_slip(client: httpx.AsyncClient, offer: str, form: dict[str, str]) -> UUID:
    placed = await client.post("/v1/holds", json={"offer": offer, "sim": "ESIM"})
    hold_id = placed.json()["hold_id"]
    await client.put(f"/v1/holds/{hold_id}/registration", json=form)
    return UUID(hold_id)


def paid(hold_id: UUID, at: datetime | None = None, **more: Any) -> PaymentConfirmed:
    return PaymentConfirmed.model_validate(
        {
            "occurred_at": clock.now(),
            "hold_id": hold_id,
            "order_id": uuid7(),
            "payment_id": uuid7(),
            "amount_vnd": 75_000,
            "method": "ONLINE",
            "paid_at": at or clock.now(),
        }
        | more
    )


def ordered(hold_id: UUID, payment: str = "COD", at: datetime | None = None) -> Event:
    return OrderPlaced.model_validate(
        {
            "occurred_at": at or clock.now(),
            "hold_id": hold_id,
            "order_id": uuid7(),
            "customer_id": uuid7(),
            "sim": "PHYSICAL",
            "delivery": "HOME",
            "delivery_id": uuid7(),
            "store_code": None,
            "payment": payment,
            "total_vnd": 75_000,
        }
    )


def cancelled(hold_id: UUID, keep_until: datetime | None = None) -> Event:
    return OrderCancelled(
        occurred_at=clock.now(),
        hold_id=hold_id,
        order_id=uuid7(),
        cancelled_by="CUSTOMER",
        reason_code="CHANGED_MIND",
        refund_due_vnd=0,
        keep_number_until=keep_until,
    )


def connected(hold_id: UUID) -> Event:
    return ConnectionCompleted(
        occurred_at=clock.now(),
        hold_id=hold_id,
        number_id=NUMBER,
        connection_id=uuid7(),
        officer_id=uuid7(),
        connected_at=clock.now(),
    )


def returned(hold_id: UUID) -> Event:
    return ShipmentReturned(occurred_at=clock.now(), hold_id=hold_id, shipment_id=uuid7())


async def tell(db: Database, *events: Event) -> None:
    await hear(db, subscriptions, *events)


async def status(db: Database, hold_id: UUID) -> Status:
    async with db.transaction() as tx:
        return (await tx.get_one(Hold, hold_id)).status


async def since_the_slip(db: Database) -> list[str]:
    return (await published(db))[2:]


async def expire(db: Database) -> int:
    async with db.transaction() as tx:
        return await commands.expire_due_holds(tx, now=clock.now())


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
    time_passes.forward(minutes=20)
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
    time_passes.forward(minutes=20)
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
    time_passes.forward(minutes=20)
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


@pytest.mark.parametrize("confirmed", [True, False])
async def test_a_cancelled_order_frees_the_number_at_once_and_only_once(
    db: Database, held: UUID, *, confirmed: bool
) -> None:
    """F4.11, F4.18."""
    await tell(db, *[ordered(held)] * confirmed, cancelled(held), cancelled(held))

    [*_, released] = await facts(db)
    assert isinstance(released, HoldReleased)
    assert released.reason_code == "CHANGED_MIND"
    assert await since_the_slip(db) == [*["HoldConfirmed"] * confirmed, "HoldReleased"]


async def test_an_order_that_ended_with_the_hold_does_not_take_a_paid_hold_away_again(
    db: Database, held: UUID
) -> None:
    """G10: paid in time and heard late; the order's end was an echo of our own expiry."""
    echo = cancelled(held).model_copy(update={"reason_code": "HOLD_EXPIRED"})

    await tell(db, paid(held), echo)

    assert await status(db, held) is Status.CONFIRMED


async def test_a_cancellation_heard_before_the_payment_leads_to_a_refund(
    db: Database, held: UUID
) -> None:
    await tell(db, cancelled(held), paid(held))

    assert await since_the_slip(db) == ["HoldReleased", "HoldLost"]


async def test_a_paid_number_is_kept_until_its_parcel_is_back(db: Database, held: UUID) -> None:
    """G21."""
    await tell(db, paid(held), cancelled(held, clock.now() + timedelta(hours=72)))
    assert await status(db, held) is Status.CONFIRMED

    await tell(db, returned(held), returned(held))

    assert await status(db, held) is Status.RELEASED
    assert await since_the_slip(db) == ["HoldConfirmed", "HoldReleased"]


async def test_a_parcel_that_is_back_before_we_hear_of_the_cancellation_frees_the_number(
    db: Database, held: UUID
) -> None:
    await tell(db, paid(held), returned(held))
    assert await status(db, held) is Status.CONFIRMED

    await tell(db, cancelled(held, clock.now() + timedelta(hours=72)))

    assert await status(db, held) is Status.RELEASED


async def test_a_number_is_not_kept_longer_for_a_parcel_that_does_not_come_back(
    db: Database, held: UUID, time_passes: Any
) -> None:
    await tell(db, paid(held), cancelled(held, clock.now() + timedelta(hours=72)))
    for hours, freed in ((71, 0), (1, 1), (1, 0)):
        now = time_passes.forward(hours=hours)
        async with db.transaction() as tx:
            assert await commands.release_kept_numbers(tx, now=now) == freed

    assert await since_the_slip(db) == ["HoldConfirmed", "HoldReleased"]


async def test_a_confirmed_hold_has_no_clock_of_ours(
    db: Database, held: UUID, time_passes: Any
) -> None:
    await tell(db, paid(held))
    time_passes.forward(days=29)

    assert await expire(db) == 0
    assert await status(db, held) is Status.CONFIRMED


async def test_a_connected_number_has_an_owner_for_good(
    db: Database, held: UUID, signed_in: As, offer: Offer, time_passes: Any
) -> None:
    """P4.2."""
    await tell(db, paid(held), connected(held), connected(held))
    await tell(db, cancelled(held), ActivationExpired(occurred_at=clock.now(), hold_id=held))
    time_passes.forward(days=1000)

    stranger = await signed_in()
    again = await stranger.post("/v1/holds", json={"offer": offer(NUMBER), "sim": "ESIM"})

    assert await status(db, held) is Status.CONSUMED
    assert await since_the_slip(db) == ["HoldConfirmed", "HoldConsumed"]
    assert again.status_code == 409


async def test_a_number_connected_although_its_hold_had_ended_is_not_sold_again(
    db: Database, held: UUID, signed_in: As, offer: Offer
) -> None:
    await tell(db, paid(held), cancelled(held), connected(held))

    stranger = await signed_in()
    again = await stranger.post("/v1/holds", json={"offer": offer(NUMBER), "sim": "ESIM"})

    assert (await status(db, held), again.status_code) == (Status.CONSUMED, 409)


async def test_a_number_nobody_activated_is_free_again(db: Database, held: UUID) -> None:
    """G39."""
    over = ActivationExpired(occurred_at=clock.now(), hold_id=held)

    await tell(db, paid(held), over, over.model_copy(update={"event_id": uuid7()}))

    assert await since_the_slip(db) == ["HoldConfirmed", "HoldReleased"]


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
        told = [fact.topic for fact in await facts(db) if fact.key == str(hold_id)]
        assert told.count("HoldConfirmed") + told.count("HoldLost") == 1
        async with db.transaction() as tx:
            await tx.execute(text("delete from outbox"))
