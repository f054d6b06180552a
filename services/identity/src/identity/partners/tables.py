"""How sales channels are remembered."""

from sqlalchemy import Boolean, Column, DateTime, String, Table, Text, Uuid

from identity.partners.domain import SalesChannel
from identity.registry import mapper, metadata

partners = Table(
    "partner",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("client_id", String(64), nullable=False, unique=True),
    Column("secret_hash", Text, nullable=False),
    Column("channel_code", String(32), nullable=False, unique=True),
    Column("name", String(100), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("region", String(8)),
    Column("collects_fee", Boolean, nullable=False),
    Column("delivers", Boolean, nullable=False),
    Column("own_customers", Boolean, nullable=False),
    Column("active", Boolean, nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("session_id", Uuid, nullable=False),
)

mapper.map_imperatively(SalesChannel, partners)
