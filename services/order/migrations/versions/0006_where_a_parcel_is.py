"""where the parcel of an order is."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    tabs = sa.Enum(
        "AWAITING_PAYMENT",
        "PENDING",
        "AWAITING_COLLECTION",
        "DELIVERING",
        "DELIVERED",
        "CANCELLED",
        name="status",
        native_enum=False,
        length=24,
    )
    op.add_column("order", sa.Column("reached", tabs, nullable=True))
    op.execute(
        """update "order" set reached = status"""
        """ where status in ('AWAITING_COLLECTION', 'DELIVERING', 'DELIVERED')"""
    )


def downgrade() -> None:
    op.drop_column("order", "reached")
