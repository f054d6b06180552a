"""Every message, in both languages: words, amounts, numbers and times as people write them."""

from itertools import product
from typing import TYPE_CHECKING, get_args

import pytest
from services.notification.tests.readers import ALL, NOON, message, sample

from events import (
    AppointmentBooked,
    Event,
    HoldCreated,
    OrderCancelled,
    PaymentConfirmed,
    VideoCallRetryNeeded,
    VideoCallRevoked,
)
from events.ids import uuid7
from notification.contacts.domain import Contact
from notification.messages.commands import write
from notification.messages.domain import CHANNELS, NEXT, Delivery, Message, OutOfOrder, Status
from notification.messages.gateways import sms_text
from notification.texts.domain import Locale, moment, money, without_accents
from notification.texts.gateways import compose

if TYPE_CHECKING:
    from collections.abc import Callable


def test_every_message_has_its_ways_and_every_way_its_message() -> None:
    assert set(ALL.values()) == set(CHANNELS)
    assert all("INBOX" in ways for ways in CHANNELS.values())


@pytest.mark.parametrize(
    ("event", "locale", "sim", "known"),
    list(product(ALL, get_args(Locale), ("ESIM", "PHYSICAL"), (True, False))),
)
def test_every_message_can_be_written(
    event: type[Event], locale: Locale, sim: str, *, known: bool
) -> None:
    sample_message = message(sample(event), ALL[event], sim=sim, known=known)
    delivery = Delivery(
        message_id=sample_message.id,
        hold_id=sample_message.hold_id,
        template=sample_message.template,
        channel="EMAIL",
        created_at=NOON,
    )

    letter = write(
        sample_message, delivery, Contact(locale=locale), "lan@example.vn", "https://c.vn"
    )

    assert "\n" not in letter.title
    assert letter.body.endswith((".", "!"))
    assert "{" not in letter.title + letter.body
    assert "None" not in letter.title + letter.body + letter.html
    assert sms_text(letter).isascii()
    assert letter.link is None or sms_text(letter).endswith(f" {letter.link}")
    assert len(sms_text(letter)) < 765  # five parts of an SMS


def test_the_two_languages_say_it_differently() -> None:
    sample_message = message(sample(HoldCreated), "hold_slip")

    vi, en = (compose("hold_slip", locale, sample_message.context("")) for locale in ("vi", "en"))

    assert vi[0] == "Phiếu giữ số GS7K2M"
    assert en[0] == "Hold slip GS7K2M"
    assert "0909 123 456" in vi[1]
    assert "0909 123 456" in en[1]


def test_amounts_numbers_and_times_are_written_the_vietnamese_way() -> None:
    assert money(1_234_000) == "1.234.000 ₫"
    assert money(0) == "0 ₫"
    assert moment("2026-11-02T17:30:00Z") == "00:30 03/11/2026"
    assert moment("2026-11-02T17:30:00+07:00") == "17:30 02/11/2026"
    assert without_accents("Số đã Đặt, 1.000 ₫") == "So da Dat, 1.000 d"


def test_a_payment_says_how_much_and_when() -> None:
    """F3.12 TH1."""
    paid = sample(PaymentConfirmed, amount_vnd=1_234_000, paid_at=NOON)

    title, body = compose("payment_confirmed", "vi", message(paid, "payment_confirmed").context(""))

    assert title == "Đã nhận thanh toán 1.234.000 ₫"
    assert "12:00 02/11/2026" in body


def test_whoever_paid_at_the_door_is_not_told_that_the_sim_is_being_prepared() -> None:
    """F4.20: the SIM is in their hand."""
    paid = sample(PaymentConfirmed, method="COD")
    at_the_door = message(paid, "payment_confirmed", sim="PHYSICAL")

    for locale in ("vi", "en"):
        _, body = compose("payment_confirmed", locale, at_the_door.context(""))
        assert "chuẩn bị SIM" not in body
        assert "preparing your SIM" not in body


