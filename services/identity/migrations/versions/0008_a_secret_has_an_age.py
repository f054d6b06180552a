"""a secret has an age."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "partner",
        sa.Column(
            "secret_changed_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
    )
    op.execute("update partner set secret_changed_at = created_at")


def downgrade() -> None:
    op.drop_column("partner", "secret_changed_at")
