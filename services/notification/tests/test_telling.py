"""What is heard and who is told: once, in any order, with or without an address."""

import asyncio
from datetime import timedelta
from itertools import permutations
from typing import Any

import pytest
from services.notification.tests.readers import EMAIL, NOON, PHONE, World, sample, slip
from sqlalchemy import func, select, text

from events import (
    ConnectionCompleted,
    ConnectionRejected,
    EsimInstalled,
    EsimInstallFailed,
    EsimProfileIssued,
    Event,
    HoldClaimed,
    HoldExpired,
    KycFailed,
    PasswordChanged,
    SubjectErased,
)
from events.tables import parked
from kit import clock
from kit.db import Database
from kit.testing import assert_migrated
from notification.commands import stop_waiting
from notification.consumers import TOLD
from notification.domain import CHANNELS
from notification.tables import contacts, deliveries, messages, metadata


async def test_the_migrations_make_the_tables_of_the_code(db: Database) -> None:
    await assert_migrated("notification", metadata, db)


async def test_the_slip_goes_to_inbox_and_phone(world: World) -> None:
    """F3.13, F3.14."""
    lan = world.customer()
    await lan.can_be_reached()

    await world.hears(*slip(lan.id))
    await world.errands_run()

    item = (await lan.inbox())["items"][0]
    assert item["title"] == "Phiếu giữ số GS7K2M"
    assert "0909 123 456" in item["body"]
    assert await world.sent() == [("hold_slip", "INBOX"), ("hold_slip", "SMS")]
    (sms,) = world.sms.texts
    assert sms == (
        "Chon So: Quy khach da giu so 0909 123 456. Ma giu so: GS7K2M."
        " So duoc giu den 12:30 02/11/2026."
        " Vui long hoan tat dat hang va thanh toan truoc thoi diem nay."
    )
    assert next(iter(world.sms.sent.values()))["to"] == PHONE


@pytest.mark.parametrize(("event", "template"), TOLD.items())
async def test_every_fact_is_told_by_its_ways(
    world: World, event: type[Event], template: str
) -> None:
    lan = world.customer()
    await lan.can_be_reached()
    locked, created = slip(lan.id)
    await world.hears(locked, created)

    await world.hears(sample(event, hold_id=created.hold_id))
    await world.errands_run()

    ways = [channel for name, channel in await world.sent() if name == template]
    assert sorted(ways) == sorted(CHANNELS[template])
    assert await world.failed() == []


async def test_a_fact_heard_twice_is_told_once(world: World) -> None:
    lan = world.customer()
    await lan.can_be_reached()
    locked, created = slip(lan.id)
    expired = sample(HoldExpired, hold_id=created.hold_id)

    await world.hears(locked, created, created, expired, expired)
    await asyncio.gather(*(world.hears(expired, created) for _ in range(4)))
    await world.errands_run()

    assert len(world.sms.sent) == 2
    assert (await lan.inbox())["unread"] == 2


async def test_even_without_the_inbox_of_events_a_fact_is_told_once(world: World) -> None:
    """One message per fact is a constraint, not only a habit."""
    lan = world.customer()
    _, created = slip(lan.id)
    await world.hears(created)
    async with world.db.transaction() as tx:
        await tx.execute(text("delete from inbox"))

    await world.hears(created)

    assert (await lan.inbox())["unread"] == 1
    async with world.db.transaction() as tx:  # and a repeat is no trouble for an operator
        assert await tx.scalar(select(func.count()).select_from(parked)) == 0


async def test_a_fact_before_its_journey_waits_for_it(world: World) -> None:
    lan = world.customer()
    locked, created = slip(lan.id)

    await world.hears(sample(ConnectionCompleted, hold_id=created.hold_id))
    assert (await lan.inbox())["items"] == []
    await world.hears(locked, created)

    titles = [item["template"] for item in (await lan.inbox())["items"]]
    assert sorted(titles) == ["connected", "hold_slip"]
    async with world.db.transaction() as tx:
        assert await tx.scalar(select(func.count()).select_from(parked)) == 0


