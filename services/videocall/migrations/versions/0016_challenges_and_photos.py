"""challenges of a call, and photos that an agent asks for and judges."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

Moment = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "challenge",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("call_id", sa.Uuid(), nullable=False),
        sa.Column("draw", sa.Integer(), nullable=False),
        sa.Column("place", sa.SmallInteger(), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("detail", sa.String(8), nullable=True),
        sa.Column("drawn_at", Moment, nullable=False),
        sa.Column("issued_at", Moment, nullable=True),
        sa.Column("shown_at", Moment, nullable=True),
        sa.Column("result", sa.String(4), nullable=True),
        sa.Column("decided_at", Moment, nullable=True),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["call_id"], ["call.id"], name=op.f("challenge_call_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("challenge_pkey")),
        sa.UniqueConstraint(
            "call_id", "draw", "place", name=op.f("challenge_call_id_draw_place_key")
        ),
    )
    op.create_table(
        "photo_request",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("call_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("hint", sa.String(16), nullable=True),
        sa.Column("asked_at", Moment, nullable=False),
        sa.Column("asked_by", sa.Uuid(), nullable=False),
        sa.Column("expires_at", Moment, nullable=False),
        sa.ForeignKeyConstraint(["call_id"], ["call.id"], name=op.f("photo_request_call_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("photo_request_pkey")),
    )
    op.create_index(op.f("photo_request_call_id_idx"), "photo_request", ["call_id"])
    op.create_table(
        "photo_verdict",
        sa.Column("photo_id", sa.Uuid(), nullable=False),
        sa.Column("accepted", sa.Boolean(), nullable=False),
        sa.Column("hint", sa.String(16), nullable=True),
        sa.Column("decided_by", sa.Uuid(), nullable=False),
        sa.Column("decided_at", Moment, nullable=False),
        sa.ForeignKeyConstraint(
            ["photo_id"], ["photo.id"], name=op.f("photo_verdict_photo_id_fkey")
        ),
        sa.PrimaryKeyConstraint("photo_id", name=op.f("photo_verdict_pkey")),
    )
    _widen_photos()
    _guard_decisions()


def downgrade() -> None:
    op.execute("drop trigger challenges_are_decided_once on challenge")
    op.execute("drop function refuse_second_decision()")
    op.drop_table("photo_verdict")
    for name in ("one_frame", "one_answer", "photo_call_idx"):
        op.drop_index(name, table_name="photo")
    for name in ("source", "request_id", "width", "height", "sharpness", "brightness", "flaw"):
        op.drop_column("photo", name)
    op.create_unique_constraint(
        op.f("photo_call_id_kind_sha256_key"), "photo", ["call_id", "kind", "sha256"]
    )
    op.alter_column("photo", "kind", type_=sa.String(8))
    op.drop_table("photo_request")
    op.drop_table("challenge")


def _widen_photos() -> None:
    op.alter_column("photo", "kind", type_=sa.String(16))
    op.add_column(
        "photo", sa.Column("source", sa.String(8), nullable=False, server_default="FRAME")
    )
    op.alter_column("photo", "source", server_default=None)
    for column in (
        sa.Column("request_id", sa.Uuid(), nullable=True),
        sa.Column("width", sa.Integer(), nullable=True),
        sa.Column("height", sa.Integer(), nullable=True),
        sa.Column("sharpness", sa.Float(), nullable=True),
        sa.Column("brightness", sa.Float(), nullable=True),
        sa.Column("flaw", sa.String(8), nullable=True),
    ):
        op.add_column("photo", column)
    op.create_foreign_key(
        op.f("photo_request_id_fkey"), "photo", "photo_request", ["request_id"], ["id"]
    )
    op.drop_constraint(op.f("photo_call_id_kind_sha256_key"), "photo")
    op.create_index(
        "one_frame",
        "photo",
        ["call_id", "kind", "sha256"],
        unique=True,
        postgresql_where=sa.text("request_id is null"),
    )
    op.create_index(
        "one_answer",
        "photo",
        ["request_id", "sha256"],
        unique=True,
        postgresql_where=sa.text("request_id is not null"),
    )
    op.create_index("photo_call_idx", "photo", ["call_id"])


def _guard_decisions() -> None:
    op.execute(
        "create trigger verdicts_are_only_added before update or delete on photo_verdict"
        " for each row execute function refuse_change()"
    )
    op.execute(
        """
        create function refuse_second_decision() returns trigger language plpgsql as $$
        begin
            if tg_op = 'DELETE' or old.result is not null
                    or (new.kind, new.detail, new.draw)
                    is distinct from (old.kind, old.detail, old.draw)
            then
                raise exception 'a challenge is only ever added to, and decided once'
                    using errcode = 'integrity_constraint_violation';
            end if;
            return new;
        end $$
        """
    )
    op.execute(
        "create trigger challenges_are_decided_once before update or delete on challenge"
        " for each row execute function refuse_second_decision()"
    )
