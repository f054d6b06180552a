"""revocations."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = "0000"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "ended_session",
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column(
            "heard_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False
        ),
        sa.PrimaryKeyConstraint("session_id", name="ended_session_pkey"),
    )
    op.create_index("ended_session_heard_at_idx", "ended_session", ["heard_at"])
    op.create_table(
        "changed_staff",
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("as_of", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "heard_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False
        ),
        sa.PrimaryKeyConstraint("subject_id", name="changed_staff_pkey"),
    )
    op.create_index("changed_staff_heard_at_idx", "changed_staff", ["heard_at"])


def downgrade() -> None:
    op.drop_table("changed_staff")
    op.drop_table("ended_session")
