"""what mobi eKYC read from a document, the beginning of a claim, and indexes of the lists."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("attempt", sa.Column("reading", sa.LargeBinary(), nullable=True))
    op.add_column("claim", sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index(
        "session_review_idx",
        "session",
        ["id"],
        unique=False,
        postgresql_where=sa.text("status = 'NEEDS_REVIEW'"),
    )
    op.create_index(
        "session_store_idx",
        "session",
        ["id"],
        unique=False,
        postgresql_where=sa.text("status = 'KYC_FAILED' and repeat = 'STORE'"),
    )


def downgrade() -> None:
    op.drop_index("session_store_idx", table_name="session")
    op.drop_index("session_review_idx", table_name="session")
    op.drop_column("claim", "claimed_at")
    op.drop_column("attempt", "reading")
