"""The tables of tasks, and of decisions about those that were refused."""

from sqlalchemy import (
    BigInteger,
    Column,
    DateTime,
    Identity,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    Uuid,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB

metadata = MetaData()

task = Table(
    "task",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("ref", Uuid, nullable=False),
    Column("region", Text),
    Column("data", JSONB, nullable=False, server_default=text("'{}'")),
    Column("due_at", DateTime(timezone=True), nullable=False),
    Column("attempts", Integer, nullable=False, server_default=text("0")),
    Column("done_at", DateTime(timezone=True)),
    Column("last_error", Text),
    Column("listed_at", DateTime(timezone=True)),
    Column("reason_code", Text),
    Index(
        "task_due_idx",
        "kind",
        "attempts",
        "due_at",
        postgresql_where=text("done_at is null and listed_at is null"),
    ),
    Index(
        "task_listed_idx",
        "id",
        postgresql_where=text("done_at is null and listed_at is not null"),
    ),
    # The same call is not made twice at a time, however often the event behind it is consumed.
    Index("one_open_task", "kind", "ref", unique=True, postgresql_where=text("done_at is null")),
)

task_decision = Table(
    "task_decision",
    metadata,
    Column("id", BigInteger, Identity(), primary_key=True),
    Column("task_id", Uuid, nullable=False),
    Column("kind", Text, nullable=False),
    Column("ref", Uuid, nullable=False),
    Column("refused_because", Text, nullable=False),
    Column("decision", Text, nullable=False),
    Column("reason_code", Text),
    Column("decided_by", Uuid, nullable=False),
    Column("decided_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Index("task_decision_task_id_idx", "task_id"),
)
