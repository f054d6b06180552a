"""The tables of teams: their regions, hours, and what supervisors have changed."""

from sqlalchemy import BigInteger, Column, Date, Identity, String, Table, Text, Uuid
from sqlalchemy.dialects.postgresql import JSONB

from videocall.tables.registry import Moment, metadata

teams = Table(
    "team",
    metadata,
    Column("code", Text, primary_key=True),
    Column("region", String(3), nullable=False),
)

# Of the team `*`: of every team that has none of its own.
calendars = Table(
    "calendar",
    metadata,
    Column("team", Text, primary_key=True),
    # Seven lists of spans, Monday first: [["08:00", "12:00"], …].
    Column("week", JSONB, nullable=False),
    Column("changed_by", Uuid, nullable=False),
    Column("changed_at", Moment, nullable=False),
)

exception_days = Table(
    "exception_day",
    metadata,
    Column("team", Text, primary_key=True),
    Column("day", Date, primary_key=True),
    Column("spans", JSONB, nullable=False),
    Column("note", Text, nullable=False),
    Column("changed_by", Uuid, nullable=False),
    Column("changed_at", Moment, nullable=False),
)

# Never changed and never deleted: a trigger refuses it.
edits = Table(
    "edit",
    metadata,
    Column("id", BigInteger, Identity(), primary_key=True),
    Column("at", Moment, nullable=False),
    Column("staff_id", Uuid, nullable=False),
    Column("what", String(24), nullable=False),
    # Null: of all regions.
    Column("region", String(3)),
    Column("subject", Text, nullable=False),
    Column("before", JSONB(none_as_null=True)),
    Column("after", JSONB(none_as_null=True)),
)
