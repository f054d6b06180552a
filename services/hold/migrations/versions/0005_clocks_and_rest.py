"""clocks and rest."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0005"
down_revision = "0001"
branch_labels = None
depends_on = None

MOMENTS = (
    *("rests_until", "agreed_at", "paid_at", "ready_at", "handed_over_at", "received_at"),
    "reminded_of",
)
# What a slip keeps to that was issued before, or by the version before while both run.
TERMS = (
    ("packages", postgresql.JSONB(), "{}"),
    ("rest", sa.Interval(), "30 minutes"),
    ("collect_within", sa.Interval(), "7 days"),
    ("deliver_within", sa.Interval(), "21 days"),
    ("pickup_days", sa.SmallInteger(), "3"),
)


def upgrade() -> None:
    for name in MOMENTS:
        op.add_column("hold", sa.Column(name, sa.DateTime(timezone=True), nullable=True))
    for name, kind, before in TERMS:
        op.add_column("hold", sa.Column(name, kind, server_default=before, nullable=False))
    op.add_column("hold", sa.Column("clock", sa.String(length=16), nullable=True))
    op.create_index(
        "hold_clock_idx",
        "hold",
        ["expires_at"],
        postgresql_where=sa.text("clock is not null"),
    )
    op.create_index("hold_of_number_idx", "hold", ["number_id", "created_at"])


def downgrade() -> None:
    op.drop_index("hold_of_number_idx", table_name="hold")
    op.drop_index("hold_clock_idx", table_name="hold")
    op.drop_column("hold", "clock")
    for name in [name for name, _, _ in TERMS] + list(MOMENTS):
        op.drop_column("hold", name)
