"""How challenges are remembered."""

from sqlalchemy import Column, DateTime, LargeBinary, String, Table, Uuid

from identity.challenges.domain import Challenge
from identity.registry import mapper, metadata

challenges = Table(
    "challenge",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("phone_index", String(64), nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Column("purpose", String(16), nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False, index=True),
)

mapper.map_imperatively(Challenge, challenges)
