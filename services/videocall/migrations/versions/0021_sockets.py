"""marks of what has changed, and the sockets through which clients hear of it."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0013"
branch_labels = None
depends_on = None

Moment = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "change",
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("subject", name=op.f("change_pkey")),
    )
    op.create_table(
        "socket_node",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("beat_at", Moment, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("socket_node_pkey")),
    )
    op.create_table(
        "socket",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("principal", sa.Uuid(), nullable=False),
        sa.Column("node", sa.Uuid(), nullable=False),
        sa.Column("opened_at", Moment, nullable=False),
        sa.ForeignKeyConstraint(
            ["node"], ["socket_node.id"], name=op.f("socket_node_fkey"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("socket_pkey")),
    )
    op.create_index(op.f("socket_node_idx"), "socket", ["node"])
    op.create_index("socket_principal_idx", "socket", ["principal", "opened_at"])


def downgrade() -> None:
    for name in ("socket", "socket_node", "change"):
        op.drop_table(name)
