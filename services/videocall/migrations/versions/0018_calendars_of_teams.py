"""calendars of teams, and what supervisors edit."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0018"
down_revision = "0021"
branch_labels = None
depends_on = None

Moment = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "team",
        sa.Column("code", sa.Text(), primary_key=True),
        sa.Column("region", sa.String(3), nullable=False),
    )
    # Each regional company has a team of its code (SD.4); others are known by their orders.
    op.execute("insert into team select 'KV' || n, 'KV' || n from generate_series(1, 9) as n")
    op.execute(
        "insert into team select distinct on (team) team, region from journey"
        " where team is not null and region is not null"
        " order by team, routed_at desc on conflict do nothing"
    )
    op.create_table(
        "calendar",
        sa.Column("team", sa.Text(), primary_key=True),
        sa.Column("week", JSONB(), nullable=False),
        sa.Column("changed_by", sa.Uuid(), nullable=False),
        sa.Column("changed_at", Moment, nullable=False),
    )
    op.create_table(
        "exception_day",
        sa.Column("team", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("spans", JSONB(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("changed_by", sa.Uuid(), nullable=False),
        sa.Column("changed_at", Moment, nullable=False),
        sa.PrimaryKeyConstraint("team", "day", name="exception_day_pkey"),
    )
    op.create_table(
        "edit",
        sa.Column("id", sa.BigInteger(), sa.Identity(), primary_key=True),
        sa.Column("at", Moment, nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("what", sa.String(24), nullable=False),
        sa.Column("region", sa.String(3), nullable=True),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("before", JSONB(), nullable=True),
        sa.Column("after", JSONB(), nullable=True),
    )
    op.execute(
        "create trigger edits_are_only_added before update or delete on edit"
        " for each row execute function refuse_change()"
    )


def downgrade() -> None:
    for name in ("edit", "exception_day", "calendar", "team"):
        op.drop_table(name)
