"""erasures that customers asked for."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "erasure",
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("customer_id", name=op.f("erasure_pkey")),
    )
    op.add_column("data_key", sa.Column("kept_because", sa.String(16), nullable=True))
    op.create_index("journey_customer_idx", "journey", ["customer_id"], unique=False)


def downgrade() -> None:
    op.drop_index("journey_customer_idx", table_name="journey")
    op.drop_column("data_key", "kept_because")
    op.drop_table("erasure")
