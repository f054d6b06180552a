"""two persons drop a dead event."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("parked", sa.Column("drop_reason_code", sa.Text(), nullable=True))
    op.add_column("parked", sa.Column("drop_asked_by", sa.Text(), nullable=True))
    op.add_column("parked", sa.Column("drop_asked_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("dead_letter_decision", sa.Column("asked_by", sa.Text(), nullable=True))


def downgrade() -> None:
    op.drop_column("dead_letter_decision", "asked_by")
    for column in ("drop_asked_at", "drop_asked_by", "drop_reason_code"):
        op.drop_column("parked", column)
