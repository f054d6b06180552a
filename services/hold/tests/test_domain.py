"""The rules of a hold, without a database in sight."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from events import Event, HoldConfirmed, HoldExpired, HoldReleased, NumberFreed
from events.ids import uuid7
from hold.holds.domain import Hold
from hold.holds.states import NEXT, HoldClosed, Owner, Status
from hold.locks.domain import Quota, TooManyHolds, lock
from hold.offers.domain import Offer
from hold.settings import Settings

NOON = datetime(2026, 11, 2, 5, tzinfo=UTC)
LATER = NOON + timedelta(minutes=20)
TERMS = Settings.model_construct().terms

MOVES: dict[Status, Callable[[Hold], Event | None]] = {
    Status.HELD: lambda hold: hold.issue("GS261102ABCDE0", TERMS, now=NOON),
    Status.CONFIRMED: lambda hold: hold.confirm("PAID", at=NOON, now=NOON),
    Status.CONSUMED: lambda hold: hold.consume(now=NOON),
    Status.RELEASED: lambda hold: hold.release("CUSTOMER", now=NOON),
    Status.EXPIRED: lambda hold: hold.expire(now=NOON),
}
OFFER = Offer(
    uuid7(),
    "84931266868",
    "THUONG",
    50_000,
    25_000,
    0,
    0,
    "KV2",
    {"ESIM": "KMTN4G"},
    {"ESIM": "TN4G"},
)


def a_hold(status: Status = Status.HELD) -> Hold:
    owner = Owner("APP", uuid7())
    hold, _ = lock(OFFER, "ESIM", owner, reference=None, until=LATER, now=NOON)
    hold.status = status
    return hold


@pytest.mark.parametrize("start", Status)
@pytest.mark.parametrize("end", MOVES)
def test_only_the_moves_in_the_table_are_possible(start: Status, end: Status) -> None:
    hold = a_hold(start)

    if end in NEXT[start]:
        MOVES[end](hold)
        assert hold.status is end
    else:
        with pytest.raises(HoldClosed):
            MOVES[end](hold)
        assert hold.status is start


def test_nothing_leads_back_to_the_form() -> None:
    assert all(Status.DRAFT not in following for following in NEXT.values())
    assert set(MOVES) == set(Status) - {Status.DRAFT}


def test_the_slip_keeps_the_number_for_the_payment_and_a_grace() -> None:
    """F3.4 TH1: fifteen minutes to pay, five more for the gateway's word."""
    hold = a_hold(Status.DRAFT)

    created = hold.issue("GS261102ABCDE0", TERMS, now=NOON)

    assert created.expires_at == hold.expires_at == NOON + timedelta(minutes=20)
    assert (created.promotion_code, created.package_code) == ("KMTN4G", "TN4G")
    assert created.stock_region == "KV2"


def test_a_physical_sim_has_no_esim_promotion() -> None:
    hold = a_hold()
    hold.sim = "PHYSICAL"

    assert hold.promotion_code is None


@pytest.mark.parametrize("start", [Status.HELD, Status.EXPIRED])
def test_what_counts_is_when_the_customer_paid_not_when_we_heard(start: Status) -> None:
    in_time, too_late = a_hold(start), a_hold(start)

    fact = in_time.confirm("PAID", at=LATER - timedelta(seconds=1), now=LATER)

    assert isinstance(fact, HoldConfirmed)
    with pytest.raises(HoldClosed, match="state=EXPIRED"):
        too_late.confirm("PAID", at=LATER, now=LATER)


def test_a_form_that_is_left_frees_the_number_and_a_slip_that_is_left_ends_a_hold() -> None:
    assert isinstance(a_hold(Status.DRAFT).expire(now=NOON), NumberFreed)
    assert isinstance(a_hold(Status.DRAFT).release("CUSTOMER", now=NOON), NumberFreed)
    assert isinstance(a_hold(Status.HELD).expire(now=NOON), HoldExpired)
    assert isinstance(a_hold(Status.HELD).release("CUSTOMER", now=NOON), HoldReleased)


def test_a_payment_page_extends_the_clock_and_never_shortens_it() -> None:
    hold = a_hold(Status.DRAFT)
    hold.issue("GS261102ABCDE0", TERMS, now=NOON)

    assert hold.extend_for_payment(NOON + timedelta(minutes=15), now=NOON) is None
    extended = hold.extend_for_payment(NOON + timedelta(minutes=25), now=NOON)

    assert extended is not None
    assert extended.expires_at == hold.expires_at == NOON + timedelta(minutes=30)


@pytest.mark.parametrize(
    ("price_class", "kept", "allowed"),
    [
        ("THUONG", [], True),
        ("THUONG", ["THUONG", "TU_QUY"], True),
        ("THUONG", ["THUONG"] * 3, False),
        ("TU_QUY", ["THUONG"] * 2, True),
        ("TU_QUY", ["LUC_QUY"], False),
        ("TU_QUY", ["THUONG"] * 3, False),
    ],
)
def test_three_numbers_a_person_and_one_of_the_rarest(
    price_class: str, kept: list[str], *, allowed: bool
) -> None:
    quota = Quota(of_all=3, of_top=1, top_classes=frozenset({"LUC_QUY", "TU_QUY"}))

    if allowed:
        quota.check(price_class, kept)
    else:
        with pytest.raises(TooManyHolds):
            quota.check(price_class, kept)
