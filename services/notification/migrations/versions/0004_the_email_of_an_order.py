"""the email of an order."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("journey", sa.Column("email_sealed", sa.LargeBinary(), nullable=True))
    op.add_column("journey", sa.Column("email_as_of", sa.DateTime(timezone=True), nullable=True))
    op.create_table(
        "forgotten",
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("customer_id", name=op.f("forgotten_pkey")),
    )


def downgrade() -> None:
    op.drop_table("forgotten")
    op.drop_column("journey", "email_as_of")
    op.drop_column("journey", "email_sealed")
