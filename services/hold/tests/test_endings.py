"""Ends of a hold: cancelled, sent back, connected, or never activated."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from services.hold.tests.world import (
    NUMBER,
    As,
    Offer,
    cancelled,
    connected,
    ordered,
    paid,
    returned,
    since_the_slip,
    status,
    tell,
)

from events import ActivationExpired, HoldReleased
from events.ids import uuid7
from hold.clocks import commands as clocks
from hold.holds.states import Status
from kit import clock
from kit.db import Database
from kit.jobs import EachRow, by_clock
from kit.testing import facts


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
    """G10: paid in time and known late; the order's end was an echo of our own expiry."""
    echo = cancelled(held).model_copy(
        update={"reason_code": "HOLD_EXPIRED", "cancelled_by": "SYSTEM"}
    )

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
        assert (
            await EachRow("free", by_clock(clocks.kept_too_long), clocks.free).batch(db, now)
            == freed
        )

    assert await since_the_slip(db) == ["HoldConfirmed", "HoldReleased"]


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
