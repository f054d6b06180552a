"""reminders and copies."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("activation", sa.Column("reminded_at", sa.DateTime(timezone=True)))
    op.add_column("sim_photo", sa.Column("kept_sha256", sa.String(64)))
    op.add_column("sim_photo", sa.Column("photographed_at", sa.DateTime(timezone=True)))


def downgrade() -> None:
    op.drop_column("sim_photo", "photographed_at")
    op.drop_column("sim_photo", "kept_sha256")
    op.drop_column("activation", "reminded_at")
