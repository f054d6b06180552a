"""Calls are offered to agents: states of agents, reservations, epochs, priorities."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

Moment = sa.DateTime(timezone=True)
STATES = ("OFFLINE", "AVAILABLE", "RESERVED", "BUSY", "WRAP_UP", "BREAK")
RESERVATIONS = ("OFFERED", "ACCEPTED", "DECLINED", "MISSED", "WITHDRAWN", "COMPLETED")
LIVE = sa.text("state in ('OFFERED', 'ACCEPTED')")


def upgrade() -> None:
    _make_agents()
    _let_calls_be_offered()
    _make_reservations()
    _move_agents()


def _make_agents() -> None:
    state = sa.Enum(*STATES, name="agentstate", native_enum=False, length=12)
    op.create_table(
        "agent",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("regions", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("state", state, nullable=False),
        sa.Column("reason_code", sa.String(length=16), nullable=True),
        sa.Column("since", Moment, nullable=False),
        sa.Column("idle_since", Moment, nullable=False),
        sa.Column("next_state", state, nullable=True),
        sa.Column("next_reason", sa.String(length=16), nullable=True),
        sa.Column("call_id", sa.Uuid(), nullable=True),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("agent_pkey")),
    )
    op.create_index(
        "agent_idle_idx",
        "agent",
        ["idle_since", "id"],
        unique=False,
        postgresql_where=sa.text("state = 'AVAILABLE'"),
    )


def _let_calls_be_offered() -> None:
    for name, kind in (
        ("priority", sa.SmallInteger()),
        ("missed_offers", sa.SmallInteger()),
        ("epoch", sa.Integer()),
    ):
        op.add_column("call", sa.Column(name, kind, nullable=False, server_default="0"))
        op.alter_column("call", name, server_default=None)
    op.execute("update call set priority = 2 where \"returning\" and status = 'QUEUED'")
    op.drop_index("call_queue_idx", table_name="call")
    op.drop_column("call", "returning")
    op.create_index(
        "call_queue_idx",
        "call",
        ["region", "team", sa.literal_column("priority desc"), "queued_at", "id"],
        unique=False,
        postgresql_where=sa.text("status = 'QUEUED'"),
    )
    for name, column, live in (
        (
            "one_live_call_per_hold",
            "hold_id",
            "'QUEUED', 'OFFERED', 'CONNECTING', 'IN_CALL', 'DROPPED'",
        ),
        ("one_call_in_hand_per_agent", "agent_id", "'CONNECTING', 'IN_CALL', 'DROPPED'"),
    ):
        op.drop_index(name, table_name="call")
        where = sa.text(f"status in ({live})")
        op.create_index(name, "call", [column], unique=True, postgresql_where=where)


def _make_reservations() -> None:
    op.create_table(
        "reservation",
        sa.Column("call_id", sa.Uuid(), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("agent_id", sa.Uuid(), nullable=False),
        sa.Column("agent_epoch", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(*RESERVATIONS, name="reservationstate", native_enum=False, length=12),
            nullable=False,
        ),
        sa.Column("offered_at", Moment, nullable=False),
        sa.Column("expires_at", Moment, nullable=False),
        sa.Column("changed_at", Moment, nullable=True),
        sa.ForeignKeyConstraint(["agent_id"], ["agent.id"], name=op.f("reservation_agent_id_fkey")),
        sa.ForeignKeyConstraint(["call_id"], ["call.id"], name=op.f("reservation_call_id_fkey")),
        sa.PrimaryKeyConstraint("call_id", "epoch", name=op.f("reservation_pkey")),
    )
    for party in ("call", "agent"):
        op.create_index(
            f"one_live_reservation_per_{party}",
            "reservation",
            [f"{party}_id"],
            unique=True,
            postgresql_where=LIVE,
        )
    op.create_index(
        "reservation_expiry_idx",
        "reservation",
        ["expires_at"],
        unique=False,
        postgresql_where=sa.text("state = 'OFFERED'"),
    )
    op.create_index("reservation_declined_idx", "reservation", ["agent_id", "changed_at"])


def _move_agents() -> None:
    """Keep who is on a break or has a call in hand; everybody else begins the shift again."""
    op.execute(
        """
        insert into agent (id, regions, state, reason_code, since, idle_since, call_id, epoch)
        select p.agent_id, p.regions,
            case when c.id is not null then 'BUSY' when readiness = 'BREAK' then 'BREAK'
                else 'OFFLINE' end,
            case when c.id is null and readiness = 'BREAK' then p.reason_code end,
            coalesce(c.started_at, p.since, p.seen_at), coalesce(p.since, p.seen_at), c.id, 0
        from presence p left join call c
            on c.agent_id = p.agent_id and c.status in ('IN_CALL', 'DROPPED')
        """
    )
    op.execute(
        """
        insert into reservation
            (call_id, epoch, agent_id, agent_epoch, state, offered_at, expires_at, changed_at)
        select call_id, 0, id, 0, 'ACCEPTED', since, since, since from agent where state = 'BUSY'
        """
    )
    for name in ("regions", "readiness", "reason_code", "since"):
        op.drop_column("presence", name)


def downgrade() -> None:
    op.add_column("presence", sa.Column("regions", postgresql.JSONB(), nullable=True))
    op.execute("update presence set regions = (select regions from agent where id = agent_id)")
    op.alter_column("presence", "regions", nullable=False)
    readiness = sa.Column("readiness", sa.String(8), server_default="READY", nullable=False)
    op.add_column("presence", readiness)
    op.add_column("presence", sa.Column("reason_code", sa.String(16), nullable=True))
    op.add_column("presence", sa.Column("since", Moment, nullable=True))
    op.drop_table("reservation")
    op.drop_table("agent")
    op.execute("update call set status = 'QUEUED' where status = 'OFFERED'")
    op.execute("update call set status = 'IN_CALL' where status = 'CONNECTING'")
    op.drop_index("call_queue_idx", table_name="call")
    op.add_column(
        "call", sa.Column("returning", sa.Boolean(), nullable=False, server_default="false")
    )
    op.execute('update call set "returning" = priority > 0')
    op.alter_column("call", "returning", server_default=None)
    for name in ("priority", "missed_offers", "epoch"):
        op.drop_column("call", name)
    op.create_index(
        "call_queue_idx",
        "call",
        ["region", "queued_at"],
        unique=False,
        postgresql_where=sa.text("status = 'QUEUED'"),
    )
    for name, column, live in (
        ("one_live_call_per_hold", "hold_id", "'QUEUED', 'IN_CALL', 'DROPPED'"),
        ("one_call_in_hand_per_agent", "agent_id", "'IN_CALL', 'DROPPED'"),
    ):
        op.drop_index(name, table_name="call")
        where = sa.text(f"status in ({live})")
        op.create_index(name, "call", [column], unique=True, postgresql_where=where)
