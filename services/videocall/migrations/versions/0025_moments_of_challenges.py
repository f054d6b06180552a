"""the moments of challenges in the recording."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for column in ("part", "offset_ms"):
        op.add_column("challenge", sa.Column(column, sa.Integer(), nullable=True))


def downgrade() -> None:
    for column in ("offset_ms", "part"):
        op.drop_column("challenge", column)
