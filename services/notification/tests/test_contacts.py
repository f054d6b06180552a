"""Addresses of people: vouched for by others, and not asked for again (F5b.13, G38)."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import jwt
import pytest
from services.notification.tests.readers import (
    EMAIL,
    NOON,
    PHONE,
    Reader,
    World,
    message,
    sample,
    slip,
)
from sqlalchemy import func, select

from events import EsimProfileIssued, Event, PasswordChanged, SubjectErased
from events.ids import uuid7
from kit.keys import key_id, private_key
from notification.contacts.domain import Contact
from notification.messages.commands import write
from notification.messages.consumers import TOLD
from notification.messages.domain import CHANNELS, Delivery
from notification.tables import journeys

ORDERED = "qr@example.vn"


def word_of_order(world: World, hold_id: UUID, customer_id: UUID, **changed: Any) -> str:
    """Sign as the order service does, at a moment."""
    keys = world.app.state.settings.keys_dir
    at: datetime = changed.pop("at", datetime.now(UTC))
    claims = {
        "hold_id": str(hold_id),
        "customer_id": str(customer_id),
        "email": ORDERED,
        "iss": "order",
        "aud": "contact",
        "iat": int(at.timestamp()),
        "exp": int((at + timedelta(days=1)).timestamp()),
    }
    headers = {"kid": key_id(keys, "order")}
    return jwt.encode(claims | changed, private_key(keys, "order"), "ES256", headers=headers)


async def hands_over(reader: Reader, word: str) -> int:
    return (await reader.call("PUT", "/v1/me/order-contact", contact=word)).status_code


def recipients(world: World) -> list[str]:
    return [str(mail["To"]) for mail in world.mailbox.received]


async def test_a_customer_with_a_verified_phone_gets_sms_without_saying_it_again(
    world: World,
) -> None:
    lan = world.customer(phone=PHONE)
    await world.deliver(*slip(lan.id))
    assert world.sms.sent == {}

    assert len((await lan.inbox())["items"]) == 1
    await world.tasks_run()

    assert [sms["to"] for sms in world.sms.sent.values()] == [PHONE]
    assert (await lan.call("GET", "/v1/me/contacts")).json()["phone"] == PHONE


async def test_the_phone_of_a_newer_token_is_the_one_that_is_used(world: World) -> None:
    lan = world.customer()
    await lan.can_be_reached("84905123456", locale="en")
    lan.claims["phone"] = PHONE

    seen = (await lan.call("GET", "/v1/me/contacts")).json()

    assert (seen["phone"], seen["email"], seen["locale"]) == (PHONE, EMAIL, "en")


async def test_what_is_said_and_what_is_met_at_once_are_both_kept(world: World) -> None:
    for _ in range(6):
        lan = world.customer(phone=PHONE)
        await asyncio.gather(
            *(lan.inbox() for _ in range(3)),
            lan.call("PUT", "/v1/me/contacts", email=EMAIL, locale="en"),
        )

        seen = (await lan.call("GET", "/v1/me/contacts")).json()
        assert (seen["phone"], seen["email"], seen["locale"]) == (PHONE, EMAIL, "en")


async def test_the_mail_about_an_esim_goes_to_the_address_that_its_order_demanded(
    world: World,
) -> None:
    """F5b.13: whatever address the account has."""
    lan = world.customer()
    await lan.can_be_reached()
    locked, created = slip(lan.id)
    await world.deliver(locked, created)

    handed = await hands_over(lan, word_of_order(world, created.hold_id, lan.id))
    issued = sample(EsimProfileIssued, hold_id=created.hold_id, occurred_at=NOON)
    await world.deliver(issued)
    await world.tasks_run()

    assert handed == 204
    assert recipients(world) == [ORDERED]


async def test_a_mail_that_waits_for_an_address_leaves_when_the_order_names_one(
    world: World,
) -> None:
    """Heard in whatever order, and without an address of the account."""
    lan = world.customer()
    locked, created = slip(lan.id)
    issued = sample(EsimProfileIssued, hold_id=created.hold_id, occurred_at=NOON)
    await world.deliver(locked, created, issued)
    await world.tasks_run()
    assert recipients(world) == []

    await hands_over(lan, word_of_order(world, created.hold_id, lan.id))
    await world.tasks_run()

    assert recipients(world) == [ORDERED]


async def test_an_address_may_come_before_the_news_of_the_hold(world: World) -> None:
    lan = world.customer()
    locked, created = slip(lan.id)
    await hands_over(lan, word_of_order(world, created.hold_id, lan.id))

    issued = sample(EsimProfileIssued, hold_id=created.hold_id, occurred_at=NOON)
    await world.deliver(locked, created, issued)
    await world.tasks_run()

    assert recipients(world) == [ORDERED]


async def test_the_newest_word_of_the_order_counts(world: World) -> None:
    lan = world.customer()
    locked, created = slip(lan.id)
    await world.deliver(locked, created)
    now = datetime.now(UTC)
    newer = word_of_order(world, created.hold_id, lan.id, email="new@example.vn", at=now)
    older = word_of_order(world, created.hold_id, lan.id, at=now - timedelta(minutes=9))
    await hands_over(lan, newer)
    await hands_over(lan, older)

    await world.deliver(sample(EsimProfileIssued, hold_id=created.hold_id, occurred_at=NOON))
    await world.tasks_run()

    assert recipients(world) == ["new@example.vn"]


async def test_a_word_about_another_is_refused(world: World) -> None:
    lan, nam = world.customer(), world.customer()
    hold_id = uuid7()

    assert await hands_over(nam, word_of_order(world, hold_id, lan.id)) == 422
    assert await hands_over(lan, word_of_order(world, hold_id, lan.id, aud="offer")) == 422
    assert await hands_over(lan, word_of_order(world, hold_id, lan.id, iss="kyc")) == 422
    assert await hands_over(lan, "no.word") == 422


async def test_an_erased_person_leaves_no_address(world: World) -> None:
    lan = world.customer()
    locked, created = slip(lan.id)
    await world.deliver(locked, created)
    await hands_over(lan, word_of_order(world, created.hold_id, lan.id))

    await world.deliver(sample(SubjectErased, subject_id=lan.id, occurred_at=NOON))

    async with world.db.transaction() as tx:
        kept = select(func.count()).where(journeys.c.email_sealed.is_not(None))
        assert await tx.scalar(kept) == 0


@pytest.mark.parametrize("email", ["lan@example.vn,nam@example.vn", "lan@x.vn\r\nBcc: a@b.vn", "x"])
async def test_an_address_that_is_more_than_one_is_refused(world: World, email: str) -> None:
    answer = await world.customer().call("PUT", "/v1/me/contacts", email=email)

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["code"] == "EMAIL_INVALID"


async def test_an_address_of_another_script_is_kept_as_mail_servers_know_it(world: World) -> None:
    answer = await world.customer().call("PUT", "/v1/me/contacts", email=" lan@THỬ.vn ")

    assert answer.json()["email"] == "lan@xn--th-yct.vn"


MAILED: dict[type[Event], str] = {
    event: template for event, template in TOLD.items() if "EMAIL" in CHANNELS[template]
}


@pytest.mark.parametrize("event", MAILED)
def test_a_mail_opens_nothing_by_itself(event: type[Event]) -> None:
    """Nobody proved that an address is its owner's: the link asks who reads, no code is told."""
    sample_message = message(sample(event), MAILED[event])
    delivery = Delivery(
        message_id=sample_message.id,
        hold_id=sample_message.hold_id,
        template=sample_message.template,
        channel="EMAIL",
        created_at=NOON,
    )

    letter = write(sample_message, delivery, Contact(), "lan@example.vn", "https://c.vn")

    assert letter.link == sample_message.link("https://c.vn")
    assert letter.link
    assert letter.link.startswith("https://c.vn/")
    assert "LPA:" not in letter.body + letter.html
    assert "token" not in letter.body + letter.html


def test_what_is_about_an_account_is_told_to_the_verified_phone_alone() -> None:
    assert PasswordChanged not in TOLD
    assert CHANNELS["password_changed"] == ("INBOX", "SMS")
    assert "EMAIL" not in CHANNELS["hold_slip"]
