"""Telling people what they should know, once, by every way that is right for it."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert

from events import Defer, Event, HoldCreated, NumberSoftLocked
from events.ids import uuid7
from kit.db import Database, Tx
from kit.sealing import Sealer
from kit.tasks import PermanentError, Task
from kit.tasks.errors import is_passing
from notification.contacts.commands import Addresses
from notification.messages.domain import (
    CHANNELS,
    Channel,
    Contact,
    Delivery,
    Demanded,
    Letter,
    NoSuchMessage,
    Status,
    Undeliverable,
)
from notification.messages.gateways import ERRANDS, Gateway, errands, write
from notification.settings import Settings
from notification.tables import (
    contacts,
    deliveries,
    forgotten,
    journeys,
    message_of,
    messages,
    numbers,
)


class Desk:
    """The commands, with the key and the rules they work with."""

    def __init__(self, sealer: Sealer, rules: Settings) -> None:
        self._addresses, self._rules = Addresses(sealer), rules

    async def tell(
        self, tx: Tx, event: Event, template: str, *, now: datetime, customer_id: UUID | None = None
    ) -> None:
        """Write a message about a fact and send it on its ways; a fact is told once."""
        hold_id: UUID | None = getattr(event, "hold_id", None)
        if hold_id:
            customer_id = await self._customer_of(tx, hold_id)
        row = {
            "id": uuid7(),
            "event_id": event.event_id,
            "template": template,
            "hold_id": hold_id,
            "customer_id": customer_id,
            "facts": event.model_dump(mode="json", exclude={"event_id"}),
            "created_at": now,
        }
        new = insert(messages).values(row).on_conflict_do_nothing().returning(messages.c.id)
        message_id = await tx.scalar(new)
        if message_id is None:
            return
        contact = await self._addresses.contact(tx, customer_id)
        for channel in CHANNELS[template]:
            delivery = Delivery(
                message_id=message_id,
                hold_id=hold_id,
                template=template,
                channel=channel,
                created_at=now,
            )
            tx.add(delivery)
            await self._dispatch(tx, delivery, customer_id, contact, now=now)

    async def note_claim(self, tx: Tx, hold_id: UUID, customer_id: UUID, *, now: datetime) -> None:
        """Give a journey its customer (P3.3), who reads what was said before as well."""
        await tx.advisory_lock("journey", hold_id)
        row = insert(journeys).values(hold_id=hold_id, customer_id=customer_id)
        await tx.execute(
            row.on_conflict_do_update(index_elements=["hold_id"], set_={"customer_id": customer_id})
        )
        orphans = messages.c.customer_id.is_(None) & (messages.c.hold_id == hold_id)
        await tx.execute(update(messages).where(orphans).values(customer_id=customer_id))
        await self._catch_up(tx, customer_id, now=now)

    async def change_contact(
        self,
        tx: Tx,
        customer_id: UUID,
        change: Callable[[Contact | None], Contact],
        *,
        now: datetime,
    ) -> Contact:
        """Remember how a person can be reached, and send what was waiting for that."""
        contact, is_new = await self._addresses.change(tx, customer_id, change, now=now)
        if is_new:
            await self._catch_up(tx, customer_id, now=now)
        return contact

    async def note_email(
        self, tx: Tx, hold_id: UUID, customer_id: UUID, demanded: Demanded, *, now: datetime
    ) -> None:
        """Send what is mailed about a journey to the address that its order demanded."""
        await self._addresses.keep_email(tx, hold_id, customer_id, demanded)
        await self._catch_up(tx, customer_id, now=now)

    async def deliver(
        self, task: Task, db: Database, ways: dict[Channel, Gateway], *, now: datetime
    ) -> None:
        """Hand one copy of a message to its gateway, and remember how that went."""
        async with db.transaction() as tx:
            letter, channel = await self._prepare(tx, task, now=now)
        if letter is None:
            return
        refused: str | None = None
        try:
            await ways[channel].send(letter)
        except (Undeliverable, PermanentError) as error:
            refused = error.reason_code
        except Exception as error:
            age = now - letter.written_at
            if self._rules.tries_again(task.attempts, age=age, outage=is_passing(error)):
                raise
            refused = "GAVE_UP"
        async with db.transaction() as tx:
            delivery = await tx.get(Delivery, task.ref, with_for_update=True)
            if await task.done(tx, now=now) and delivery and not delivery.is_settled:
                end = delivery.fail(refused, now=now) if refused else delivery.sent(now=now)
                await tx.publish(end)

    async def _prepare(self, tx: Tx, task: Task, *, now: datetime) -> tuple[Letter | None, Channel]:
        delivery = await tx.get_one(Delivery, task.ref, with_for_update=True)
        if delivery.status not in (Status.READY, Status.SENDING):
            await task.done(tx, now=now)
            return None, delivery.channel
        message = await message_of(tx, delivery.message_id)
        contact = await self._addresses.contact(tx, message.customer_id)
        to = await self._addresses.address(tx, contact, delivery)
        if to is None:  # the address was taken back since
            await tx.publish(delivery.miss_contact(now=now))
            await task.done(tx, now=now)
            return None, delivery.channel
        delivery.begin()
        try:
            letter = write(message, delivery, contact, to, self._rules.public_url)
        except Exception as error:
            raise PermanentError("CANNOT_BE_WORDED") from error
        return letter, delivery.channel

    async def _customer_of(self, tx: Tx, hold_id: UUID) -> UUID | None:
        await tx.advisory_lock("journey", hold_id)
        journey = select(journeys.c.hold_code, journeys.c.customer_id)
        row = (await tx.execute(journey.where(journeys.c.hold_id == hold_id))).one_or_none()
        if row is None or row.hold_code is None:
            raise Defer("HoldCreated")
        customer_id: UUID | None = row.customer_id
        return customer_id

    async def _dispatch(
        self,
        tx: Tx,
        delivery: Delivery,
        customer_id: UUID | None,
        contact: Contact,
        *,
        now: datetime,
    ) -> None:
        if delivery.channel == "INBOX":
            if customer_id:
                await tx.publish(delivery.sent(now=now))
            else:
                delivery.wait()
        elif await self._addresses.address(tx, contact, delivery):
            await errands.add(tx, ERRANDS[delivery.channel], ref=delivery.id, due_at=now)
        else:
            await tx.publish(delivery.miss_contact(now=now))

    async def _catch_up(self, tx: Tx, customer_id: UUID, *, now: datetime) -> None:
        contact = await self._addresses.contact(tx, customer_id)
        theirs = messages.c.customer_id == customer_id
        waiting = (
            select(Delivery)
            .join(messages, messages.c.id == deliveries.c.message_id)
            .where(theirs, deliveries.c.status == Status.WAITING)
            .with_for_update(of=deliveries)
        )
        for delivery in await tx.scalars(waiting):
            in_time = delivery.created_at > now - self._rules.waiting_time
            if delivery.channel == "INBOX":
                await tx.publish(delivery.sent(now=now))
            elif in_time and await self._addresses.address(tx, contact, delivery):
                delivery.be_ready()
                await errands.add(tx, ERRANDS[delivery.channel], ref=delivery.id, due_at=now)


async def note_number(tx: Tx, locked: NumberSoftLocked) -> None:
    """Keep a number's digits: later facts carry only its id (F3.2)."""
    row = insert(numbers).values(id=locked.number_id, msisdn=locked.msisdn)
    await tx.execute(row.on_conflict_do_nothing())


