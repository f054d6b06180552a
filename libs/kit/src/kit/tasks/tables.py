"""What is still to be done in the outside world."""

from sqlalchemy import Column, DateTime, Index, Integer, MetaData, Table, Text, Uuid, text
from sqlalchemy.dialects.postgresql import JSONB

metadata = MetaData()

task = Table(
    "task",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("ref", Uuid, nullable=False),
    Column("data", JSONB, nullable=False, server_default=text("'{}'")),
    Column("due_at", DateTime(timezone=True), nullable=False),
    Column("attempts", Integer, nullable=False, server_default=text("0")),
    Column("done_at", DateTime(timezone=True)),
    Column("last_error", Text),
    Index("task_due_idx", "due_at", postgresql_where=text("done_at is null")),
    # The same errand is not sent twice at a time, however often the fact behind it is heard.
    Index("one_open_task", "kind", "ref", unique=True, postgresql_where=text("done_at is null")),
)
