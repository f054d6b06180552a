"""Marks of what has changed, and the sockets through which clients hear of it."""

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Table, Text, Uuid

from videocall.tables.registry import Moment, metadata

changes = Table(
    "change",
    metadata,
    # The id of a call or an agent, or a region for its queue.
    Column("subject", Text, primary_key=True),
    # Grows with each mark; in ms, so that old marks can be told.
    Column("version", BigInteger, nullable=False, index=True),
)

# A replica that keeps sockets, and its lease.
socket_nodes = Table(
    "socket_node",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("beat_at", Moment, nullable=False),
)

sockets = Table(
    "socket",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("principal", Uuid, nullable=False),
    Column(
        "node", Uuid, ForeignKey("socket_node.id", ondelete="CASCADE"), nullable=False, index=True
    ),
    Column("opened_at", Moment, nullable=False),
    Index("socket_principal_idx", "principal", "opened_at"),
)
