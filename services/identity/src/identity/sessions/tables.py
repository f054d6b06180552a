"""How sessions are remembered."""

from sqlalchemy import Column, DateTime, Enum, ForeignKey, Index, String, Table, Uuid, text

from identity.registry import mapper, metadata
from identity.sessions.domain import Kind, RefreshToken, Session

sessions = Table(
    "session",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("subject_id", Uuid, nullable=False),
    Column("kind", Enum(Kind, native_enum=False, length=16), nullable=False),
    Column("address", String(64)),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("ended_at", DateTime(timezone=True)),
    Column("ended_because", String(32)),
    Index("session_address_idx", "subject_id", "address"),
    Index("session_open_idx", "subject_id", postgresql_where=text("ended_at is null")),
)

refresh_tokens = Table(
    "refresh_token",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column(
        "session_id", Uuid, ForeignKey("session.id", ondelete="CASCADE"), nullable=False, index=True
    ),
    Column("issued_at", DateTime(timezone=True), nullable=False),
    Column("expires_at", DateTime(timezone=True), nullable=False, index=True),
    Column("replaced_at", DateTime(timezone=True)),
)

mapper.map_imperatively(Session, sessions)
mapper.map_imperatively(RefreshToken, refresh_tokens)
