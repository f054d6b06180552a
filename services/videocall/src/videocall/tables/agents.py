"""The tables of agents: who is at the desk, and in which team."""

from sqlalchemy import Column, String, Table, Text, Uuid
from sqlalchemy.dialects.postgresql import JSONB

from videocall.tables.registry import Moment, metadata

members = Table(
    "team_member",
    metadata,
    Column("agent_id", Uuid, primary_key=True),
    Column("team", Text, primary_key=True),
    Column("added_by", Uuid, nullable=False),
    Column("added_at", Moment, nullable=False),
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
