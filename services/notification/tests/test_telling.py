"""Messages about facts: once, in any order of arrival, with or without an address."""

import asyncio
from datetime import timedelta
from itertools import permutations

import pytest
from services.notification.tests.readers import NOON, PHONE, World, sample, slip
from sqlalchemy import func, select, text

from events import ConnectionCompleted, Event, HoldClaimed, HoldExpired
from events.transport.tables import parked
from kit import clock
from kit.db import Database
from kit.testing import assert_migrated
from notification.messages.commands import stop_waiting
from notification.messages.consumers import TOLD
from notification.messages.domain import CHANNELS
from notification.tables import metadata


async def test_the_migrations_make_the_tables_of_the_code(db: Database) -> None:
    await assert_migrated("notification", metadata, db)


async def test_the_slip_goes_to_inbox_and_phone(world: World) -> None:
    """F3.13, F3.14."""
    lan = world.customer()
    await lan.can_be_reached()

    await world.deliver(*slip(lan.id))
    await world.tasks_run()

    item = (await lan.inbox())["items"][0]
    assert item["title"] == "Phiếu giữ số GS7K2M"
    assert "0909 123 456" in item["body"]
    assert await world.sent() == [("hold_slip", "INBOX"), ("hold_slip", "SMS")]
    (sms,) = world.sms.texts
    assert sms == (
        "Chon So: Quy khach da giu so 0909 123 456. Ma giu so: GS7K2M."
        " So duoc giu den 12:30 02/11/2026."
        " Vui long hoan tat dat hang va thanh toan truoc thoi diem nay."
        f" https://chonso.example.vn{item['link']}"
    )
    assert next(iter(world.sms.sent.values()))["to"] == PHONE


@pytest.mark.parametrize(("event", "template"), TOLD.items())
async def test_every_fact_is_told_by_its_ways(
    world: World, event: type[Event], template: str
) -> None:
    lan = world.customer()
    await lan.can_be_reached()
    locked, created = slip(lan.id)
    await world.deliver(locked, created)

    await world.deliver(sample(event, hold_id=created.hold_id))
    await world.tasks_run()

    ways = [channel for name, channel in await world.sent() if name == template]
    assert sorted(ways) == sorted(CHANNELS[template])
    assert await world.failed() == []


async def test_a_fact_heard_twice_is_told_once(world: World) -> None:
    lan = world.customer()
    await lan.can_be_reached()
    locked, created = slip(lan.id)
    expired = sample(HoldExpired, hold_id=created.hold_id)

    await world.deliver(locked, created, created, expired, expired)
    await asyncio.gather(*(world.deliver(expired, created) for _ in range(4)))
    await world.tasks_run()

    assert len(world.sms.sent) == 2
    assert (await lan.inbox())["unread"] == 2


async def test_even_without_the_inbox_of_events_a_fact_is_told_once(world: World) -> None:
    """One message per fact is a constraint, not only a habit."""
    lan = world.customer()
    _, created = slip(lan.id)
    await world.deliver(created)
    async with world.db.transaction() as tx:
        await tx.execute(text("delete from inbox"))

    await world.deliver(created)

    assert (await lan.inbox())["unread"] == 1
    async with world.db.transaction() as tx:  # and a repeat is no trouble for an operator
        assert await tx.scalar(select(func.count()).select_from(parked)) == 0


async def test_a_fact_before_its_journey_waits_for_it(world: World) -> None:
    lan = world.customer()
    locked, created = slip(lan.id)

    await world.deliver(sample(ConnectionCompleted, hold_id=created.hold_id))
    assert (await lan.inbox())["items"] == []
    await world.deliver(locked, created)

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
    events: list[Event] = [
        locked,
        created,
        HoldClaimed(occurred_at=NOON, hold_id=created.hold_id, customer_id=lan.id),
        sample(HoldExpired, hold_id=created.hold_id),
    ]

    for index in order:
        await world.deliver(events[index])

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
    await world.deliver(*slip(lan.id))
    assert await world.failed() == [("hold_slip", "SMS", "NO_CONTACT")]
    world.after(timedelta(hours=23))

    await lan.can_be_reached()
    await world.tasks_run()

    assert len(world.sms.sent) == 1
    assert ("hold_slip", "SMS") in await world.sent()


async def test_an_address_that_comes_after_a_day_gets_no_old_news(world: World) -> None:
    lan = world.customer()
    await world.deliver(*slip(lan.id))
    world.after(timedelta(hours=25))

    await lan.can_be_reached()
    async with world.db.transaction() as tx:
        closed = await stop_waiting(
            tx, created_before=clock.now() - timedelta(hours=24), now=clock.now()
        )
    await world.tasks_run()

    assert closed == 1
    assert world.sms.sent == {}
    assert len((await lan.inbox())["items"]) == 1


async def test_a_message_and_an_address_that_come_at_once_find_each_other(world: World) -> None:
    for _ in range(8):
        reader = world.customer()
        before = len(world.sms.sent)

        await asyncio.gather(world.deliver(*slip(reader.id)), reader.can_be_reached())
        await world.tasks_run()

        assert len(world.sms.sent) == before + 1


async def test_a_claim_and_an_address_that_come_at_once_find_each_other(world: World) -> None:
    for _ in range(8):
        reader = world.customer()
        locked, created = slip(None)
        await world.deliver(locked, created)
        claimed = HoldClaimed(occurred_at=NOON, hold_id=created.hold_id, customer_id=reader.id)
        before = len(world.sms.sent)

        await asyncio.gather(world.deliver(claimed), reader.can_be_reached())
        await world.tasks_run()

        assert len(world.sms.sent) == before + 1
