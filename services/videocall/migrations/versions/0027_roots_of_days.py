"""roots of days."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "day_root",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("root", sa.String(64), nullable=False),
        sa.Column("calls", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("day", name=op.f("day_root_pkey")),
    )
    op.create_table(
        "day_leaf",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("call_id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.ForeignKeyConstraint(["call_id"], ["call.id"], name=op.f("day_leaf_call_id_fkey")),
        sa.ForeignKeyConstraint(["day"], ["day_root.day"], name=op.f("day_leaf_day_fkey")),
        sa.PrimaryKeyConstraint("day", "place", name=op.f("day_leaf_pkey")),
        sa.UniqueConstraint("call_id", "day", name=op.f("day_leaf_call_id_day_key")),
    )
    for table in ("day_root", "day_leaf"):
        op.execute(
            f"create trigger roots_are_only_added before update or delete on {table}"
            " for each row execute function refuse_change()"
        )
    op.create_index(
        "call_event_decided_idx",
        "call_event",
        ["at"],
        unique=False,
        postgresql_where=sa.text("kind in ('APPROVED', 'REJECTED', 'REVOKED')"),
    )


def downgrade() -> None:
    op.drop_index("call_event_decided_idx", table_name="call_event")
    op.drop_table("day_leaf")
    op.drop_table("day_root")
