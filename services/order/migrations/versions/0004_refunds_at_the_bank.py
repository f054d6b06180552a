"""refunds at the bank and by hand."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("refund", sa.Column("at_bank_since", sa.DateTime(timezone=True), nullable=True))
    op.add_column("refund", sa.Column("gateway_no", sa.String(length=32), nullable=True))
    op.add_column("refund", sa.Column("settled_by", sa.Uuid(), nullable=True))
    op.add_column("refund", sa.Column("bank_reference", sa.String(length=64), nullable=True))
    op.create_index("refund_order_id_idx", "refund", ["order_id"], unique=False)
    op.create_index(
        "refund_open_idx",
        "refund",
        ["id"],
        unique=False,
        postgresql_where=sa.text("status <> 'REFUNDED'"),
    )


def downgrade() -> None:
    op.drop_index(
        "refund_open_idx",
        table_name="refund",
        postgresql_where=sa.text("status <> 'REFUNDED'"),
    )
    op.drop_index("refund_order_id_idx", table_name="refund")
    op.drop_column("refund", "bank_reference")
    op.drop_column("refund", "settled_by")
    op.drop_column("refund", "gateway_no")
    op.drop_column("refund", "at_bank_since")
