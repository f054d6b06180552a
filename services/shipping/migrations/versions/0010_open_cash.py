"""of the cash due at a delivery, what its carrier has not reported."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Deliveries before this one are taken as reported: nobody knows better any more.
    money = sa.Column("cod_open_vnd", sa.BigInteger(), server_default=sa.text("0"), nullable=False)
    op.add_column("shipment", money)
    where = sa.text("cod_open_vnd > 0")
    op.create_index("shipment_cash_idx", "shipment", ["region", "id"], postgresql_where=where)


def downgrade() -> None:
    op.drop_index("shipment_cash_idx", table_name="shipment")
    op.drop_column("shipment", "cod_open_vnd")
