"""when a picture was taken, and the fingerprint of the copy that is kept."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table in ("image", "evidence"):
        op.add_column(table, sa.Column("kept_sha256", sa.String(length=64), nullable=True))
        op.add_column(table, sa.Column("taken_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    for table in ("evidence", "image"):
        op.drop_column(table, "taken_at")
        op.drop_column(table, "kept_sha256")
