"""Rules without a database: every pair of statuses, VAT, words."""

from itertools import product

import pytest
from services.order.tests.world import World

from events import CATALOGUE
from events.ids import uuid7
from kit import clock
from order.invoices.domain import without_vat
from order.orders.domain import Order
from order.orders.states import (
    ACTIVATION_LABELS_VI,
    LABELS_VI,
    NEXT,
    PAYMENT_LABELS_VI,
    SUB_LABELS_VI,
    ActivationStatus,
    CannotCancel,
    PaymentStatus,
    Status,
    SubStatus,
)
from order.payments.domain import NEXT as PAYMENT_NEXT
from order.payments.domain import Payment, PaymentClosed
from order.quotes.domain import promotion_of
from order.timeline.domain import STEPS


def _order(status: Status) -> Order:
    return Order(
        hold_id=uuid7(),
        customer_id=None,
        sim="PHYSICAL",
        delivery="HOME",
        payment="COD",
        total_vnd=1,
        promotion_code=None,
        package_code=None,
        placed_at=clock.now(),
        status=status,
    )


@pytest.mark.parametrize(("old", "new"), list(product(Status, Status)))
def test_an_order_moves_only_where_the_table_allows(old: Status, new: Status) -> None:
    order = _order(old)

    if new in NEXT[old]:
        order._move_to(new)  # noqa: SLF001, the one door all moves go through
        assert order.status is new
    else:
        with pytest.raises(CannotCancel):
            order._move_to(new)  # noqa: SLF001
        assert order.status is old


@pytest.mark.parametrize(("old", "new"), list(product(Status, Status)))
def test_following_a_parcel_never_leads_back_and_never_complains(old: Status, new: Status) -> None:
    order = _order(old)
    order.advance(new)

    if order.status is not old:
        assert list(Status).index(order.status) > list(Status).index(old)
    if old is Status.CANCELLED:
        assert order.status is old


@pytest.mark.parametrize(("old", "new"), list(product(PaymentStatus, PaymentStatus)))
def test_money_moves_only_where_the_table_allows(old: PaymentStatus, new: PaymentStatus) -> None:
    payment = Payment(
        order_id=uuid7(),
        hold_id=uuid7(),
        method="ONLINE",
        amount_vnd=1,
        status=old,
        created_at=clock.now(),
    )

    if new in PAYMENT_NEXT[old]:
        payment.refund_ended(new)
        assert payment.status is new
    else:
        with pytest.raises(PaymentClosed):
            payment.refund_ended(new)


@pytest.mark.parametrize(
    ("gross", "percent", "net"),
    [(110, 10, 100), (150_000, 10, 136_364), (25_000, 10, 22_727), (0, 10, 0), (108, 8, 100)],
)
def test_vat_is_split_off_to_whole_dong(gross: int, percent: int, net: int) -> None:
    assert without_vat(gross, percent) == net


def test_every_status_has_its_vietnamese_word() -> None:
    """6.1, 6.2, 6.4: letter by letter those of the procedure."""
    assert set(LABELS_VI) == set(Status)
    assert set(SUB_LABELS_VI) == set(SubStatus)
    assert set(PAYMENT_LABELS_VI) == set(PaymentStatus)
    assert set(ACTIVATION_LABELS_VI) == set(ActivationStatus)


def test_every_fact_of_a_journey_has_a_line_in_the_story() -> None:
    journey = {name for name, event in CATALOGUE.items() if event.keyed_by == "hold_id"}

    assert set(STEPS) == journey


def test_a_promotion_without_words_of_its_own_is_shown_bare() -> None:
    bare, unnamed = promotion_of("KMDATA", "DATA9"), promotion_of("KMDATA", None)

    assert bare is not None
    assert unnamed is not None
    assert (bare.code, bare.package_code) == ("KMDATA", "DATA9")
    assert (unnamed.code, unnamed.package_code) == ("KMDATA", None)
    assert promotion_of(None, None) is None


async def test_nobody_is_named_in_what_is_stated(world: World) -> None:
    """No personal data on a topic: not the phone number, not the e-mail address."""
    order = await world.place(
        await world.hold(sim="ESIM"), invoice={"name": "Nguyễn Văn Thử", "address": "1 Lê Lợi"}
    )
    await world.ipn(order["payment_url"])

    published = "".join(fact.model_dump_json() for fact in await world.published())

    for personal in ("84931266868", "khach@example.test", "Nguyễn", "Lê Lợi"):
        assert personal not in published
