"""The table of idempotent requests: digests of their content, and the id of the result."""

from sqlalchemy import Column, DateTime, Index, MetaData, Table, Text, Uuid
from sqlalchemy.dialects.postgresql import JSONB

metadata = MetaData()

named_request = Table(
    "named_request",
    metadata,
    Column("caller", Uuid, primary_key=True),
    Column("route", Text, primary_key=True),
    Column("key_digest", Text, primary_key=True),
    Column("said", JSONB, nullable=False),
    Column("made", Uuid, nullable=False),
    Column("expires_at", DateTime(timezone=True)),
    Index("named_request_expires_at_idx", "expires_at"),
)
