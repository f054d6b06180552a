"""Every confirmed hold has a clock: a reminder before, an end after, and late news that win."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import permutations
from typing import Any
from uuid import UUID

import pytest
from services.hold.tests.world import (
    cancelled,
    delivered,
    handed_over,
    ordered,
    paid,
    picked_up,
    ready_at_store,
    since_the_slip,
    status,
    tell,
)

from events import HoldEnding, HoldExpired, HoldReleased
from hold.clocks import commands as clocks
from hold.holds.domain import Hold
from hold.holds.states import Clock, Status
from hold.terms.domain import end_of_working_day
from kit import clock
from kit.db import Database
from kit.jobs import EachRow, by_clock
from kit.testing import facts

FACTS = (
    *("status", "expires_at", "clock", "agreed_at", "paid_at", "ready_at", "handed_over_at"),
    "received_at",
)
REMINDER, LATE_NEWS = timedelta(hours=24), timedelta(hours=1)


async def remind(db: Database) -> int:
    job = EachRow("remind", by_clock(lambda now: clocks.ending_soon(now, REMINDER)), clocks.remind)
    return await job.batch(db, clock.now())


async def run_out(db: Database) -> int:
    job = EachRow("end", by_clock(lambda now: clocks.run_out(now, LATE_NEWS)), clocks.end)
    return await job.batch(db, clock.now())


async def running(db: Database, hold_id: UUID) -> Clock | None:
    async with db.transaction() as tx:
        return (await tx.get_one(Hold, hold_id)).clock


async def test_an_order_on_receipt_that_is_not_collected_for_seven_days_ends_after_a_reminder(
    db: Database, held: UUID, time_passes: Any
) -> None:
    await tell(db, ordered(held))
    time_passes.forward(days=5, hours=23)
    assert (await remind(db), await run_out(db)) == (0, 0)
    time_passes.forward(hours=2)
    assert (await remind(db), await remind(db), await run_out(db)) == (1, 0, 0)
    ending = (await facts(db))[-1]
    assert isinstance(ending, HoldEnding)
    assert ending.reason_code == "NOT_COLLECTED"

    time_passes.forward(days=1)

    assert (await run_out(db), await run_out(db)) == (1, 0)
    assert await status(db, held) is Status.EXPIRED
    expired = (await facts(db))[-1]
    assert isinstance(expired, HoldExpired)
    assert expired.rests_until == expired.occurred_at + timedelta(minutes=30)
    assert await since_the_slip(db) == ["HoldConfirmed", "HoldEnding", "HoldExpired"]


async def test_a_parcel_on_the_road_is_waited_for_three_weeks_if_nothing_is_paid(
    db: Database, held: UUID, time_passes: Any
) -> None:
    await tell(db, ordered(held))
    time_passes.forward(days=6)
    await tell(db, handed_over(held))
    time_passes.forward(days=20)
    assert await run_out(db) == 0
    assert await running(db, held) is Clock.NOT_DELIVERED
    time_passes.forward(days=1, hours=1)
    assert await run_out(db) == 1


@pytest.mark.parametrize("fact", [delivered, picked_up])
async def test_with_the_sim_in_hand_only_the_activation_s_deadline_runs(
    db: Database, held: UUID, time_passes: Any, fact: Any
) -> None:
    await tell(db, ordered(held), ready_at_store(held), fact(held))
    time_passes.forward(days=29)

    assert (await remind(db), await run_out(db)) == (0, 0)
    assert await running(db, held) is None


async def test_a_paid_sim_that_nobody_fetches_within_three_working_days_goes_back_for_good(
    db: Database, held: UUID, time_passes: Any
) -> None:
    await tell(db, paid(held), ready_at_store(held))
    assert await running(db, held) is Clock.NOT_PICKED_UP
    async with db.transaction() as tx:
        ends = (await tx.get_one(Hold, held)).expires_at
    time_passes.forward(seconds=(ends - clock.now()).total_seconds() - 3600)
    assert (await remind(db), await run_out(db)) == (1, 0)
    time_passes.forward(hours=2, seconds=1)

    assert await run_out(db) == 1

    released = (await facts(db))[-1]
    assert isinstance(released, HoldReleased)
    assert released.reason_code == "NOT_PICKED_UP"


async def test_a_sim_that_was_paid_before_payments_were_noted_goes_back_for_good_too(
    db: Database, held: UUID, time_passes: Any
) -> None:
    """An upgrade: an expiry would leave the money with the order, and the number with another."""
    await tell(db, paid(held))
    async with db.transaction() as tx:
        (await tx.get_one(Hold, held)).paid_at = None
    await tell(db, ready_at_store(held))
    time_passes.forward(days=9)

    assert await run_out(db) == 1
    assert isinstance((await facts(db))[-1], HoldReleased)


async def test_an_unpaid_sim_that_nobody_fetches_expires_and_comes_back_if_it_was_fetched_in_time(
    db: Database, held: UUID, time_passes: Any
) -> None:
    await tell(db, ordered(held), ready_at_store(held))
    fetched = picked_up(held)
    time_passes.forward(days=9)
    assert await run_out(db) == 1
    assert await status(db, held) is Status.EXPIRED

    await tell(db, fetched)

    assert await status(db, held) is Status.CONFIRMED
    assert await since_the_slip(db) == ["HoldConfirmed", "HoldExpired", "HoldConfirmed"]
    assert await running(db, held) is None


@pytest.mark.parametrize(
    "fact",
    [handed_over, delivered, lambda hold_id: paid(hold_id, method="COD")],
    ids=["handed over", "delivered", "paid"],
)
async def test_collected_in_time_and_heard_late_wins(
    db: Database, held: UUID, time_passes: Any, fact: Any
) -> None:
    await tell(db, ordered(held))
    time_passes.forward(days=6)
    in_time = fact(held)
    time_passes.forward(days=2)
    await run_out(db)
    too_late = handed_over(held)

    await tell(db, too_late)
    assert await status(db, held) is Status.EXPIRED
    await tell(db, in_time)

    assert await status(db, held) is Status.CONFIRMED


async def test_an_order_stated_again_does_not_bring_its_hold_back(
    db: Database, held: UUID, time_passes: Any
) -> None:
    placed = ordered(held)
    await tell(db, placed)
    time_passes.forward(days=8)
    await run_out(db)

    await tell(db, ordered(held, at=placed.occurred_at))

    assert await status(db, held) is Status.EXPIRED


async def test_a_clock_that_ran_out_unnoticed_does_not_keep_money_out(
    db: Database, held: UUID, time_passes: Any
) -> None:
    await tell(db, ordered(held))
    now = time_passes.forward(days=8)

    await tell(db, paid(held, at=now, method="COD"))

    assert await run_out(db) == 0
    assert await since_the_slip(db) == ["HoldConfirmed"]


async def test_a_cancelled_order_is_not_brought_back_by_money_paid_in_time_and_heard_late(
    db: Database, held: UUID, time_passes: Any
) -> None:
    """Expired, then cancelled by the customer: the money is owed back, whatever its clock says."""
    payment = paid(held)
    time_passes.forward(minutes=30)
    await EachRow("expire", by_clock(clocks.unpaid_too_long), clocks.expire).batch(db, clock.now())

    await tell(db, cancelled(held), payment)

    assert await status(db, held) is Status.RELEASED
    assert await since_the_slip(db) == ["HoldExpired", "HoldLost"]


@pytest.mark.parametrize(
    ("story", "ends"),
    [
        ((ordered, ready_at_store, paid), Clock.NOT_PICKED_UP),
        ((ordered, handed_over), Clock.NOT_DELIVERED),
        ((ordered, handed_over, paid), None),
        ((paid, ready_at_store, picked_up), None),
        ((ordered, handed_over, delivered, paid), None),
    ],
)
async def test_which_clock_runs_does_not_depend_on_the_order_of_hearing(
    db: Database, held: UUID, story: Sequence[Any], ends: Clock | None
) -> None:
    async with db.transaction() as tx:
        fresh = vars(await tx.get_one(Hold, held)).copy()
    outcomes = set()
    for order in permutations(story):
        await tell(db, *(fact(held) for fact in order))
        outcomes.add((await status(db, held), await running(db, held)))
        async with db.transaction() as tx:
            hold = await tx.get_one(Hold, held)
            for name in FACTS:
                setattr(hold, name, fresh[name])

    assert outcomes == {(Status.CONFIRMED, ends)}


def test_working_days_leave_out_weekends_and_holidays() -> None:
    """Three working days: the end of the third day, in Vietnam."""
    friday = datetime(2026, 11, 27, 9, tzinfo=UTC)
    before_new_year = datetime(2026, 12, 30, 20, tzinfo=UTC)  # already the 31st in Vietnam

    assert end_of_working_day(friday, after=3) == datetime(2026, 12, 2, 17, tzinfo=UTC)
    assert end_of_working_day(before_new_year, after=1) == datetime(2027, 1, 4, 17, tzinfo=UTC)
