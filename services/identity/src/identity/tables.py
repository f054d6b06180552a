"""The tables of the identity service; names, phones and e-mail addresses are sealed in them."""

from sqlalchemy import (
    ARRAY,
    Boolean,
    Column,
    DateTime,
    Enum,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    Uuid,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB

from identity.accounts.domain import Customer, Registration, Status
from identity.challenges.domain import Challenge
from identity.codes.domain import Code, Message, Purpose
from identity.partners.domain import SalesChannel
from identity.resets.domain import Reset
from identity.sessions.domain import RefreshToken, Session, SessionKind
from identity.staff.domain import StaffMember
from kit.db import service_registry

mapper = service_registry()
metadata = mapper.metadata

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

challenges = Table(
    "challenge",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("phone_index", String(64), nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Column("purpose", String(16), nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False, index=True),
)

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

attempts = Table(
    "login_attempt",
    metadata,
    Column("who", String(64), primary_key=True),
    Column("since", DateTime(timezone=True), nullable=False),
    Column("count", Integer, nullable=False),
)

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
    Column("secret_changed_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("session_id", Uuid, nullable=False),
)

sessions = Table(
    "session",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("subject_id", Uuid, nullable=False),
    Column("kind", Enum(SessionKind, native_enum=False, length=16), nullable=False),
    Column("client", String(16), nullable=False, server_default="app"),
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

staff = Table(
    "staff",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("username", String(64), nullable=False, unique=True),
    Column("password_hash", Text, nullable=False),
    Column("roles", ARRAY(String(32)), nullable=False),
    Column("regions", ARRAY(String(8)), nullable=False),
    Column("shop_code", String(16)),
    Column("active", Boolean, nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("changed_at", DateTime(timezone=True), nullable=False),
)

mapper.map_imperatively(Customer, customers)
mapper.map_imperatively(Registration, registrations)
mapper.map_imperatively(Reset, resets)
mapper.map_imperatively(Challenge, challenges)
mapper.map_imperatively(Code, codes)
mapper.map_imperatively(SalesChannel, partners)
mapper.map_imperatively(Session, sessions)
mapper.map_imperatively(RefreshToken, refresh_tokens)
mapper.map_imperatively(StaffMember, staff)
