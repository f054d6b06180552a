"""Facts about a hold in every order, late and twice: one end, no money lost, one owner."""

import random
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from services.hold.tests.world import (
    NUMBER,
    As,
    Offer,
    a_slip,
    cancelled,
    connected,
    expire,
    handed_over,
    ordered,
    paid,
    status,
    tell,
)
from sqlalchemy import func, select

from events import Event, HoldReleased, OrderCancelled
from hold.holds.states import Status
from hold.tables import holds
from kit import clock
from kit.db import Database
from kit.testing import facts

LIVE = ("DRAFT", "HELD", "CONFIRMED", "CONSUMED")


def echo(hold_id: UUID) -> Event:
    """Cancel as the order service does once the hold has expired."""
    fact = cancelled(hold_id)
    assert isinstance(fact, OrderCancelled)
    reason = {"reason_code": "HOLD_EXPIRED", "cancelled_by": "SYSTEM"}
    return fact.model_copy(update=reason)


def ends(order: set[str]) -> Status:
    """Say where a hold ends by the facts consumed, in whatever order."""
    if "connected" in order:
        return Status.CONSUMED
    if "cancelled" in order:
        return Status.RELEASED
    if order & {"paid", "ordered"}:
        return Status.CONFIRMED
    return Status.EXPIRED if "clock" in order else Status.HELD


@pytest.mark.parametrize("seed", range(40))
async def test_a_hold_ends_where_its_facts_lead_in_every_order_and_money_is_kept_or_owed(
    db: Database, held: UUID, time_passes: Any, seed: int
) -> None:
    """Paid or ordered in time and known late, our own echo, cancelled, connected, the clock."""
    dice = random.Random(seed)
    story = {
        "paid": paid(held),
        "ordered": ordered(held),
        "echo": echo(held),
        "cancelled": cancelled(held),
        "connected": connected(held),
        "handed over": handed_over(held),
    }
    names = dice.sample([*story], k=dice.randint(1, len(story)))
    order = [*names, *dice.choices(names, k=2), "clock"]
    dice.shuffle(order)
    time_passes.forward(minutes=dice.choice((1, 21)))

    for name in order:
        if name == "clock":
            time_passes.forward(minutes=21)
            await expire(db)
        else:
            await tell(db, story[name])

    assert await status(db, held) is ends(set(order))
    told = [fact.topic for fact in await facts(db)]
    kept = told.count("HoldConfirmed") + ("HoldConsumed" in told)
    if {"paid", "ordered"} & set(names):
        assert kept or told.count("HoldLost"), told


@pytest.mark.parametrize("seed", range(25))
async def test_two_holds_of_one_number_never_leave_it_two_owners(
    db: Database,
    held: UUID,
    signed_in: As,
    offer: Offer,
    form: dict[str, str],
    time_passes: Any,
    seed: int,
) -> None:
    """The first ran out, another took the number after its rest; then news of both come."""
    dice = random.Random(seed)
    early = [paid(held), ordered(held), connected(held)]
    time_passes.forward(minutes=51)
    second = await a_slip(await signed_in(), offer(NUMBER), form)
    news = [*dice.sample(early, k=2), *dice.choices([paid(second), cancelled(second)], k=2)]
    dice.shuffle(news)

    for fact in news:
        await tell(db, fact)
        async with db.transaction() as tx:
            of_it = (holds.c.number_id == UUID(str(NUMBER))) & holds.c.status.in_(LIVE)
            owners = await tx.scalar(select(func.count()).select_from(holds).where(of_it))
        assert owners in (0, 1)

    money = {fact.key for fact in news if fact.topic == "PaymentConfirmed"}
    ends = ("HoldConfirmed", "HoldLost", "HoldConsumed", "HoldReleased")
    assert money <= {fact.key for fact in await facts(db) if fact.topic in ends}
    if any(fact.topic == "ConnectionCompleted" for fact in news):
        assert await status(db, held) is Status.CONSUMED


async def test_whom_the_network_has_connected_has_the_number_and_the_other_is_told_so(
    db: Database, held: UUID, signed_in: As, offer: Offer, form: dict[str, str], time_passes: Any
) -> None:
    """Connected after its hold had run out and another had paid: the other's money goes back."""
    time_passes.forward(minutes=51)
    other = await a_slip(await signed_in(), offer(NUMBER), form)
    await tell(db, paid(other))

    await tell(db, connected(held))

    assert (await status(db, held), await status(db, other)) == (
        Status.CONSUMED,
        Status.RELEASED,
    )
    [*_, released, consumed] = await facts(db)
    assert isinstance(released, HoldReleased)
    assert (released.reason_code, consumed.topic) == ("CONNECTED_TO_ANOTHER", "HoldConsumed")


async def test_connected_before_the_payment_is_heard_the_number_has_its_owner(
    db: Database, held: UUID
) -> None:
    await tell(db, connected(held))
    await tell(db, paid(held, at=clock.now() - timedelta(seconds=1)))

    assert await status(db, held) is Status.CONSUMED
