"""voices of supervisors, and how long agents were in which state."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0016"
branch_labels = None
depends_on = None

Moment = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.alter_column("recording_part", "role", type_=sa.String(12))
    op.create_table(
        "voice",
        sa.Column("call_id", sa.Uuid(), sa.ForeignKey("call.id", name="voice_call_id_fkey")),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("mode", sa.String(8), nullable=False),
        sa.PrimaryKeyConstraint("call_id", "part", name="voice_pkey"),
    )
    op.create_table(
        "agent_state_log",
        sa.Column("id", sa.BigInteger(), sa.Identity(), primary_key=True),
        sa.Column("agent_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("reason_code", sa.String(16), nullable=True),
        sa.Column("began_at", Moment, nullable=False),
        sa.Column("ended_at", Moment, nullable=False),
    )
    op.create_index("agent_state_log_ended_idx", "agent_state_log", ["ended_at"])
    op.create_index("call_queued_idx", "call", ["queued_at"])
    # States change in many places, one of them a statement for many agents: the table itself notes.
    op.execute(
        """
        create function log_agent_state() returns trigger language plpgsql as $$
        begin
            insert into agent_state_log (agent_id, state, reason_code, began_at, ended_at)
                values (old.id, old.state, old.reason_code, old.since, new.since);
            return new;
        end $$
        """
    )
    op.execute(
        "create trigger states_are_logged before update on agent for each row"
        " when (old.since < new.since) execute function log_agent_state()"
    )


def downgrade() -> None:
    op.execute("drop trigger states_are_logged on agent")
    op.execute("drop function log_agent_state()")
    op.drop_index("call_queued_idx", table_name="call")
    op.drop_table("agent_state_log")
    op.drop_table("voice")
    op.execute("delete from recording_part where role = 'SUPERVISOR'")
    op.alter_column("recording_part", "role", type_=sa.String(8))
