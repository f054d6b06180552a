"""The tables of calls: consents, stills, events, the callers heard of, audits and looks."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Enum,
    Float,
    ForeignKey,
    Identity,
    Index,
    Integer,
    LargeBinary,
    SmallInteger,
    String,
    Table,
    Text,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB

from videocall.calls.states import Status
from videocall.photos.domain import Source
from videocall.tables.registry import Moment, metadata

calls = Table(
    "call",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("hold_id", Uuid, ForeignKey("journey.hold_id"), nullable=False, index=True),
    Column("region", String(3), nullable=False),
    Column("team", Text, nullable=False),
    Column("status", Enum(Status, native_enum=False, length=16), nullable=False),
    Column("priority", SmallInteger, nullable=False),
    Column("queued_at", Moment, nullable=False),
    Column("missed_offers", SmallInteger, nullable=False),
    Column("epoch", Integer, nullable=False),
    Column("agent_id", Uuid),
    Column("started_at", Moment),
    Column("dropped_at", Moment),
    Column("ended_at", Moment),
    # When the agent had done with the paperwork.
    Column("wrapped_up_at", Moment),
    # The identity check that the agent compares the person with.
    Column("session_id", Uuid),
    Column("attempt", Integer),
    Column("face_in_doubt", Boolean, nullable=False, server_default="false"),
    Column("place_kept_until", Moment),
    Column("reason_code", String(64)),
    Column("repeat", String(8)),
    Column("attempts_left", Integer),
    Column("checklist", JSONB),
    Column("note", LargeBinary),
    Column("evidence_sha256", String(64)),
    Column("revoked_by", Uuid),
    Column("revoked_at", Moment),
    Column("version", Integer, nullable=False),
    Index(
        "one_live_call_per_hold",
        "hold_id",
        unique=True,
        postgresql_where=text(
            "status in ('QUEUED', 'OFFERED', 'CONNECTING', 'IN_CALL', 'DROPPED')"
        ),
    ),
    Index(
        "one_call_in_hand_per_agent",
        "agent_id",
        unique=True,
        postgresql_where=text("status in ('CONNECTING', 'IN_CALL', 'DROPPED')"),
    ),
    Index(
        "call_queue_idx",
        "region",
        "team",
        text("priority desc"),
        "queued_at",
        "id",
        postgresql_where=text("status = 'QUEUED'"),
    ),
    Index("call_dropped_idx", "dropped_at", postgresql_where=text("status = 'DROPPED'")),
    Index("call_ended_idx", "region", "ended_at"),
    Index("call_agent_idx", "agent_id", "started_at"),
    Index("call_ended_at_idx", "ended_at"),
    Index("call_queued_idx", "queued_at"),
)

photos = Table(
    "photo",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("call_id", Uuid, ForeignKey("call.id"), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Column("sha256", String(64), nullable=False),
    # Of the file as it was sent; what is kept is a bare copy of it.
    Column("sent_sha256", String(64)),
    # By the camera's clock, if it noted that.
    Column("captured_at", Moment),
    Column("taken_at", Moment, nullable=False),
    # The agent, or the customer whose camera took it.
    Column("taken_by", Uuid, nullable=False),
    # Stills from before there were data keys were sealed by the service's own key.
    Column("by_data_key", Boolean, nullable=False, server_default="false"),
    Column("source", Enum(Source, native_enum=False, length=8), nullable=False),
    # The agent's request that it answers; a frame answers none.
    Column("request_id", Uuid, ForeignKey("photo_request.id")),
    Column("width", Integer),
    Column("height", Integer),
    Column("sharpness", Float),
    Column("brightness", Float),
    # What is below the floor of quality.
    Column("flaw", String(8)),
    # A picture that is sent twice is one take.
    Index(
        "one_frame",
        "call_id",
        "kind",
        "sha256",
        unique=True,
        postgresql_where=text("request_id is null"),
    ),
    Index(
        "one_answer",
        "request_id",
        "sha256",
        unique=True,
        postgresql_where=text("request_id is not null"),
    ),
    Index("photo_call_idx", "call_id"),
)

call_events = Table(
    "call_event",
    metadata,
    Column("call_id", Uuid, ForeignKey("call.id"), primary_key=True),
    Column("seq", Integer, primary_key=True),
    Column("kind", String(32), nullable=False),
    Column("at", Moment, nullable=False),
    # Canonical JSON, as it was hashed.
    Column("body", Text, nullable=False),
    Column("prev_hash", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
    Index(
        "call_event_decided_idx",
        "at",
        postgresql_where=text("kind in ('APPROVED', 'REJECTED', 'REVOKED')"),
    ),
)

consents = Table(
    "consent",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("call_id", Uuid, ForeignKey("call.id"), nullable=False, unique=True),
    Column("text_version", String(16), nullable=False),
    Column("text_sha256", String(64), nullable=False),
    Column("locale", String(2), nullable=False),
    Column("purposes", JSONB, nullable=False),
    Column("given_at", Moment, nullable=False),
    # The address and the browser.
    Column("sealed_client", LargeBinary, nullable=False),
)

heartbeats = Table(
    "heartbeat",
    metadata,
    Column("call_id", Uuid, ForeignKey("call.id"), primary_key=True),
    Column("seen_at", Moment, nullable=False),
    # What the customer was told last, in seconds; null for who has not asked since it is kept.
    Column("wait_from", Integer),
    Column("wait_to", Integer),
    Column("wait_lengthened_at", Moment),
)

audits = Table(
    "audit",
    metadata,
    Column("call_id", Uuid, ForeignKey("call.id"), primary_key=True),
    Column("finding", String(12), nullable=False),
    Column("note", LargeBinary),
    Column("audited_by", Uuid, nullable=False),
    Column("audited_at", Moment, nullable=False),
)

accesses = Table(
    "access_log",
    metadata,
    Column("id", BigInteger, Identity(), primary_key=True),
    Column("at", Moment, nullable=False),
    Column("staff_id", Uuid, nullable=False),
    Column("hold_id", Uuid, nullable=False, index=True),
    Column("what", Text, nullable=False),
)
