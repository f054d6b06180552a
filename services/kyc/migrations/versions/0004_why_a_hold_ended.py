"""why a hold ended."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.alter_column("journey", "given_up_at", new_column_name="ended_at")
    op.add_column("journey", sa.Column("ended_because", sa.String(16)))
    # The order's echo of an expiry was kept as if it were final: it says nothing new.
    op.execute(
        "update journey set ended_at = null where expired_at is not null"
        " and (confirmed_at is null or ended_at <= confirmed_at)"
    )
    op.execute("update journey set ended_because = 'HOLD_RELEASED' where ended_at is not null")


def downgrade() -> None:
    op.drop_column("journey", "ended_because")
    op.alter_column("journey", "ended_at", new_column_name="given_up_at")
