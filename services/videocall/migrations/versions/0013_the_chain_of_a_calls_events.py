"""the chain of a call's events."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "call_event",
        sa.Column("call_id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("prev_hash", sa.String(64), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.ForeignKeyConstraint(["call_id"], ["call.id"], name=op.f("call_event_call_id_fkey")),
        sa.PrimaryKeyConstraint("call_id", "seq", name=op.f("call_event_pkey")),
    )
    op.execute(
        "create trigger events_are_only_added before update or delete on call_event"
        " for each row execute function refuse_change()"
    )
    op.add_column("recording_part", sa.Column("chained_head", sa.String(64), nullable=True))
    # Parts that ended before there was a chain stay out of it.
    op.execute("update recording_part set chained_head = head")
    op.create_index(
        "recording_part_unchained_idx",
        "recording_part",
        ["call_id"],
        unique=False,
        postgresql_where=sa.text("chained_head is distinct from head"),
    )


def downgrade() -> None:
    op.drop_index("recording_part_unchained_idx", table_name="recording_part")
    op.drop_column("recording_part", "chained_head")
    op.drop_table("call_event")
