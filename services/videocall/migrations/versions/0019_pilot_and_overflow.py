"""the pilot of video calls, and rules of overflow."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0022"
branch_labels = None
depends_on = None

Moment = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "pilot",
        sa.Column("region", sa.String(3), primary_key=True),
        sa.Column("offered", sa.Boolean(), nullable=False),
        sa.Column("substitute", sa.Text(), nullable=True),
        sa.Column("changed_by", sa.Uuid(), nullable=False),
        sa.Column("changed_at", Moment, nullable=False),
    )
    op.create_table(
        "overflow_rule",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("from_team", sa.Text(), nullable=False),
        sa.Column("to_region", sa.String(3), nullable=False),
        sa.Column("to_team", sa.Text(), nullable=True),
        sa.Column("after_seconds", sa.Integer(), nullable=False),
        sa.Column("open", sa.Boolean(), nullable=False),
        sa.Column("changed_by", sa.Uuid(), nullable=True),
        sa.Column("changed_at", Moment, nullable=True),
    )
    op.create_index(
        "one_rule_for_each_target",
        "overflow_rule",
        ["from_team", "to_region", "to_team"],
        unique=True,
        postgresql_nulls_not_distinct=True,
    )
    # As it was until now: after five minutes every agent of the region may answer.
    op.execute(
        "insert into overflow_rule (id, from_team, to_region, after_seconds, open)"
        " select gen_random_uuid(), code, region, 300, true from team"
    )


def downgrade() -> None:
    op.drop_table("overflow_rule")
    op.drop_table("pilot")
