"""The tables of revoked access tokens: rows are kept for as long as such a token would live."""

from sqlalchemy import Column, DateTime, Index, MetaData, Table, Uuid, func

metadata = MetaData()

ended_sessions = Table(
    "ended_session",
    metadata,
    Column("session_id", Uuid, primary_key=True),
    Column("heard_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Index("ended_session_heard_at_idx", "heard_at"),
)

changed_staff = Table(
    "changed_staff",
    metadata,
    Column("subject_id", Uuid, primary_key=True),
    # The moment of the newest change, by identity's clock; a token names the one it knows of.
    Column("as_of", DateTime(timezone=True), nullable=False),
    Column("heard_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Index("changed_staff_heard_at_idx", "heard_at"),
)
