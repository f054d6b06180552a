"""one fold of a hold's facts."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("hold", sa.Column("expired_at", sa.DateTime(timezone=True)))
    op.alter_column("hold", "gone_at", new_column_name="ended_at")
    op.add_column("hold", sa.Column("ended_because", sa.String(16)))
    op.execute(
        "update hold set expired_at = ended_at, ended_at = null where gone_because = 'HOLD_EXPIRED'"
    )
    op.execute("update hold set ended_because = gone_because where ended_at is not null")
    # An order cancelled after its hold had expired was, as far as anybody can tell, the echo.
    op.execute(
        "update hold set ended_at = now(), ended_because = 'ORDER_CANCELLED'"
        " where order_cancelled and ended_at is null and expired_at is null"
    )
    op.drop_column("hold", "gone_because")
    op.drop_column("hold", "order_cancelled")


def downgrade() -> None:
    op.add_column(
        "hold",
        sa.Column("order_cancelled", sa.Boolean(), server_default=sa.text("false"), nullable=False),
    )
    op.add_column("hold", sa.Column("gone_because", sa.String(64)))
    op.execute(
        "update hold set order_cancelled = ended_because = 'ORDER_CANCELLED'"
        " where ended_because is not null"
    )
    op.execute("update hold set gone_because = ended_because where ended_at is not null")
    op.execute(
        "update hold set ended_at = expired_at, gone_because = 'HOLD_EXPIRED'"
        " where ended_at is null and expired_at is not null"
    )
    op.drop_column("hold", "ended_because")
    op.alter_column("hold", "ended_at", new_column_name="gone_at")
    op.drop_column("hold", "expired_at")
