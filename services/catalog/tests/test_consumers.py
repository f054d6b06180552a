"""The stock's statuses after the hold service's facts, in any order and more than once."""

from datetime import UTC, datetime, timedelta
from random import Random
from uuid import UUID

import pytest

from catalog.consumers import subscriptions
from catalog.numbers import commands
from catalog.numbers.domain import Number, id_of, msisdn_of
from catalog.seed import national_numbers
from events import (
    Event,
    HoldConfirmed,
    HoldConsumed,
    HoldCreated,
    HoldExpired,
    HoldReleased,
    NumberFreed,
    NumberSoftLocked,
)
from events.ids import uuid7
from kit.db import Database
from kit.testing import deliver

NOON = datetime(2026, 11, 2, 5, tzinfo=UTC)
MSISDN = msisdn_of(next(n for n in national_numbers(3000) if n.endswith("888")))
NUMBER = id_of(MSISDN)


def locked(at: datetime) -> Event:
    return NumberSoftLocked(
        occurred_at=at, number_id=NUMBER, msisdn=MSISDN, locked_until=at + timedelta(minutes=10)
    )


def freed(at: datetime) -> Event:
    return NumberFreed(occurred_at=at, number_id=NUMBER, msisdn=MSISDN, reason_code="LAPSED")


def created(hold_id: UUID, at: datetime) -> Event:
    return HoldCreated(
        occurred_at=at,
        hold_id=hold_id,
        number_id=NUMBER,
        hold_code="GS261102ABCDEF",
        customer_id=uuid7(),
        sim="ESIM",
        entrance="APP",
        channel_code=None,
        partner_id=None,
        price_vnd=0,
        sim_fee_vnd=0,
        commitment_vnd_per_month=0,
        commitment_months=0,
        promotion_code=None,
        stock_region=None,
        expires_at=at + timedelta(minutes=20),
    )


def a_life(start: datetime) -> list[Event]:
    """Tell of a form that was left, and holds that expired, were cancelled and connected."""
    first, second, third = uuid7(), uuid7(), uuid7()
    moments = (start + timedelta(minutes=n) for n in range(100))
    return [
        locked(next(moments)),
        freed(next(moments)),
        locked(next(moments)),
        created(first, next(moments)),
        HoldExpired(occurred_at=next(moments), hold_id=first, number_id=NUMBER),
        locked(next(moments)),
        created(second, next(moments)),
        HoldConfirmed(occurred_at=next(moments), hold_id=second, because="PAID", number_id=NUMBER),
        HoldReleased(
            occurred_at=next(moments), hold_id=second, reason_code="CUSTOMER", number_id=NUMBER
        ),
        locked(next(moments)),
        created(third, next(moments)),
        HoldConfirmed(occurred_at=next(moments), hold_id=third, because="COD", number_id=NUMBER),
        HoldConsumed(occurred_at=next(moments), hold_id=third, number_id=NUMBER),
    ]


SHOWN = [
    *("SOFT_LOCKED", "AVAILABLE", "SOFT_LOCKED", "HELD", "QUARANTINED", "SOFT_LOCKED", "HELD"),
    *("ALLOCATED", "QUARANTINED", "SOFT_LOCKED", "HELD", "ALLOCATED", "ACTIVE"),
]


async def status(db: Database) -> str:
    async with db.transaction() as tx:
        return (await tx.get_one(Number, NUMBER)).status.value


async def test_a_number_follows_the_facts_of_its_holds(db: Database) -> None:
    for fact, shown in zip(a_life(NOON), SHOWN, strict=True):
        await deliver(db, subscriptions, fact)
        assert await status(db) == shown


@pytest.mark.parametrize("seed", range(12))
async def test_shuffled_and_repeated_facts_end_where_ordered_ones_do(
    db: Database, seed: int
) -> None:
    random = Random(seed)
    life = a_life(NOON)[: random.randint(1, len(SHOWN))]
    order = random.sample(life, k=len(life))
    again = [fact.model_copy(update={"event_id": uuid7()}) for fact in random.choices(life, k=5)]

    await deliver(db, subscriptions, *order[::2])
    await deliver(db, subscriptions, *order[1::2], *order[::2])
    await deliver(db, subscriptions, *again)

    assert await status(db) == SHOWN[len(life) - 1]


async def rest(db: Database, *, after: timedelta) -> int:
    async with db.transaction() as tx:
        return await commands.offer_rested_numbers(tx, now=NOON + after)


async def test_a_number_rests_as_long_as_the_hold_service_says(db: Database) -> None:
    hold_id, until = uuid7(), NOON + timedelta(minutes=30)
    await deliver(db, subscriptions, created(hold_id, NOON - timedelta(minutes=20)))
    ended = HoldExpired(occurred_at=NOON, hold_id=hold_id, number_id=NUMBER, rests_until=until)
    await deliver(db, subscriptions, ended)

    assert await rest(db, after=timedelta(minutes=29)) == 0
    assert await status(db) == "QUARANTINED"
    assert await rest(db, after=timedelta(minutes=30)) == 1
    assert await status(db) == "AVAILABLE"
    async with db.transaction() as tx:
        assert (await tx.get_one(Number, NUMBER)).status_since == until


async def test_a_number_whose_rest_nobody_told_rests_for_a_day(db: Database) -> None:
    """Facts from before holds told of a rest are still on the topics."""
    hold_id = uuid7()
    ended = HoldReleased(occurred_at=NOON, hold_id=hold_id, number_id=NUMBER, reason_code="X")
    await deliver(db, subscriptions, ended)

    assert await rest(db, after=timedelta(hours=23)) == 0
    assert await rest(db, after=timedelta(hours=24)) == 1


async def test_an_old_fact_does_not_wake_a_rested_number(db: Database) -> None:
    hold_id = uuid7()
    ended = HoldExpired(occurred_at=NOON, hold_id=hold_id, number_id=NUMBER)
    await deliver(db, subscriptions, ended)
    await rest(db, after=timedelta(days=1))

    await deliver(db, subscriptions, created(hold_id, NOON - timedelta(minutes=20)))
    await deliver(db, subscriptions, ended.model_copy(update={"event_id": uuid7()}))

    assert await status(db) == "AVAILABLE"
