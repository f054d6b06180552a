"""the readiness of agents, and an index for the figures of their day."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    ready = sa.Column("readiness", sa.String(length=8), server_default="READY", nullable=False)
    op.add_column("presence", ready)
    op.add_column("presence", sa.Column("reason_code", sa.String(length=16), nullable=True))
    op.add_column("presence", sa.Column("since", sa.DateTime(timezone=True), nullable=True))
    op.create_index("call_agent_idx", "call", ["agent_id", "started_at"], unique=False)


def downgrade() -> None:
    op.drop_index("call_agent_idx", table_name="call")
    op.drop_column("presence", "since")
    op.drop_column("presence", "reason_code")
    op.drop_column("presence", "readiness")
