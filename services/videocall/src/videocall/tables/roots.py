"""The roots of days, and the heads of calls that they were made from; only ever added to."""

from sqlalchemy import Column, Date, ForeignKey, Integer, String, Table, UniqueConstraint, Uuid

from videocall.tables.registry import Moment, metadata

day_roots = Table(
    "day_root",
    metadata,
    Column("day", Date, primary_key=True),
    # SHA-256, hex.
    Column("root", String(64), nullable=False),
    Column("calls", Integer, nullable=False),
    Column("made_at", Moment, nullable=False),
)

day_leaves = Table(
    "day_leaf",
    metadata,
    Column("day", Date, ForeignKey("day_root.day"), primary_key=True),
    Column("place", Integer, primary_key=True),
    Column("call_id", Uuid, ForeignKey("call.id"), nullable=False),
    Column("seq", Integer, nullable=False),
    Column("hash", String(64), nullable=False),
    UniqueConstraint("call_id", "day"),
)
