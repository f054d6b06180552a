"""The transport's tables in every service's database: no event is lost, none handled twice."""

from pathlib import Path
from typing import Final

from sqlalchemy import (
    BigInteger,
    Column,
    DateTime,
    Identity,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    Table,
    Text,
    Uuid,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB

VERSIONS: Final = Path(__file__).parent / "migrations" / "versions"

metadata = MetaData(info={"library": "events", "versions": VERSIONS})

outbox = Table(
    "outbox",
    metadata,
    Column("shard", SmallInteger, primary_key=True),
    Column("id", BigInteger, Identity(), primary_key=True),
    Column("event_id", Uuid, nullable=False),
    Column("topic", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("headers", JSONB, nullable=False),
    Column("payload", LargeBinary, nullable=False),
    # Every row is deleted soon after it was written: do not wait for a fifth of the table to die.
    postgresql_with={
        "autovacuum_vacuum_scale_factor": 0,
        "autovacuum_vacuum_threshold": 2000,
        "autovacuum_vacuum_cost_delay": 0,
    },
)

# What was sent, where a service keeps it: for a consumer's database that was restored, or a cluster
# that was lost. Pruned by `sent_at`, which only grows.
event_log = Table(
    "event_log",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("shard", SmallInteger, nullable=False),
    Column("event_id", Uuid, nullable=False),
    Column("topic", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("headers", JSONB, nullable=False),
    Column("payload", LargeBinary, nullable=False),
    Column("sent_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Index("event_log_sent_at_idx", "sent_at"),
)

inbox = Table(
    "inbox",
    metadata,
    Column("consumer", Text, primary_key=True),
    Column("event_id", Uuid, primary_key=True),
    Column("seen_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
)

parked = Table(
    "parked",
    metadata,
    Column("consumer", Text, primary_key=True),
    Column("event_id", Uuid, primary_key=True),
    Column("position", BigInteger, Identity(), nullable=False),
    Column("topic", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("headers", JSONB, nullable=False),
    Column("payload", LargeBinary, nullable=False),
    # Where Kafka had it; nothing for an event that never was on a topic.
    Column("partition", Integer),
    Column("offset", BigInteger),
    # FAILING is tried again by the clock, WAITING also when its journey has gone on, QUEUED is
    # behind one of its key, and DEAD is left to a person.
    Column("state", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("needs", Text),
    Column("attempts", Integer, nullable=False, server_default="0"),
    # Nothing for what the clock does not decide about: QUEUED and DEAD.
    Column("next_try_at", DateTime(timezone=True)),
    Column("parked_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    # A dead event that a person wants dropped; another person has to approve.
    Column("drop_reason_code", Text),
    Column("drop_asked_by", Text),
    Column("drop_asked_at", DateTime(timezone=True)),
    Index("parked_in_order_idx", "consumer", "key", "position"),
    Index(
        "parked_due_idx",
        "consumer",
        "next_try_at",
        postgresql_where=text("next_try_at is not null"),
    ),
)

dead_letter_decision = Table(
    "dead_letter_decision",
    metadata,
    Column("id", BigInteger, Identity(), primary_key=True),
    Column("consumer", Text, nullable=False),
    Column("event_id", Uuid, nullable=False),
    Column("topic", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("partition", Integer),
    Column("offset", BigInteger),
    # Why it was dead. What it said is not here: some of it is dropped for what it said.
    Column("reason", Text, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("decision", Text, nullable=False),
    Column("reason_code", Text),
    # The first of the two persons who dropped it; nothing where it was redriven.
    Column("asked_by", Text),
    Column("decided_by", Text, nullable=False),
    Column("decided_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Index("dead_letter_decision_event_idx", "event_id"),
)
"""Decisions about dead events: redriven or dropped, by whom and why. Rows are only added."""
