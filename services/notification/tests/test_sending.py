"""The ways out: what happens when a gateway is slow, down, rude or loses its answer."""

import asyncio
from datetime import timedelta

import pytest
from services.notification.tests.readers import (
    EMAIL,
    NOON,
    Reader,
    World,
    sample,
    slip,
)
from sqlalchemy import select

from events import EsimProfileIssued
from kit import clock
from kit.tasks import Runner
from notification.messages.domain import Status
from notification.messages.gateways import tasks
from notification.tables import contacts, deliveries

A_WHILE = timedelta(minutes=10)


async def test_an_sms_whose_answer_was_lost_is_not_sent_twice(world: World) -> None:
    """The gateway knows the key again."""
    await slip_for(world)
    world.sms.loses_answers = True
    await world.tasks_run()
    world.sms.loses_answers = False
    world.after(A_WHILE)

    await world.tasks_run()

    assert world.sms.tries == 2
    assert len(world.sms.sent) == 1
    assert await world.sent() == [("hold_slip", "INBOX"), ("hold_slip", "SMS")]


async def test_an_outage_is_waited_for_as_long_as_the_message_is_of_use(world: World) -> None:
    await slip_for(world)
    world.sms.status = 503
    for _ in range(14):
        await world.tasks_run()
        world.after(A_WHILE)
    still_tried = await world.failed() == []
    world.after(timedelta(days=1))
    await world.tasks_run()

    assert still_tried
    assert world.sms.tries == 15
    assert await world.failed() == [("hold_slip", "SMS", "GAVE_UP")]


@pytest.mark.parametrize(("status", "reason"), [(413, "ANSWERED_413"), (410, "ANSWERED_410")])
async def test_what_the_gateway_will_never_take_is_asked_once(
    world: World, status: int, reason: str
) -> None:
    await slip_for(world)
    world.sms.status = status
    for _ in range(3):
        await world.tasks_run()
        world.after(A_WHILE)

    assert world.sms.tries == 1
    assert await world.failed() == [("hold_slip", "SMS", reason)]


@pytest.mark.parametrize("status", [401, 403, 429])
async def test_a_refusal_that_is_about_us_says_nothing_about_the_message(
    world: World, status: int
) -> None:
    await slip_for(world)
    world.sms.status = status
    for _ in range(14):
        await world.tasks_run()
        world.after(A_WHILE)
    world.sms.status = 202

    await world.tasks_run()

    assert await world.failed() == []
    assert len(world.sms.sent) == 1


async def test_a_number_that_does_not_exist_is_not_tried_again(world: World) -> None:
    await slip_for(world)
    world.sms.status = 422
    await world.tasks_run()
    world.after(A_WHILE)
    await world.tasks_run()

    assert world.sms.tries == 1
    assert await world.failed() == [("hold_slip", "SMS", "NUMBER_REFUSED")]


async def test_a_mail_has_a_plain_and_a_pretty_form(world: World) -> None:
    """F5b.13."""
    await esim_for(world)
    await world.tasks_run()

    mail = world.mailbox.received[0]
    assert (mail["To"], mail["Content-Language"]) == (EMAIL, "vi")
    assert mail["Subject"] == "eSIM của số 0909 123 456 đã sẵn sàng"
    assert mail.get_content_type() == "multipart/alternative"
    assert [p.get_content_type() for p in mail.iter_parts()] == ["text/plain", "text/html"]
    assert "Chọn Số" in mail["From"]


async def test_a_customer_reads_mail_in_their_language(world: World) -> None:
    await esim_for(world, locale="en")
    await world.tasks_run()

    assert world.mailbox.received[0]["Subject"] == "The eSIM of 0909 123 456 is ready"


async def test_a_mail_that_may_have_left_is_sent_again_under_the_same_name(world: World) -> None:
    """The window we cannot close: accepted by the server, and the line dead before the answer."""
    await esim_for(world)
    world.mailbox.hangs_up = True
    await world.tasks_run()
    assert await statuses(world) == [Status.SENDING]
    world.mailbox.hangs_up = False
    world.after(A_WHILE)

    await world.tasks_run()

    first, second = world.mailbox.received
    assert first["Message-ID"] == second["Message-ID"]
    assert first["Date"] == second["Date"]
    assert [s for s in await world.sent() if s[1] == "EMAIL"] == [("esim_ready", "EMAIL")]


@pytest.mark.parametrize(
    ("recipient", "data", "reason"),
    [
        ("550 5.1.1 no such user", "250 OK", "ADDRESS_REFUSED"),
        ("250 OK", "554 5.7.1 we do not like it", "MAIL_REFUSED"),
    ],
)
async def test_a_mail_refused_for_good_is_not_tried_again(
    world: World, recipient: str, data: str, reason: str
) -> None:
    await esim_for(world)
    world.mailbox.answer_to_recipient, world.mailbox.answer_to_data = recipient, data
    await world.tasks_run()

    assert await world.failed() == [("esim_ready", "EMAIL", reason)]
    assert await statuses(world) == [Status.FAILED]


@pytest.mark.parametrize(
    ("recipient", "data"),
    [("451 4.7.1 come back later", "250 OK"), ("250 OK", "421 4.3.2 closing")],
)
async def test_a_mail_server_that_asks_us_back_is_asked_again(
    world: World, recipient: str, data: str
) -> None:
    await esim_for(world)
    world.mailbox.answer_to_recipient, world.mailbox.answer_to_data = recipient, data
    await world.tasks_run()
    world.mailbox.answer_to_recipient = world.mailbox.answer_to_data = "250 OK"
    world.after(A_WHILE)

    await world.tasks_run()

    assert len(world.mailbox.received) == 1
    assert await world.failed() == []


async def test_many_runners_send_one_mail(world: World) -> None:
    await esim_for(world)

    await asyncio.gather(*(Runner(tasks, world.db).run_due(now=clock.now()) for _ in range(5)))

    assert len(world.mailbox.received) == 1


async def test_an_address_taken_back_is_not_used(world: World) -> None:
    await slip_for(world)
    async with world.db.transaction() as tx:
        await tx.execute(contacts.delete())

    await world.tasks_run()

    assert world.sms.tries == 0
    assert await world.failed() == [("hold_slip", "SMS", "NO_CONTACT")]


async def slip_for(world: World) -> Reader:
    lan = world.customer()
    await lan.can_be_reached()
    await world.deliver(*slip(lan.id))
    return lan


async def esim_for(world: World, **contact: str) -> Reader:
    lan = world.customer()
    await lan.can_be_reached(**contact)
    locked, created = slip(lan.id)
    issued = sample(EsimProfileIssued, hold_id=created.hold_id, occurred_at=NOON)
    await world.deliver(locked, created, issued)
    return lan


async def statuses(world: World) -> list[Status]:
    async with world.db.transaction() as tx:
        mails = select(deliveries.c.status).where(deliveries.c.channel == "EMAIL")
        return list(await tx.scalars(mails))
