"""room for every price."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.alter_column("shipment", "cod_due_vnd", type_=sa.BigInteger())


def downgrade() -> None:
    op.alter_column("shipment", "cod_due_vnd", type_=sa.Integer())
