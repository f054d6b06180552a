"""the connection desk: since when a dossier waits, and when it was decided."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

LISTED = "stage in ('QUEUED', 'CONNECTING', 'DELAYED', 'REFUSED')"


def upgrade() -> None:
    op.add_column("activation", sa.Column("waiting_since", sa.DateTime(timezone=True)))
    op.add_column("activation", sa.Column("decided_at", sa.DateTime(timezone=True)))
    # What waits already was signed a moment before it was sent.
    op.execute(
        "update activation set waiting_since = dossier.signed_at from dossier"
        " where dossier.id = activation.dossier_id and stage in ('QUEUED', 'DELAYED')"
    )
    op.drop_index("activation_queue_idx", table_name="activation")
    op.create_index(
        "activation_desk_idx",
        "activation",
        ["stage", "region", "id"],
        postgresql_where=sa.text(LISTED),
    )
    op.create_index(
        "activation_claim_idx",
        "activation",
        ["claimed_by"],
        postgresql_where=sa.text("claimed_by is not null"),
    )


def downgrade() -> None:
    op.drop_index("activation_claim_idx", table_name="activation")
    op.drop_index("activation_desk_idx", table_name="activation")
    op.create_index(
        "activation_queue_idx",
        "activation",
        ["id"],
        postgresql_where=sa.text("stage = 'QUEUED'"),
    )
    op.drop_column("activation", "decided_at")
    op.drop_column("activation", "waiting_since")
