"""what a waiting customer was told, and when an agent had done with a call."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

Moment = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("call", sa.Column("wrapped_up_at", Moment, nullable=True))
    op.add_column("heartbeat", sa.Column("wait_from", sa.Integer(), nullable=True))
    op.add_column("heartbeat", sa.Column("wait_to", sa.Integer(), nullable=True))
    op.add_column("heartbeat", sa.Column("wait_lengthened_at", Moment, nullable=True))


def downgrade() -> None:
    for name in ("wait_lengthened_at", "wait_to", "wait_from"):
        op.drop_column("heartbeat", name)
    op.drop_column("call", "wrapped_up_at")
