"""How messages and journeys are remembered; who can be reached where is sealed."""

from typing import Any, cast
from uuid import UUID

from sqlalchemy import (
    Column,
    DateTime,
    Enum,
    ForeignKey,
    Index,
    LargeBinary,
    Select,
    String,
    Table,
    UniqueConstraint,
    Uuid,
    select,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB

from kit.db import Tx, service_registry
from kit.sealing import Sealer
from notification.messages.domain import Contact, Delivery, Locale, Message, NoSuchMessage, Status

mapper = service_registry()
metadata = mapper.metadata

numbers = Table(
    "number",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("msisdn", String(16), nullable=False),
)

journeys = Table(
    "journey",
    metadata,
    Column("hold_id", Uuid, primary_key=True),
    Column("customer_id", Uuid, index=True),
    Column("hold_code", String(32)),
    Column("sim", String(8)),
    Column("number_id", Uuid),
    # The e-mail address that its order demanded, and when the order service said so.
    Column("email_sealed", LargeBinary),
    Column("email_as_of", DateTime(timezone=True)),
)

contacts = Table(
    "contact",
    metadata,
    Column("customer_id", Uuid, primary_key=True),
    Column("sealed", LargeBinary, nullable=False),
    Column("locale", String(8), nullable=False),
    Column("updated_at", DateTime(timezone=True), nullable=False),
)

# Who asked to be forgotten: their last token, good for some minutes, brings no address back.
forgotten = Table("forgotten", metadata, Column("customer_id", Uuid, primary_key=True))

messages = Table(
    "message",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("event_id", Uuid, nullable=False),
    Column("template", String(32), nullable=False),
    Column("hold_id", Uuid, index=True),
    Column("customer_id", Uuid),
    Column("facts", JSONB, nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("read_at", DateTime(timezone=True)),
    UniqueConstraint("event_id", "template", name="one_message_per_fact"),
    Index("message_inbox_idx", "customer_id", "id"),
)

deliveries = Table(
    "delivery",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("message_id", Uuid, ForeignKey("message.id"), nullable=False),
    Column("hold_id", Uuid),
    Column("template", String(32), nullable=False),
    Column("channel", String(8), nullable=False),
    Column("status", Enum(Status, native_enum=False, length=16), nullable=False),
    Column("reason_code", String(64)),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("settled_at", DateTime(timezone=True)),
    UniqueConstraint("message_id", "channel", name="one_copy_per_channel"),
    Index("delivery_waiting_idx", "created_at", postgresql_where=text("status = 'WAITING'")),
)

mapper.map_imperatively(Delivery, deliveries)


def all_messages() -> Select[Any]:
    """Read messages with the journeys they are about."""
    return (
        select(
            messages.c.id,
            messages.c.template,
            messages.c.hold_id,
            messages.c.customer_id,
            messages.c.facts,
            messages.c.created_at,
            messages.c.read_at,
            journeys.c.hold_code,
            journeys.c.sim,
            numbers.c.msisdn,
        )
        .join(journeys, journeys.c.hold_id == messages.c.hold_id, isouter=True)
        .join(numbers, numbers.c.id == journeys.c.number_id, isouter=True)
    )


async def message_of(tx: Tx, message_id: UUID) -> Message:
    """Read one message with the journey it is about."""
    row = (await tx.execute(all_messages().where(messages.c.id == message_id))).one_or_none()
    if row is None:
        raise NoSuchMessage
    return Message(**row._asdict())


async def contact_of(tx: Tx, customer_id: UUID, sealer: Sealer) -> Contact | None:
    """Open how somebody can be reached."""
    row = (
        await tx.execute(
            select(contacts.c.sealed, contacts.c.locale).where(
                contacts.c.customer_id == customer_id
            )
        )
    ).one_or_none()
    if row is None:
        return None
    secret = sealer.open_json(row.sealed, about=str(customer_id))
    return Contact(locale=cast("Locale", row.locale), **secret)
