"""the region of a hold, and its phone's fingerprint as something to find it by."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Nothing here knows the region of an order that was routed before: head office finds those.
    op.add_column("hold", sa.Column("region", sa.String(3)))
    op.create_index(
        "hold_phone_idx",
        "hold",
        ["phone_index"],
        postgresql_where=sa.text("phone_index is not null"),
    )


def downgrade() -> None:
    op.drop_index("hold_phone_idx", table_name="hold")
    op.drop_column("hold", "region")
