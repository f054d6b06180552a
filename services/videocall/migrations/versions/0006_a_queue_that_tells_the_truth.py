"""a queue that tells the truth, and evidence that is only added to."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

Moment = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "heartbeat",
        sa.Column("call_id", sa.Uuid(), nullable=False),
        sa.Column("seen_at", Moment, nullable=False),
        sa.ForeignKeyConstraint(["call_id"], ["call.id"], name=op.f("heartbeat_call_id_fkey")),
        sa.PrimaryKeyConstraint("call_id", name=op.f("heartbeat_pkey")),
    )
    op.create_table(
        "team_member",
        sa.Column("agent_id", sa.Uuid(), nullable=False),
        sa.Column("team", sa.Text(), nullable=False),
        sa.Column("added_by", sa.Uuid(), nullable=False),
        sa.Column("added_at", Moment, nullable=False),
        sa.PrimaryKeyConstraint("agent_id", "team", name=op.f("team_member_pkey")),
    )
    op.create_table(
        "appointment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("hold_id", sa.Uuid(), nullable=False),
        sa.Column("team", sa.Text(), nullable=False),
        sa.Column("starts_at", Moment, nullable=False),
        sa.Column("booked_at", Moment, nullable=False),
        sa.ForeignKeyConstraint(
            ["hold_id"], ["journey.hold_id"], name=op.f("appointment_hold_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("appointment_pkey")),
        sa.UniqueConstraint("hold_id", name=op.f("appointment_hold_id_key")),
    )
    op.create_index("appointment_slot_idx", "appointment", ["team", "starts_at"], unique=False)
    op.add_column("call", sa.Column("revoked_at", Moment, nullable=True))
    op.add_column("call", sa.Column("place_kept_until", Moment, nullable=True))
    op.execute(
        "update call set place_kept_until = ended_at + interval '10 minutes'"
        " where owed_a_place and status = 'RETRY_NEEDED'"
    )
    op.drop_column("call", "owed_a_place")
    op.add_column("journey", sa.Column("let_back_at", Moment, nullable=True))
    op.add_column("journey", sa.Column("let_back_by", sa.Uuid(), nullable=True))
    op.add_column("journey", sa.Column("let_back_because", sa.String(64), nullable=True))
    op.add_column("photo", sa.Column("sent_sha256", sa.String(64), nullable=True))
    op.add_column("photo", sa.Column("captured_at", Moment, nullable=True))
    _guard_evidence()


def downgrade() -> None:
    op.execute("drop trigger evidence_is_sealed on call")
    op.execute("drop trigger stills_are_only_added on photo")
    op.execute("drop trigger looks_are_only_added on access_log")
    op.execute("drop function refuse_change()")
    op.drop_column("photo", "captured_at")
    op.drop_column("photo", "sent_sha256")
    op.drop_column("journey", "let_back_because")
    op.drop_column("journey", "let_back_by")
    op.drop_column("journey", "let_back_at")
    op.add_column(
        "call", sa.Column("owed_a_place", sa.Boolean(), nullable=False, server_default="false")
    )
    op.alter_column("call", "owed_a_place", server_default=None)
    op.drop_column("call", "place_kept_until")
    op.drop_column("call", "revoked_at")
    op.drop_index("appointment_slot_idx", table_name="appointment")
    op.drop_table("appointment")
    op.drop_table("team_member")
    op.drop_table("heartbeat")


def _guard_evidence() -> None:
    """Let the database itself refuse to change what an agent decided by."""
    op.execute(
        """
        create function refuse_change() returns trigger language plpgsql as $$
        begin
            raise exception '% is only ever added to', tg_table_name
                using errcode = 'integrity_constraint_violation';
        end $$
        """
    )
    op.execute(
        "create trigger stills_are_only_added before update or delete on photo"
        " for each row execute function refuse_change()"
    )
    op.execute(
        "create trigger looks_are_only_added before update or delete on access_log"
        " for each row execute function refuse_change()"
    )
    op.execute(
        """
        create trigger evidence_is_sealed before update on call for each row
        when (old.evidence_sha256 is not null and
            (old.evidence_sha256, old.checklist, old.agent_id, old.session_id, old.attempt,
             old.started_at, old.ended_at)
            is distinct from
            (new.evidence_sha256, new.checklist, new.agent_id, new.session_id, new.attempt,
             new.started_at, new.ended_at))
        execute function refuse_change()
        """
    )
