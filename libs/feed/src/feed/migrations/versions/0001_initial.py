"""initial."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    if sa.inspect(op.get_bind()).has_table("partner_feed"):
        # Made by the revision 0004 of hold, before the feed had a chain; hold forgets the number.
        op.execute("update alembic_version set version_num = '0001' where version_num = '0004'")
        return
    op.create_table(
        "partner_event",
        sa.Column("partner_id", sa.Uuid(), nullable=False),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("timestamp", sa.DateTime(timezone=True), nullable=False),
        sa.Column("data", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column(
            "numbered_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("partner_id", "sequence", name=op.f("partner_event_pkey")),
    )
    op.create_index("partner_event_age_idx", "partner_event", ["numbered_at"], unique=False)
    op.create_index(
        "partner_event_once_idx", "partner_event", ["partner_id", "event_id"], unique=True
    )
    op.create_table(
        "partner_feed",
        sa.Column("partner_id", sa.Uuid(), nullable=False),
        sa.Column("sequence", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("pruned_to", sa.BigInteger(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("partner_id", name=op.f("partner_feed_pkey")),
    )
    op.create_table(
        "partner_news",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("partner_id", sa.Uuid(), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("timestamp", sa.DateTime(timezone=True), nullable=False),
        sa.Column("data", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("partner_news_pkey")),
        postgresql_with={"autovacuum_vacuum_scale_factor": 0, "autovacuum_vacuum_threshold": 2000},
    )
    op.create_index("partner_news_in_order_idx", "partner_news", ["partner_id", "id"], unique=False)
    op.create_table(
        "webhook",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("partner_id", sa.Uuid(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("cursor", sa.BigInteger(), nullable=False),
        sa.Column("keys", sa.LargeBinary(), nullable=False),
        sa.Column("former_keys", sa.LargeBinary(), nullable=True),
        sa.Column("former_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("because", sa.Text(), nullable=True),
        sa.Column("disabled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("failures", sa.Integer(), server_default="0", nullable=False),
        sa.Column("failing_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("next_try_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lease", sa.Uuid(), nullable=True),
        sa.Column("leased_until", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("webhook_pkey")),
    )
    op.create_index("one_webhook_per_address", "webhook", ["partner_id", "url"], unique=True)
    op.create_index(
        "webhook_due_idx",
        "webhook",
        ["next_try_at"],
        unique=False,
        postgresql_where=sa.text("state = 'ACTIVE'"),
    )
    op.create_table(
        "webhook_delivery",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("webhook_id", sa.Uuid(), nullable=False),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("status", sa.SmallInteger(), nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("took_ms", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["webhook_id"],
            ["webhook.id"],
            name=op.f("webhook_delivery_webhook_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("webhook_delivery_pkey")),
    )
    op.create_index("webhook_delivery_age_idx", "webhook_delivery", ["at"], unique=False)
    op.create_index(
        "webhook_delivery_of_idx", "webhook_delivery", ["webhook_id", "id"], unique=False
    )


def downgrade() -> None:
    op.drop_index("webhook_delivery_of_idx", table_name="webhook_delivery")
    op.drop_index("webhook_delivery_age_idx", table_name="webhook_delivery")
    op.drop_table("webhook_delivery")
    op.drop_index(
        "webhook_due_idx", table_name="webhook", postgresql_where=sa.text("state = 'ACTIVE'")
    )
    op.drop_index("one_webhook_per_address", table_name="webhook")
    op.drop_table("webhook")
    op.drop_index("partner_news_in_order_idx", table_name="partner_news")
    op.drop_table("partner_news")
    op.drop_table("partner_feed")
    op.drop_index("partner_event_once_idx", table_name="partner_event")
    op.drop_index("partner_event_age_idx", table_name="partner_event")
    op.drop_table("partner_event")
