"""The tables of journeys, their customers' appointments and erasures, and legal holds."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, String, Table, Text, Uuid

from videocall.tables.registry import Moment, metadata

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
    Column("face_in_doubt", Boolean, nullable=False, server_default="false"),
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
    Index("journey_customer_idx", "customer_id"),
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

legal_holds = Table(
    "legal_hold",
    metadata,
    Column("hold_id", Uuid, ForeignKey("journey.hold_id"), primary_key=True),
    Column("reason_code", String(64), nullable=False),
    Column("placed_by", Uuid, nullable=False),
    Column("placed_at", Moment, nullable=False),
    Column("lifted_at", Moment),
)

# Customers who are to be forgotten; also of journeys that are heard of only later.
erasures = Table(
    "erasure",
    metadata,
    Column("customer_id", Uuid, primary_key=True),
    Column("asked_at", Moment, nullable=False),
)