async def note_hold(tx: Tx, created: HoldCreated) -> None:
    """Keep what later messages of this journey need; a claim heard before is not forgotten."""
    await tx.advisory_lock("journey", created.hold_id)
    values: dict[str, Any] = {
        "hold_code": created.hold_code,
        "sim": created.sim,
        "number_id": created.number_id,
    }
    row = insert(journeys).values(
        hold_id=created.hold_id, customer_id=created.customer_id, **values
    )
    owner = {"customer_id": created.customer_id} if created.customer_id else {}
    await tx.execute(row.on_conflict_do_update(index_elements=["hold_id"], set_=values | owner))


async def mark_read(tx: Tx, customer_id: UUID, message_id: UUID, *, now: datetime) -> None:
    """Note that somebody has read a message; the first time counts."""
    mine = (messages.c.id == message_id) & (messages.c.customer_id == customer_id)
    if await tx.scalar(select(messages.c.id).where(mine)) is None:
        raise NoSuchMessage
    unread = mine & messages.c.read_at.is_(None)
    await tx.execute(update(messages).where(unread).values(read_at=now))


async def forget_person(tx: Tx, customer_id: UUID) -> None:
    """Forget how somebody could be reached, and what was said to whom."""
    await tx.advisory_lock("contact", customer_id)
    await tx.execute(contacts.delete().where(contacts.c.customer_id == customer_id))
    await tx.execute(insert(forgotten).values(customer_id=customer_id).on_conflict_do_nothing())
    theirs = update(messages).where(messages.c.customer_id == customer_id)
    await tx.execute(theirs.values(customer_id=None))
    theirs = update(journeys).where(journeys.c.customer_id == customer_id)
    await tx.execute(theirs.values(customer_id=None, email_sealed=None))


async def stop_waiting(tx: Tx, *, created_before: datetime, now: datetime) -> int:
    """Close copies whose address did not come in time; that it was missing was said before."""
    late = (
        (deliveries.c.status == Status.WAITING)
        & (deliveries.c.channel != "INBOX")
        & (deliveries.c.created_at <= created_before)
    )
    closed = update(deliveries).where(late).values(status=Status.FAILED, settled_at=now)
    return len((await tx.scalars(closed.returning(deliveries.c.id))).all())
