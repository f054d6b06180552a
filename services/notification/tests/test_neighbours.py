"""One bad message, and one way out that hangs, keep no other message from its reader."""

from services.notification.tests.readers import NOON, PHONE, World, sample, slip
from sqlalchemy import select, text, update

from events import EsimProfileIssued
from kit import clock
from kit.tasks import Runner, task
from notification.messages.gateways import tasks
from notification.tables import messages


async def test_a_message_that_cannot_be_worded_keeps_no_other_from_its_reader(
    world: World,
) -> None:
    """Its errand is on the work list at once; the inbox and the other messages go on."""
    lan = world.customer(phone=PHONE)
    await lan.inbox()
    for _ in range(3):
        await world.deliver(*slip(lan.id))
    async with world.db.transaction() as tx:
        first = select(messages.c.id).order_by(messages.c.id).limit(1)
        spoil = update(messages).where(messages.c.id == first.scalar_subquery())
        await tx.execute(spoil.values(facts={"hold_id": "lost"}))

    await world.tasks_run()

    assert len(world.sms.sent) == 2
    assert len((await lan.inbox())["items"]) == 2
    async with world.db.transaction() as tx:
        listed = select(task.c.kind, task.c.reason_code).where(task.c.listed_at.is_not(None))
        assert (await tx.execute(listed)).all() == [("deliver_sms", "CANNOT_BE_WORDED")]


async def test_mails_that_hang_keep_no_sms_waiting(world: World) -> None:
    """Each way out has its own tasks, of which only some are carried out at a time."""
    lan = world.customer()
    await lan.can_be_reached()
    for _ in range(12):
        locked, created = slip(lan.id)
        issued = sample(EsimProfileIssued, hold_id=created.hold_id, occurred_at=NOON)
        await world.deliver(locked, created, issued)
    async with world.db.transaction() as tx:
        first_mails = text("update task set due_at = due_at - interval '1 hour' where kind = :kind")
        await tx.execute(first_mails, {"kind": "deliver_email"})

    await Runner(tasks, world.db).run_due(now=clock.now())

    assert len(world.sms.sent) == 8
    assert len(world.mailbox.received) == 8
