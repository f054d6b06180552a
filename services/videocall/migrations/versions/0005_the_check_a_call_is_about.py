"""the check a call is about.

Checks heard before sessions were kept have the nil UUID as their session.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("call", sa.Column("session_id", sa.Uuid(), nullable=True))
    op.add_column("call", sa.Column("attempt", sa.Integer(), nullable=True))
    op.add_column("journey", sa.Column("checked_session", sa.Uuid(), nullable=True))
    op.add_column("journey", sa.Column("newest_session", sa.Uuid(), nullable=True))
    op.execute(
        "update journey set checked_session = '00000000-0000-0000-0000-000000000000'"
        " where checked_attempt is not null"
    )
    op.execute(
        "update journey set newest_session = '00000000-0000-0000-0000-000000000000'"
        " where newest_attempt is not null"
    )


def downgrade() -> None:
    op.drop_column("journey", "newest_session")
    op.drop_column("journey", "checked_session")
    op.drop_column("call", "attempt")
    op.drop_column("call", "session_id")
