"""A session remembers its client; those that exist were opened by apps."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "session", sa.Column("client", sa.String(length=16), server_default="app", nullable=False)
    )


def downgrade() -> None:
    op.drop_column("session", "client")
