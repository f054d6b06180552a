"""The schema of the notification service; addresses are sealed."""

from typing import Any

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

from kit.db import service_registry
from notification.messages.domain import Delivery, Status

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

# People who asked to be forgotten: their last token, good for some minutes, brings no address back.
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
    """Select messages with the journeys they are about."""
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
