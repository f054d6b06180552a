"""rest by the hold."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("number", sa.Column("rests_until", sa.DateTime(timezone=True), nullable=True))
    op.execute(
        "update number set rests_until = status_since + interval '1 day'"
        " where status = 'QUARANTINED'"
    )
    op.drop_index("number_resting_idx", table_name="number")
    op.create_index(
        "number_resting_idx",
        "number",
        ["rests_until"],
        postgresql_where=sa.text("status = 'QUARANTINED'"),
    )


def downgrade() -> None:
    op.drop_index("number_resting_idx", table_name="number")
    op.create_index(
        "number_resting_idx",
        "number",
        ["status_since"],
        postgresql_where=sa.text("status = 'QUARANTINED'"),
    )
    op.drop_column("number", "rests_until")
