"""The tables of the kyc service. Importing this module maps the domain onto its tables."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    DateTime,
    Enum,
    ForeignKey,
    ForeignKeyConstraint,
    Identity,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB

from kit.db import service_registry
from kyc.journeys.domain import Journey
from kyc.sessions.domain import Session
from kyc.sessions.states import Status

mapper = service_registry()
metadata = mapper.metadata

Moment = DateTime(timezone=True)

journeys = Table(
    "journey",
    metadata,
    Column("hold_id", Uuid, primary_key=True),
    Column("customer_id", Uuid),
    Column("sim", String(8)),
    Column("hold_code", String(20), index=True),
    Column("number_id", Uuid),
    Column("region", String(3)),
    Column("routed_at", Moment),
    Column("confirmed_at", Moment),
    Column("received_at", Moment),
    Column("expired_at", Moment),
    Column("ended_at", Moment),
    Column("ended_because", String(16)),
    Column("connected_at", Moment),
    Column("call_approved_at", Moment),
    Column("call_approved_attempt", Integer),
    Column("call_undone_at", Moment),
)

sessions = Table(
    "session",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("hold_id", Uuid, ForeignKey("journey.hold_id"), nullable=False, index=True),
    Column("status", Enum(Status, native_enum=False, length=16), nullable=False),
    Column("opened_at", Moment, nullable=False),
    Column("attempt", Integer, nullable=False),
    Column("failures_in_a_row", Integer, nullable=False),
    Column("declaration", LargeBinary),
    Column("id_index", String(64), index=True),
    Column("document_kind", String(12)),
    Column("verdict", JSONB, nullable=False),
    Column("reason_codes", JSONB, nullable=False),
    Column("repeat", String(8)),
    # Of the release before, which counts here; it is counted when it is asked for now.
    Column("attempts_left", Integer, nullable=False, server_default=text("0")),
    Column("passed_at", Moment),
    Column("reviewed_by", Uuid),
    Column("version", Integer, nullable=False),
    Index(
        "one_open_session_per_hold",
        "hold_id",
        unique=True,
        postgresql_where=text("status <> 'CLOSED'"),
    ),
    Index("session_review_idx", "id", postgresql_where=text("status = 'NEEDS_REVIEW'")),
    Index(
        "session_store_idx",
        "id",
        postgresql_where=text("status = 'KYC_FAILED' and repeat = 'STORE'"),
    ),
)

# The newest picture of each kind, until it is sent and ever after: a draft may be replaced.
images = Table(
    "image",
    metadata,
    Column("session_id", Uuid, ForeignKey("session.id"), primary_key=True),
    Column("kind", String(8), primary_key=True),
    Column("sealed", LargeBinary, nullable=False),
    # Of the file as it was sent, and of the copy that is kept.
    Column("sha256", String(64), nullable=False),
    Column("kept_sha256", String(64)),
    # By the phone that sent it, and by the camera's own note.
    Column("captured_at", Moment, nullable=False),
    Column("taken_at", Moment),
    Column("received_at", Moment, nullable=False),
)

# Every picture an attempt was judged on. A trigger refuses to change or remove one.
evidence = Table(
    "evidence",
    metadata,
    Column("session_id", Uuid, ForeignKey("session.id"), primary_key=True),
    Column("kind", String(8), primary_key=True),
    Column("sha256", String(64), primary_key=True),
    Column("sealed", LargeBinary, nullable=False),
    Column("kept_sha256", String(64)),
    Column("captured_at", Moment, nullable=False),
    Column("taken_at", Moment),
    Column("received_at", Moment, nullable=False),
)

# What was sent and what came of it. A trigger refuses to change what is decided.
attempts = Table(
    "attempt",
    metadata,
    Column("session_id", Uuid, ForeignKey("session.id"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("submitted_at", Moment, nullable=False),
    # Which pictures were judged: the fingerprint of each, by kind.
    Column("evidence", JSONB, nullable=False),
    # The form that was judged. Empty only where it was sent before forms were kept.
    Column("declaration", LargeBinary),
    Column("id_index", String(64), index=True),
    Column("document_kind", String(12)),
    Column("decided_at", Moment),
    Column("outcome", String(16)),
    Column("verdict", JSONB),
    Column("reason_codes", JSONB),
    # The fields that mobi eKYC read from the document, sealed.
    Column("reading", LargeBinary),
    Column("counted", Boolean, nullable=False, server_default=text("false")),
)

# What people decided about attempts, and by what. A trigger refuses to change or remove it.
decisions = Table(
    "decision",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("session_id", Uuid, nullable=False),
    Column("number", Integer, nullable=False),
    Column("decision", String(8), nullable=False),
    Column("desk", String(8), nullable=False),
    Column("decided_by", Uuid, nullable=False),
    Column("shop_code", String(16)),
    Column("findings", JSONB, nullable=False),
    Column("reason_code", Text),
    Column("contract_reference", Text),
    Column("decided_at", Moment, nullable=False),
    ForeignKeyConstraint(
        ["session_id", "number"],
        ["attempt.session_id", "attempt.number"],
        name="decision_attempt_fkey",
    ),
    Index("decision_attempt_idx", "session_id", "number"),
)

claims = Table(
    "claim",
    metadata,
    Column("session_id", Uuid, ForeignKey("session.id"), primary_key=True),
    Column("claimed_by", Uuid, nullable=False),
    Column("claimed_at", Moment),
    Column("until", Moment, nullable=False),
)

calls = Table(
    "call",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("hold_id", Uuid, nullable=False, index=True),
    Column("agent_id", Uuid),
    Column("started_at", Moment),
    Column("ended_at", Moment),
)

# Who looked at whose data (LAW19). A trigger refuses to change or remove it.
accesses = Table(
    "access_log",
    metadata,
    Column("id", BigInteger, Identity(), primary_key=True),
    Column("at", Moment, nullable=False),
    Column("staff_id", Uuid, nullable=False),
    Column("hold_id", Uuid, nullable=False, index=True),
    Column("what", Text, nullable=False),
)

mapper.map_imperatively(Journey, journeys)
mapper.map_imperatively(
    Session,
    sessions,
    version_id_col=sessions.c.version,
    exclude_properties=["attempts_left"],
)