@pytest.mark.parametrize(("due", "said"), [(0, False), (500_000, True)])
def test_a_refund_is_promised_only_when_there_is_one(due: int, *, said: bool) -> None:
    """F4.11."""
    cancelled = sample(OrderCancelled, refund_due_vnd=due, reason_code="CHANGED_MIND")

    _, body = compose("order_cancelled", "vi", message(cancelled, "order_cancelled").context(""))

    assert ("hoàn lại" in body) is said
    assert "quý khách đổi ý" in body


def test_a_reason_nobody_has_words_for_is_still_a_sentence() -> None:
    cancelled = sample(OrderCancelled, reason_code="SOMETHING_NEW")

    _, body = compose("order_cancelled", "vi", message(cancelled, "order_cancelled").context(""))

    assert "SOMETHING_NEW" not in body
    assert "phiếu giữ số" in body


def test_an_appointment_is_at_the_time_of_vietnam() -> None:
    booked = sample(AppointmentBooked, starts_at=NOON)

    title, _ = compose(
        "appointment_booked", "en", message(booked, "appointment_booked").context("")
    )

    assert title == "Your video call at 12:00 02/11/2026"


@pytest.mark.parametrize(
    ("locale", "said"), [("vi", "từ 12:00 02/11/2026"), ("en", "from 12:00 02/11/2026")]
)
def test_who_waited_at_closing_time_is_told_when_the_team_is_back(
    locale: Locale, said: str
) -> None:
    """G33."""
    ended = sample(VideoCallRetryNeeded, reason_code="OFFICE_CLOSED", opens_at=NOON)

    _, body = compose("call_retry", locale, message(ended, "call_retry").context(""))

    assert said in body


@pytest.mark.parametrize(
    ("locale", "wrong"),
    [("vi", "vui lòng gọi video lại"), ("en", "Please make the video call again")],
)
def test_who_may_be_connected_by_now_is_not_told_to_call_again(locale: Locale, wrong: str) -> None:
    """44: after the connection nobody would answer that call."""
    title, body = compose(
        "call_revoked", locale, message(sample(VideoCallRevoked), "call_revoked").context("")
    )

    assert wrong not in body
    assert title not in ("Cần gọi video lại", "Please call again")


@pytest.mark.parametrize(
    ("locale", "said"), [("vi", "khi hồ sơ mới được xác thực"), ("en", "once they are verified")]
)
def test_whose_papers_are_being_checked_is_told_to_call_after_that(
    locale: Locale, said: str
) -> None:
    """G26: a call before would be refused."""
    ended = sample(VideoCallRetryNeeded, reason_code="NEWER_CHECK", opens_at=None)

    _, body = compose("call_retry", locale, message(ended, "call_retry").context(""))

    assert said in body


def test_what_people_are_shown_in_html_is_escaped() -> None:
    sample_message = message(sample(HoldCreated, hold_code="<b>"), "hold_slip")
    shown = Message(**{**vars(sample_message), "hold_code": "<b>"})
    delivery = Delivery(
        message_id=sample_message.id,
        hold_id=sample_message.hold_id,
        template="hold_slip",
        channel="EMAIL",
        created_at=NOON,
    )

    letter = write(shown, delivery, Contact(), "lan@example.vn", "https://c.vn")

    assert "<b>" not in letter.html
    assert "&lt;b&gt;" in letter.html


@pytest.mark.parametrize(("before", "after"), list(product(Status, Status)))
def test_a_copy_moves_as_the_table_says_and_in_no_other_way(before: Status, after: Status) -> None:
    delivery = Delivery(
        message_id=uuid7(),
        hold_id=None,
        template="connected",
        channel="SMS",
        status=before,
        created_at=NOON,
    )
    moves: dict[Status, Callable[[], object]] = {
        Status.WAITING: delivery.wait,
        Status.READY: delivery.be_ready,
        Status.SENDING: delivery.begin,
        Status.SENT: lambda: delivery.sent(now=NOON),
        Status.FAILED: lambda: delivery.fail("GAVE_UP", now=NOON),
    }

    if after in NEXT[before]:
        moves[after]()
        assert delivery.status is after
    else:
        with pytest.raises(OutOfOrder):
            moves[after]()
        assert delivery.status is before
