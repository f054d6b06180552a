"""media sessions, and the parts of recordings."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "media_session",
        sa.Column("call_id", sa.Uuid(), nullable=False),
        sa.Column("node", sa.Text(), nullable=False),
        sa.Column("boot", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("sealed_key", sa.LargeBinary(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["call_id"], ["call.id"], name=op.f("media_session_call_id_fkey")),
        sa.PrimaryKeyConstraint("call_id", name=op.f("media_session_pkey")),
    )
    op.create_index(
        "media_session_open_idx",
        "media_session",
        ["call_id"],
        unique=False,
        postgresql_where=sa.text("closed_at is null"),
    )
    op.create_table(
        "recording_part",
        sa.Column("call_id", sa.Uuid(), nullable=False),
        sa.Column(
            "role", sa.Enum("CUSTOMER", "AGENT", name="party", native_enum=False), nullable=False
        ),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.Column("node", sa.Text(), nullable=False),
        sa.Column("path", sa.Text(), server_default="", nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "STARTING",
                "RECORDING",
                "CLOSED",
                "FAILED",
                "LOST",
                name="partstate",
                native_enum=False,
                length=16,
            ),
            nullable=False,
        ),
        sa.Column("bytes", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("blocks", sa.Integer(), server_default="0", nullable=False),
        sa.Column("head", sa.String(length=64), server_default="", nullable=False),
        sa.Column("video_frames", sa.Integer(), server_default="0", nullable=False),
        sa.Column("audio_frames", sa.Integer(), server_default="0", nullable=False),
        sa.Column("duration_ms", sa.Integer(), server_default="0", nullable=False),
        sa.Column("lag_ms", sa.Integer(), server_default="0", nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_write_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["call_id"], ["call.id"], name=op.f("recording_part_call_id_fkey")),
        sa.PrimaryKeyConstraint("call_id", "role", "part", name=op.f("recording_part_pkey")),
    )
    op.create_index(
        "recording_part_live_idx",
        "recording_part",
        ["node"],
        unique=False,
        postgresql_where=sa.text("state in ('STARTING', 'RECORDING', 'FAILED')"),
    )


def downgrade() -> None:
    op.drop_index(
        "recording_part_live_idx",
        table_name="recording_part",
        postgresql_where=sa.text("state in ('STARTING', 'RECORDING', 'FAILED')"),
    )
    op.drop_table("recording_part")
    op.drop_index(
        "media_session_open_idx",
        table_name="media_session",
        postgresql_where=sa.text("closed_at is null"),
    )
    op.drop_table("media_session")
