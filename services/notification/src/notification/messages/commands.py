"""Messages: written about a fact, sent on their ways once, and read."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert

from events import Event
from events.ids import uuid7
from kit.db import Database, Tx
from kit.sealing import Sealer
from kit.tasks import PermanentError, Task
from kit.tasks.errors import is_passing
from notification.contacts.commands import Addresses
from notification.contacts.domain import Channel, Contact, Demanded
from notification.journeys.commands import customer_of, note_customer
from notification.messages.domain import (
    CHANNELS,
    Delivery,
    Letter,
    Message,
    NoSuchMessage,
    Status,
    Undeliverable,
)
from notification.messages.gateways import KINDS, Gateway, tasks
from notification.settings import Settings
from notification.tables import (
    all_messages,
    contacts,
    deliveries,
    forgotten,
    journeys,
    messages,
)
from notification.texts.gateways import compose, page


class Notifier:
    """Writes and sends messages, with the addresses and the settings of this process."""

    def __init__(self, sealer: Sealer, settings: Settings) -> None:
        self._addresses, self._settings = Addresses(sealer), settings

    async def tell(
        self, tx: Tx, event: Event, template: str, *, now: datetime, customer_id: UUID | None = None
    ) -> None:
        """Write a message about a fact and send it on its ways; a fact is told once."""
        hold_id: UUID | None = getattr(event, "hold_id", None)
        if hold_id:
            customer_id = await customer_of(tx, hold_id)
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
        await note_customer(tx, hold_id, customer_id)
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
        """Remember the contact of a person, and send the copies that were waiting for it."""
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
        self, task: Task, db: Database, gateways: dict[Channel, Gateway], *, now: datetime
    ) -> None:
        """Hand one copy of a message to its gateway, and note the outcome."""
        async with db.transaction() as tx:
            letter, channel = await self._prepare(tx, task, now=now)
        if letter is None:
            return
        refused: str | None = None
        try:
            await gateways[channel].send(letter)
        except (Undeliverable, PermanentError) as error:
            refused = error.reason_code
        except Exception as error:
            age = now - letter.written_at
            if self._settings.tries_again(task.attempts, age=age, outage=is_passing(error)):
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
        message = await _message_of(tx, delivery.message_id)
        contact = await self._addresses.contact(tx, message.customer_id)
        to = await self._address(tx, contact, delivery)
        if to is None:  # the address was taken back since
            await tx.publish(delivery.miss_contact(now=now))
            await task.done(tx, now=now)
            return None, delivery.channel
        delivery.begin()
        try:
            letter = write(message, delivery, contact, to, self._settings.public_url)
        except Exception as error:
            raise PermanentError("CANNOT_BE_WORDED") from error
        return letter, delivery.channel

    async def _address(self, tx: Tx, contact: Contact, delivery: Delivery) -> str | None:
        return await self._addresses.address(tx, contact, delivery.channel, delivery.hold_id)

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
        elif await self._address(tx, contact, delivery):
            await tasks.add(tx, KINDS[delivery.channel], ref=delivery.id, due_at=now)
        else:
            await tx.publish(delivery.miss_contact(now=now))

    async def _catch_up(self, tx: Tx, customer_id: UUID, *, now: datetime) -> None:
        contact = await self._addresses.contact(tx, customer_id)
        of_person = messages.c.customer_id == customer_id
        waiting = (
            select(Delivery)
            .join(messages, messages.c.id == deliveries.c.message_id)
            .where(of_person, deliveries.c.status == Status.WAITING)
            .with_for_update(of=deliveries)
        )
        for delivery in await tx.scalars(waiting):
            in_time = delivery.created_at > now - self._settings.waiting_time
            if delivery.channel == "INBOX":
                await tx.publish(delivery.sent(now=now))
            elif in_time and await self._address(tx, contact, delivery):
                delivery.be_ready()
                await tasks.add(tx, KINDS[delivery.channel], ref=delivery.id, due_at=now)


async def mark_read(tx: Tx, customer_id: UUID, message_id: UUID, *, now: datetime) -> None:
    """Note when a person first read a message; raise `NoSuchMessage` for another's."""
    own = (messages.c.id == message_id) & (messages.c.customer_id == customer_id)
    if await tx.scalar(select(messages.c.id).where(own)) is None:
        raise NoSuchMessage
    unread = own & messages.c.read_at.is_(None)
    await tx.execute(update(messages).where(unread).values(read_at=now))


async def forget_person(tx: Tx, customer_id: UUID) -> None:
    """Forget the addresses of a person, and whom messages and journeys were about."""
    await tx.advisory_lock("contact", customer_id)
    await tx.execute(contacts.delete().where(contacts.c.customer_id == customer_id))
    await tx.execute(insert(forgotten).values(customer_id=customer_id).on_conflict_do_nothing())
    of_person = update(messages).where(messages.c.customer_id == customer_id)
    await tx.execute(of_person.values(customer_id=None))
    of_person = update(journeys).where(journeys.c.customer_id == customer_id)
    await tx.execute(of_person.values(customer_id=None, email_sealed=None))


async def stop_waiting(tx: Tx, *, created_before: datetime, now: datetime) -> int:
    """Close copies whose address did not come in time; that it was missing was said before."""
    late = (
        (deliveries.c.status == Status.WAITING)
        & (deliveries.c.channel != "INBOX")
        & (deliveries.c.created_at <= created_before)
    )
    closed = update(deliveries).where(late).values(status=Status.FAILED, settled_at=now)
    return len((await tx.scalars(closed.returning(deliveries.c.id))).all())


def write(message: Message, delivery: Delivery, contact: Contact, to: str, url: str) -> Letter:
    """Write a copy of a message in the language of its reader."""
    facts = message.context(url)
    title, body = compose(message.template, contact.locale, facts)
    return Letter(
        message_id=message.id,
        delivery_id=delivery.id,
        template=message.template,
        to=to,
        title=title,
        body=body,
        link=facts["link"],
        html=page(contact.locale, facts, title, body),
        written_at=message.created_at,
        locale=contact.locale,
    )


async def _message_of(tx: Tx, message_id: UUID) -> Message:
    """Return a message with what its journey adds; raise `NoSuchMessage`."""
    row = (await tx.execute(all_messages().where(messages.c.id == message_id))).one_or_none()
    if row is None:
        raise NoSuchMessage
    return Message(**row._asdict())
