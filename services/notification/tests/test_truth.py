"""Messages about money and reasons are true, and the same in both languages."""

import json
from typing import get_args

from services.notification.tests.readers import message, sample

from events import HoldReleased, RefundAtBank, RefundCompleted, RefundFailed
from notification.messages.consumers import TOLD
from notification.texts.domain import Locale
from notification.texts.gateways import FOLDER, compose


def test_both_languages_have_words_for_the_same_reasons() -> None:
    vi, en = (
        json.loads((FOLDER / locale / "reasons.json").read_text()) for locale in get_args(Locale)
    )

    assert list(vi) == list(en)
    assert "FRAUD_SUSPECTED" not in vi  # nobody is told what we suspect (K13)


def test_money_that_a_channel_owes_is_named_and_only_then() -> None:
    """P2.2."""
    owed = sample(HoldReleased, owed_back_vnd=1_234_000)
    nothing = sample(HoldReleased)

    told, other = (
        compose("hold_released", "vi", message(event, "hold_released").context(""))[1]
        for event in (owed, nothing)
    )

    assert "1.234.000 ₫" in told
    assert "₫" not in other


def test_a_refund_is_called_done_only_when_it_is() -> None:
    """G18: at the bank, by hand, and done are three different messages."""
    bodies = {
        event: compose(TOLD[event], "vi", message(sample(event), TOLD[event]).context(""))[1]
        for event in (RefundAtBank, RefundFailed, RefundCompleted)
    }

    assert [event for event, body in bodies.items() if "đã được hoàn" in body] == [RefundCompleted]
    assert "chờ ngân hàng" in bodies[RefundAtBank]
    assert "Nhân viên" in bodies[RefundFailed]
