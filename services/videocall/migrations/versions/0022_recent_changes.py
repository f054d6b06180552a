"""what was marked just now can be found."""

from alembic import op

revision = "0022"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(op.f("change_version_idx"), "change", ["version"])


def downgrade() -> None:
    op.drop_index(op.f("change_version_idx"), "change")
