"""faces in doubt."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table in ("journey", "call"):
        op.add_column(
            table, sa.Column("face_in_doubt", sa.Boolean(), nullable=False, server_default="false")
        )


def downgrade() -> None:
    for table in ("call", "journey"):
        op.drop_column(table, "face_in_doubt")
