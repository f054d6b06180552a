"""parts on standby."""

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "recording_part", sa.Column("epoch", sa.Integer(), nullable=False, server_default="0")
    )


def downgrade() -> None:
    op.drop_column("recording_part", "epoch")
