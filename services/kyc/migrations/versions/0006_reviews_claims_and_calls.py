"""reviews, claims and calls."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

KEEP = """
create function is_append_only() returns trigger language plpgsql as $$
begin
    raise exception 'a row of % is never changed or removed', tg_table_name
        using errcode = 'restrict_violation';
end $$;
create trigger decision_is_append_only before update or delete on decision
    for each row execute function is_append_only();
create trigger access_log_is_append_only before update or delete on access_log
    for each row execute function is_append_only();
"""


def upgrade() -> None:
    op.add_column("journey", sa.Column("hold_code", sa.String(length=20), nullable=True))
    op.create_index(op.f("journey_hold_code_idx"), "journey", ["hold_code"], unique=False)
    op.alter_column("session", "attempts_left", server_default=sa.text("0"))
    op.create_table(
        "call",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("hold_id", sa.Uuid(), nullable=False),
        sa.Column("agent_id", sa.Uuid(), nullable=True),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("call_pkey")),
    )
    op.create_index(op.f("call_hold_id_idx"), "call", ["hold_id"], unique=False)
    op.create_table(
        "claim",
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("claimed_by", sa.Uuid(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["session_id"], ["session.id"], name=op.f("claim_session_id_fkey")),
        sa.PrimaryKeyConstraint("session_id", name=op.f("claim_pkey")),
    )
    op.create_table(
        "decision",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("decision", sa.String(length=8), nullable=False),
        sa.Column("desk", sa.String(length=8), nullable=False),
        sa.Column("decided_by", sa.Uuid(), nullable=False),
        sa.Column("shop_code", sa.String(length=16), nullable=True),
        sa.Column("findings", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("reason_code", sa.Text(), nullable=True),
        sa.Column("contract_reference", sa.Text(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["session_id", "number"],
            ["attempt.session_id", "attempt.number"],
            name="decision_attempt_fkey",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("decision_pkey")),
    )
    op.create_index("decision_attempt_idx", "decision", ["session_id", "number"], unique=False)
    op.execute(KEEP)


def downgrade() -> None:
    op.execute("drop trigger access_log_is_append_only on access_log")
    op.drop_table("decision")
    op.execute("drop function is_append_only")
    op.drop_table("claim")
    op.drop_table("call")
    op.alter_column("session", "attempts_left", server_default=None)
    op.drop_index(op.f("journey_hold_code_idx"), table_name="journey")
    op.drop_column("journey", "hold_code")
