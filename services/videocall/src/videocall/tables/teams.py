"""The tables of teams: their regions, hours, and what supervisors have changed."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    Identity,
    Index,
    Integer,
    String,
    Table,
    Text,
    Uuid,
)
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

# A region without a row offers video calls.
pilots = Table(
    "pilot",
    metadata,
    Column("region", String(3), primary_key=True),
    Column("offered", Boolean, nullable=False),
    Column("substitute", Text),
    Column("changed_by", Uuid, nullable=False),
    Column("changed_at", Moment, nullable=False),
)

overflow_rules = Table(
    "overflow_rule",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("from_team", Text, nullable=False),
    Column("to_region", String(3), nullable=False),
    # Null: every agent of the region.
    Column("to_team", Text),
    Column("after_seconds", Integer, nullable=False),
    Column("open", Boolean, nullable=False),
    # Null for the rule that a team begins with.
    Column("changed_by", Uuid),
    Column("changed_at", Moment),
    Index(
        "one_rule_for_each_target",
        "from_team",
        "to_region",
        "to_team",
        unique=True,
        postgresql_nulls_not_distinct=True,
    ),
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
