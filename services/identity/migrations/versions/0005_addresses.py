"""addresses."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("session", sa.Column("address", sa.String(length=64), nullable=True))
    op.create_index("session_address_idx", "session", ["subject_id", "address"])
    op.add_column("code", sa.Column("origin", sa.String(length=64), nullable=True))
    op.create_index("code_origin_idx", "code", ["origin", "created_at"])


def downgrade() -> None:
    op.drop_index("code_origin_idx", table_name="code")
    op.drop_column("code", "origin")
    op.drop_index("session_address_idx", table_name="session")
    op.drop_column("session", "address")