@pytest.mark.parametrize("order", list(permutations(range(4))))
async def test_a_journey_is_the_same_in_whatever_order_it_is_heard(
    world: World, order: tuple[int, ...]
) -> None:
    """P3.3: a channel's customer claims the slip; number, hold, claim and news in any order."""
    lan = world.customer()
    locked, created = slip(None, entrance="CHANNEL")
    heard: list[Event] = [
        locked,
        created,
        HoldClaimed(occurred_at=NOON, hold_id=created.hold_id, customer_id=lan.id),
        sample(HoldExpired, hold_id=created.hold_id),
    ]

    for index in order:
        await world.hears(heard[index])

    inbox = (await lan.inbox())["items"]
    assert sorted(item["template"] for item in inbox) == ["hold_expired", "hold_slip"]
    assert all("0909 123 456" in item["body"] for item in inbox)
    assert sorted(s for s in await world.sent()) == [
        ("hold_expired", "INBOX"),
        ("hold_slip", "INBOX"),
    ]


async def test_without_a_contact_the_inbox_has_it_and_the_phone_waits(world: World) -> None:
    """The message leaves when the address comes within a day."""
    lan = world.customer()
    await world.hears(*slip(lan.id))
    assert await world.failed() == [("hold_slip", "SMS", "NO_CONTACT")]
    world.after(timedelta(hours=23))

    await lan.can_be_reached()
    await world.errands_run()

    assert len(world.sms.sent) == 1
    assert ("hold_slip", "SMS") in await world.sent()


async def test_an_address_that_comes_after_a_day_gets_no_old_news(world: World) -> None:
    lan = world.customer()
    await world.hears(*slip(lan.id))
    world.after(timedelta(hours=25))

    await lan.can_be_reached()
    async with world.db.transaction() as tx:
        closed = await stop_waiting(
            tx, created_before=clock.now() - timedelta(hours=24), now=clock.now()
        )
    await world.errands_run()

    assert closed == 1
    assert world.sms.sent == {}
    assert len((await lan.inbox())["items"]) == 1


async def test_a_message_and_an_address_that_come_at_once_find_each_other(world: World) -> None:
    for _ in range(8):
        reader = world.customer()
        before = len(world.sms.sent)

        await asyncio.gather(world.hears(*slip(reader.id)), reader.can_be_reached())
        await world.errands_run()

        assert len(world.sms.sent) == before + 1


async def test_a_claim_and_an_address_that_come_at_once_find_each_other(world: World) -> None:
    for _ in range(8):
        reader = world.customer()
        locked, created = slip(None)
        await world.hears(locked, created)
        claimed = HoldClaimed(occurred_at=NOON, hold_id=created.hold_id, customer_id=reader.id)
        before = len(world.sms.sent)

        await asyncio.gather(world.hears(claimed), reader.can_be_reached())
        await world.errands_run()

        assert len(world.sms.sent) == before + 1


async def test_the_result_of_a_physical_sim_goes_everywhere(world: World) -> None:
    """F5a.13 TH1, F5a.15, G38."""
    item, ways = await told_about(world, ConnectionCompleted, sim="PHYSICAL")

    assert sorted(ways) == ["EMAIL", "INBOX", "SMS"]
    assert item["title"] == "Số 0909 123 456 đã hòa mạng"
    assert "lắp SIM" in item["body"]


@pytest.mark.parametrize("sim", ["PHYSICAL", "ESIM"])
async def test_a_refusal_says_why_and_what_to_do(world: World, sim: str) -> None:
    """F5a.13 TH2, F5a.17; F5b.12 TH2, F5b.19."""
    item, ways = await told_about(
        world, ConnectionRejected, sim=sim, reason_code="DOC_BLUR", repeat="PHOTO"
    )

    assert sorted(ways) == ["EMAIL", "INBOX", "SMS"]
    assert "ảnh giấy tờ bị mờ" in item["body"]
    assert "chụp lại giấy tờ" in item["body"]


