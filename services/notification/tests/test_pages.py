"""A message opens the page of the customer's web app that shows what is to be done next."""

import re
from dataclasses import replace
from typing import get_args

import pytest
from services.notification.tests.readers import ALL, message, sample

from events import (
    ConnectionRejected,
    EsimProfileIssued,
    Event,
    HoldCreated,
    HoldLost,
    KycFailed,
    PasswordChanged,
    PaymentConfirmed,
    PaymentFailed,
    RefundCompleted,
    ShipmentDelivered,
    ShipmentHandedOver,
    VideoCallRetryNeeded,
)
from notification.texts.domain import Locale
from notification.texts.gateways import page

ID = "[0-9a-f-]{36}"
PAGE = rf"/holds/{ID}(/pay)?|/orders/{ID}|/activate/{ID}|/esim/{ID}"
"""The paths of the web app's pages that a message may open."""


@pytest.mark.parametrize("event", ALL)
def test_every_message_about_a_journey_opens_a_page_that_the_app_has(event: type[Event]) -> None:
    """A link in a mail or an SMS, and the item of the inbox, lead to the same page."""
    sample_message = message(sample(event), ALL[event])

    link = sample_message.link()

    if event is PasswordChanged:
        assert link is None
    else:
        assert re.fullmatch(PAGE, str(link)), link
        assert sample_message.link("https://c.vn") == f"https://c.vn{link}"


@pytest.mark.parametrize(
    ("event", "sim", "path"),
    [
        (HoldCreated, "ESIM", "/holds/{hold_id}"),
        (PaymentFailed, "ESIM", "/holds/{hold_id}/pay"),
        (PaymentConfirmed, "PHYSICAL", "/orders/{order_id}"),
        (PaymentConfirmed, "ESIM", "/activate/{hold_id}"),
        (ShipmentHandedOver, "PHYSICAL", "/holds/{hold_id}"),
        (ShipmentDelivered, "PHYSICAL", "/activate/{hold_id}"),
        (RefundCompleted, "PHYSICAL", "/orders/{order_id}"),
        (KycFailed, "ESIM", "/activate/{hold_id}"),
        (VideoCallRetryNeeded, "ESIM", "/activate/{hold_id}"),
        (ConnectionRejected, "PHYSICAL", "/activate/{hold_id}"),
        (EsimProfileIssued, "ESIM", "/esim/{hold_id}"),
    ],
)
def test_a_message_opens_the_page_of_what_is_to_be_done(
    event: type[Event], sim: str, path: str
) -> None:
    fact = sample(event)

    link = message(fact, ALL[event], sim=sim).link()

    assert link == path.format(**fact.model_dump())


def test_a_message_without_its_order_opens_the_slip() -> None:
    fact = message(sample(RefundCompleted), "refund_completed")

    assert replace(fact, facts={"amount_vnd": 1}).link() == f"/holds/{fact.hold_id}"


def test_the_button_of_a_mail_says_what_it_opens() -> None:
    words = {
        locale: {
            event: button_of(event, locale)
            for event in (HoldLost, PaymentConfirmed, RefundCompleted, EsimProfileIssued)
        }
        for locale in get_args(Locale)
    }

    assert words["vi"] == {
        HoldLost: "Xem phiếu giữ số",
        PaymentConfirmed: "Tiếp tục hòa mạng",
        RefundCompleted: "Xem đơn hàng",
        EsimProfileIssued: "Mở trang cài đặt eSIM",
    }
    assert words["en"][RefundCompleted] == "Open my order"


def button_of(event: type[Event], locale: Locale) -> str:
    fact = message(sample(event), ALL[event])
    html = page(locale, fact.context("https://c.vn"), "title", "body")
    button = re.search(r'<a href="(.+?)".*?>(.+?)</a>', html)
    assert button
    assert button[1] == fact.link("https://c.vn")
    return button[2]
