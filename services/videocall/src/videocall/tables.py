"""The schema of videocall. Importing this module maps the domain onto its tables."""

from uuid import UUID

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    DateTime,
    Enum,
    ForeignKey,
    Identity,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import CompositeProperty, composite

from kit.db import service_registry
from videocall.appointments.domain import Appointment
from videocall.audits.domain import Audit
from videocall.calls.domain import Call
from videocall.calls.states import Status
from videocall.journeys.domain import Check, Journey

mapper = service_registry()
metadata = mapper.metadata

Moment = DateTime(timezone=True)

journeys = Table(
    "journey",
    metadata,
    Column("hold_id", Uuid, primary_key=True),
    Column("customer_id", Uuid),
    Column("sim", String(8)),
    Column("region", String(3)),
    Column("team", Text),
    Column("routed_at", Moment),
    Column("checked_session", Uuid),
    Column("checked_attempt", Integer),
    Column("checked_at", Moment),
    Column("newest_session", Uuid),
    Column("newest_attempt", Integer),
    Column("papers_refused_at", Moment),
    Column("reopened_at", Moment),
    Column("confirmed_at", Moment),
    Column("expired_at", Moment),
    Column("ended_at", Moment),
    Column("ended_because", String(16)),
    Column("connected_at", Moment),
    Column("sent_to_store_at", Moment),
    Column("let_back_at", Moment),
    Column("let_back_by", Uuid),
    Column("let_back_because", String(64)),
)

calls = Table(
    "call",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("hold_id", Uuid, ForeignKey("journey.hold_id"), nullable=False, index=True),
    Column("region", String(3), nullable=False),
    Column("team", Text, nullable=False),
    Column("status", Enum(Status, native_enum=False, length=16), nullable=False),
    Column("returning", Boolean, nullable=False),
    Column("queued_at", Moment, nullable=False),
    Column("agent_id", Uuid),
    Column("started_at", Moment),
    Column("dropped_at", Moment),
    Column("ended_at", Moment),
    # The identity check that the agent compares the person with.
    Column("session_id", Uuid),
    Column("attempt", Integer),
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
        postgresql_where=text("status in ('QUEUED', 'IN_CALL', 'DROPPED')"),
    ),
    Index(
        "one_call_in_hand_per_agent",
        "agent_id",
        unique=True,
        postgresql_where=text("status in ('IN_CALL', 'DROPPED')"),
    ),
    Index(
        "call_queue_idx",
        "region",
        "queued_at",
        postgresql_where=text("status = 'QUEUED'"),
    ),
    Index("call_dropped_idx", "dropped_at", postgresql_where=text("status = 'DROPPED'")),
    Index("call_ended_idx", "region", "ended_at"),
    Index("call_agent_idx", "agent_id", "started_at"),
    Index("call_ended_at_idx", "ended_at"),
)

photos = Table(
    "photo",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("call_id", Uuid, ForeignKey("call.id"), nullable=False),
    Column("kind", String(8), nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Column("sha256", String(64), nullable=False),
    # Of the file as it was sent; what is kept is a bare copy of it.
    Column("sent_sha256", String(64)),
    # By the camera's clock, if it noted that.
    Column("captured_at", Moment),
    Column("taken_at", Moment, nullable=False),
    Column("taken_by", Uuid, nullable=False),
    # A still that is sent twice is one still.
    UniqueConstraint("call_id", "kind", "sha256"),
)

heartbeats = Table(
    "heartbeat",
    metadata,
    Column("call_id", Uuid, ForeignKey("call.id"), primary_key=True),
    Column("seen_at", Moment, nullable=False),
)

members = Table(
    "team_member",
    metadata,
    Column("agent_id", Uuid, primary_key=True),
    Column("team", Text, primary_key=True),
    Column("added_by", Uuid, nullable=False),
    Column("added_at", Moment, nullable=False),
)

appointments = Table(
    "appointment",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("hold_id", Uuid, ForeignKey("journey.hold_id"), nullable=False, unique=True),
    Column("team", Text, nullable=False),
    Column("starts_at", Moment, nullable=False),
    Column("booked_at", Moment, nullable=False),
    Index("appointment_slot_idx", "team", "starts_at"),
)

presence = Table(
    "presence",
    metadata,
    Column("agent_id", Uuid, primary_key=True),
    Column("regions", JSONB, nullable=False),
    Column("seen_at", Moment, nullable=False),
    Column("readiness", String(8), nullable=False, server_default="READY"),
    Column("reason_code", String(16)),
    Column("since", Moment),
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


def check(session_id: Column[UUID], attempt: Column[int]) -> CompositeProperty[Check]:
    """Map two columns, both null or neither, onto the check they name."""
    return composite(Check, session_id, attempt, return_none_on=lambda *values: None in values)


mapper.map_imperatively(Appointment, appointments)
mapper.map_imperatively(Audit, audits)
mapper.map_imperatively(
    Journey,
    journeys,
    properties={
        "checked": check(journeys.c.checked_session, journeys.c.checked_attempt),
        "newest": check(journeys.c.newest_session, journeys.c.newest_attempt),
    },
)
mapper.map_imperatively(
    Call,
    calls,
    version_id_col=calls.c.version,
    properties={"compared": check(calls.c.session_id, calls.c.attempt)},
)
