"""The tables of agents: their states and teams, their desks last heard of, their reservations."""

from sqlalchemy import (
    BigInteger,
    Column,
    Enum,
    ForeignKey,
    Identity,
    Index,
    Integer,
    String,
    Table,
    Text,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB

from videocall.agents.domain import AgentState, ReservationState
from videocall.tables.registry import Moment, metadata

State = Enum(AgentState, native_enum=False, length=12)

members = Table(
    "team_member",
    metadata,
    Column("agent_id", Uuid, primary_key=True),
    Column("team", Text, primary_key=True),
    Column("added_by", Uuid, nullable=False),
    Column("added_at", Moment, nullable=False),
)

agents = Table(
    "agent",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("regions", JSONB, nullable=False),
    Column("state", State, nullable=False),
    Column("reason_code", String(16)),
    Column("since", Moment, nullable=False),
    Column("idle_since", Moment, nullable=False),
    Column("next_state", State),
    Column("next_reason", String(16)),
    Column("call_id", Uuid),
    Column("epoch", Integer, nullable=False),
    Index("agent_idle_idx", "idle_since", "id", postgresql_where=text("state = 'AVAILABLE'")),
)

# Written by a trigger whenever an agent's state ends.
agent_states = Table(
    "agent_state_log",
    metadata,
    Column("id", BigInteger, Identity(), primary_key=True),
    Column("agent_id", Uuid, nullable=False),
    Column("state", String(12), nullable=False),
    Column("reason_code", String(16)),
    Column("began_at", Moment, nullable=False),
    Column("ended_at", Moment, nullable=False),
    Index("agent_state_log_ended_idx", "ended_at"),
)

# Apart from the agent: each request of a desk writes here, and locks nothing that offers need.
presence = Table(
    "presence",
    metadata,
    Column("agent_id", Uuid, primary_key=True),
    Column("seen_at", Moment, nullable=False),
)

reservations = Table(
    "reservation",
    metadata,
    Column("call_id", Uuid, ForeignKey("call.id"), primary_key=True),
    # The call's, and the agent's, at the offer.
    Column("epoch", Integer, primary_key=True),
    Column("agent_id", Uuid, ForeignKey("agent.id"), nullable=False),
    Column("agent_epoch", Integer, nullable=False),
    Column("state", Enum(ReservationState, native_enum=False, length=12), nullable=False),
    Column("offered_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    # When it became what it is, of a live offer null.
    Column("changed_at", Moment),
    # The last word, should the locks ever fail.
    Index(
        "one_live_reservation_per_call",
        "call_id",
        unique=True,
        postgresql_where=text("state in ('OFFERED', 'ACCEPTED')"),
    ),
    Index(
        "one_live_reservation_per_agent",
        "agent_id",
        unique=True,
        postgresql_where=text("state in ('OFFERED', 'ACCEPTED')"),
    ),
    Index("reservation_expiry_idx", "expires_at", postgresql_where=text("state = 'OFFERED'")),
    Index("reservation_declined_idx", "agent_id", "changed_at"),
)
