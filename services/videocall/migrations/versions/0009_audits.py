"""audits of sampled calls, of which each is written once."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "audit",
        sa.Column("call_id", sa.Uuid(), nullable=False),
        sa.Column("finding", sa.String(length=12), nullable=False),
        sa.Column("note", sa.LargeBinary(), nullable=True),
        sa.Column("audited_by", sa.Uuid(), nullable=False),
        sa.Column("audited_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["call_id"], ["call.id"], name=op.f("audit_call_id_fkey")),
        sa.PrimaryKeyConstraint("call_id", name=op.f("audit_pkey")),
    )
    op.create_index("call_ended_at_idx", "call", ["ended_at"], unique=False)


def downgrade() -> None:
    op.drop_index("call_ended_at_idx", table_name="call")
    op.drop_table("audit")
