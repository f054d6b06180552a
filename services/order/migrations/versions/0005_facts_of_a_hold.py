"""facts of a hold, and the package of its promotion."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("journey", sa.Column("package_code", sa.String(length=64), nullable=True))
    for name in ("confirmed_at", "expired_at", "ended_at"):
        op.add_column("journey", sa.Column(name, sa.DateTime(timezone=True), nullable=True))
    op.add_column("journey", sa.Column("ended_because", sa.String(length=64), nullable=True))
    op.execute(
        "update journey set"
        " confirmed_at = case when status in ('CONFIRMED', 'CONSUMED') then status_at end,"
        " expired_at = case when status = 'EXPIRED' then status_at end,"
        " ended_at = case when status = 'RELEASED' then status_at end,"
        " ended_because = case when status = 'RELEASED' then 'HOLD_RELEASED' end"
    )


def downgrade() -> None:
    for name in ("ended_because", "ended_at", "expired_at", "confirmed_at", "package_code"):
        op.drop_column("journey", name)
