"""tokens that end."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Now, and not when they were taken on: changes that were stated before are heard again. The
    # defaults stay: code of before adds rows while it is being replaced.
    op.add_column(
        "staff",
        sa.Column(
            "changed_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
    )
    op.add_column(
        "partner",
        sa.Column(
            "session_id", sa.Uuid(), server_default=sa.text("gen_random_uuid()"), nullable=False
        ),
    )


def downgrade() -> None:
    op.drop_column("partner", "session_id")
    op.drop_column("staff", "changed_at")
