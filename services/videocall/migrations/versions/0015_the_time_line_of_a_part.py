"""the time line of a part."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    moment = sa.DateTime(timezone=True)
    op.add_column("recording_part", sa.Column("started_at", moment, nullable=True))
    # Before, a part was known to have begun by its last block and its length.
    op.execute(
        "update recording_part set started_at ="
        " last_write_at - make_interval(secs => duration_ms / 1000.0)"
    )


def downgrade() -> None:
    op.drop_column("recording_part", "started_at")
