"""How customers are remembered: what could name them is sealed."""

from typing import Any

from sqlalchemy import Column, DateTime, Enum, LargeBinary, String, Table, Text, Uuid, select

from identity.accounts.domain import Customer, Registration, Reset, Status
from identity.registry import mapper, metadata
from kit.db import Tx
from kit.sealing import Sealer

customers = Table(
    "customer",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("phone_index", String(64), nullable=False, unique=True),
    Column("sealed", LargeBinary, nullable=False),
    Column("locale", String(8), nullable=False),
    Column("password_hash", Text),
    Column("status", Enum(Status, native_enum=False, length=16), nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("activated_at", DateTime(timezone=True)),
)

registrations = Table(
    "registration",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("phone_index", String(64), nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Column("password_hash", Text, nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False),
)

resets = Table(
    "password_reset",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("phone_index", String(64), nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("token_digest", String(64)),
    Column("token_expires_at", DateTime(timezone=True)),
    Column("finished_at", DateTime(timezone=True)),
)

mapper.map_imperatively(Customer, customers)
mapper.map_imperatively(Registration, registrations)
mapper.map_imperatively(Reset, resets)


async def active_customer(tx: Tx, phone_index: str) -> Customer | None:
    """Find an open account by its phone, and keep its password from changing meanwhile."""
    active = customers.c.status == Status.ACTIVE
    mine = select(Customer).where(customers.c.phone_index == phone_index, active)
    return (await tx.scalars(mine.with_for_update())).one_or_none()


def profile_of(customer: Customer, sealer: Sealer) -> dict[str, Any]:
    """Open what is sealed about a customer."""
    profile: dict[str, Any] = sealer.open_json(customer.sealed, about=str(customer.id))
    return profile
