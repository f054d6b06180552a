"""work list."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    if sa.inspect(op.get_bind()).has_table("task_decision"):
        # The services' own chains had this change, and one number more from there on.
        op.execute(
            "update alembic_version set version_num = lpad((version_num::int - 1)::text, 4, '0')"
        )
        return
    op.create_table(
        "task_decision",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("task_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("ref", sa.Uuid(), nullable=False),
        sa.Column("refused_because", sa.Text(), nullable=False),
        sa.Column("decision", sa.Text(), nullable=False),
        sa.Column("reason_code", sa.Text(), nullable=True),
        sa.Column("decided_by", sa.Uuid(), nullable=False),
        sa.Column(
            "decided_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("task_decision_pkey")),
    )
    op.create_index(op.f("task_decision_task_id_idx"), "task_decision", ["task_id"], unique=False)
    op.add_column("task", sa.Column("region", sa.Text(), nullable=True))
    op.add_column("task", sa.Column("listed_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("task", sa.Column("reason_code", sa.Text(), nullable=True))
    op.drop_index(op.f("task_due_idx"), table_name="task", postgresql_where="(done_at IS NULL)")
    op.create_index(
        "task_due_idx",
        "task",
        ["kind", "attempts", "due_at"],
        unique=False,
        postgresql_where=sa.text("done_at is null and listed_at is null"),
    )
    op.create_index(
        "task_listed_idx",
        "task",
        ["id"],
        unique=False,
        postgresql_where=sa.text("done_at is null and listed_at is not null"),
    )
    # From now on only the kind of an error is kept: its words may quote a person.
    op.execute("update task set last_error = split_part(last_error, '(', 1)")


def downgrade() -> None:
    op.drop_index(
        "task_listed_idx",
        table_name="task",
        postgresql_where=sa.text("done_at is null and listed_at is not null"),
    )
    op.drop_index(
        "task_due_idx",
        table_name="task",
        postgresql_where=sa.text("done_at is null and listed_at is null"),
    )
    op.create_index(
        op.f("task_due_idx"), "task", ["due_at"], unique=False, postgresql_where="(done_at IS NULL)"
    )
    op.drop_column("task", "reason_code")
    op.drop_column("task", "listed_at")
    op.drop_column("task", "region")
    op.drop_index(op.f("task_decision_task_id_idx"), table_name="task_decision")
    op.drop_table("task_decision")