async def test_the_esim_goes_to_inbox_and_mail_without_its_code(world: World) -> None:
    """F5b.13: push and e-mail both; the link asks who you are."""
    item, ways = await told_about(world, EsimProfileIssued)

    assert sorted(ways) == ["EMAIL", "INBOX"]
    assert item["link"] == f"/journeys/{item['hold_id']}/esim"
    mail = world.mailbox.received[-1]
    plain, html = (part.get_content() for part in mail.iter_parts())
    link = f"https://chonso.example.vn/journeys/{item['hold_id']}/esim"
    assert link in plain
    assert f'href="{link}"' in html
    assert "LPA:" not in plain + html
    assert "Thêm eSIM" in plain


async def test_an_installed_esim_is_told(world: World) -> None:
    """F5b.14 TH1, F5b.16."""
    _, ways = await told_about(world, EsimInstalled)

    assert sorted(ways) == ["EMAIL", "INBOX"]


async def test_a_failed_scan_is_told_with_help(world: World) -> None:
    """F5b.14 TH2, F5b.17, F5b.19, G29: the line stays connected."""
    item, ways = await told_about(world, EsimInstallFailed, reason_code="MEMORY_FULL")

    assert sorted(ways) == ["EMAIL", "INBOX", "SMS"]
    assert "vẫn hòa mạng" in item["body"]
    assert item["link"].endswith("/esim")


async def test_failed_documents_are_explained_one_by_one(world: World) -> None:
    """F5a.7 TH1, F5b.6 TH2."""
    item, _ = await told_about(
        world,
        KycFailed,
        reason_codes=["DOC_GLARE", "DOC_INCONSISTENT:full_name"],
        repeat="PHOTO",
        attempts_left=3,
    )

    assert "- ảnh giấy tờ bị lóa\n- thông tin trên giấy tờ không khớp nhau" in item["body"]
    assert "còn lại: 3" in item["body"]


async def test_a_changed_password_is_told_to_its_owner(world: World) -> None:
    """F2.11: it belongs to no journey."""
    lan = world.customer()
    await lan.can_be_reached()

    await world.hears(PasswordChanged(occurred_at=NOON, subject_id=lan.id, because="RESET"))
    await world.errands_run()

    item = (await lan.inbox())["items"][0]
    assert (item["template"], item["hold_id"], item["link"]) == ("password_changed", None, None)
    assert len(world.sms.sent) == 1


async def test_a_person_who_asks_for_it_is_forgotten(world: World) -> None:
    lan = world.customer()
    await lan.can_be_reached()
    await world.hears(*slip(lan.id))

    await world.hears(SubjectErased(occurred_at=NOON, subject_id=lan.id))
    await world.errands_run()

    assert world.sms.sent == {}
    assert (await lan.inbox())["items"] == []
    async with world.db.transaction() as tx:
        assert await tx.scalar(select(func.count()).select_from(contacts)) == 0


async def test_the_database_never_shows_an_address(world: World) -> None:
    lan = world.customer()
    await lan.can_be_reached(push_token="a-push-token")
    await world.hears(*slip(lan.id))
    await world.errands_run()

    async with world.db.transaction() as tx:
        rows = [
            str(row)
            for table in metadata.sorted_tables
            for row in await tx.execute(text(f'select t::text from "{table.name}" t'))  # noqa: S608, names are ours
        ]

    for secret in (PHONE, PHONE.removeprefix("84"), EMAIL, "a-push-token"):
        assert secret not in "\n".join(rows)
    async with world.db.transaction() as tx:
        assert await tx.scalar(select(func.count()).select_from(messages)) == 1
        assert await tx.scalar(select(func.count()).select_from(deliveries)) == 2


async def told_about(
    world: World, event: type[Event], *, sim: str = "ESIM", **values: Any
) -> tuple[dict[str, Any], list[str]]:
    lan = world.customer()
    await lan.can_be_reached()
    locked, created = slip(lan.id, sim=sim)
    await world.hears(locked, created, sample(event, hold_id=created.hold_id, **values))
    await world.errands_run()
    template = TOLD[event]
    item = next(i for i in (await lan.inbox())["items"] if i["template"] == template)
    return item, [channel for name, channel in await world.sent() if name == template]
