"""How one-time codes are remembered."""

from sqlalchemy import (
    Column,
    DateTime,
    Enum,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB

from identity.codes.domain import Code, Message, Purpose
from identity.registry import mapper, metadata

codes = Table(
    "code",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("phone_index", String(64), nullable=False),
    Column("purpose", Enum(Purpose, native_enum=False, length=16), nullable=False),
    Column("message", Enum(Message, native_enum=False, length=16), nullable=False),
    Column("digest", String(64), nullable=False),
    Column("sealed", LargeBinary),
    Column("tries_left", Integer, nullable=False),
    Column("wrong_tries", JSONB, nullable=False, server_default=text("'{}'")),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("expires_at", DateTime(timezone=True), nullable=False),
    Column("used_at", DateTime(timezone=True)),
    Column("origin", String(64)),
    Index("code_phone_idx", "phone_index", "created_at"),
    Index("code_origin_idx", "origin", "created_at"),
    Index("code_sealed_idx", "expires_at", postgresql_where=text("sealed is not null")),
)

mapper.map_imperatively(Code, codes)
