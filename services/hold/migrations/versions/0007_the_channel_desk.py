"""the channel desk."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Known from the next PartnerChanged on; until then head office looks after the channel.
    op.add_column("partner", sa.Column("region", sa.String(length=3), nullable=True))
    for name, column in (("hold_sold_idx", "partner_id"), ("hold_referred_idx", "referrer_code")):
        op.create_index(
            name,
            "hold",
            [column, "created_at"],
            postgresql_where=sa.text(f"{column} is not null"),
        )


def downgrade() -> None:
    op.drop_index("hold_referred_idx", table_name="hold")
    op.drop_index("hold_sold_idx", table_name="hold")
    op.drop_column("partner", "region")
