"""the stock."""

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("number_stock_idx", "number", ["national"])
    op.create_index("number_status_idx", "number", ["status", "national"])


def downgrade() -> None:
    op.drop_index("number_status_idx", table_name="number")
    op.drop_index("number_stock_idx", table_name="number")
