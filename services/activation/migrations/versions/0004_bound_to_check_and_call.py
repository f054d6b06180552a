"""bound to check and call."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0004"
down_revision = "0001"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    for column in (
        sa.Column("expired_at", MOMENT),
        sa.Column("ended_at", MOMENT),
        sa.Column("ended_because", sa.String(16)),
        sa.Column("cancel_order_id", sa.Uuid()),
        sa.Column("kyc_session_id", sa.Uuid()),
        sa.Column("kyc_attempt", sa.Integer()),
        sa.Column("call_id", sa.Uuid()),
        sa.Column("call_session_id", sa.Uuid()),
        sa.Column("call_attempt", sa.Integer()),
        sa.Column("sim_photo_sha256", sa.String(64)),
        sa.Column("signed_for", postgresql.JSONB(astext_type=sa.Text())),
        sa.Column("too_late", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("claimed_at", MOMENT),
        sa.Column("stands_by", sa.Uuid()),
        sa.Column("reissues", sa.Integer(), server_default=sa.text("0"), nullable=False),
    ):
        op.add_column("activation", column)
    # Which fact closed it was not kept. One that was never confirmed may still be.
    op.execute(
        "update activation set expired_at = 'epoch' where stage = 'CLOSED' and confirmed_at is null"
    )
    op.execute(
        "update activation set ended_at = confirmed_at, ended_because = 'HOLD_RELEASED'"
        " where stage = 'CLOSED' and confirmed_at is not null"
    )
    op.execute("update activation set claimed_at = now() where claimed_by is not null")
    op.execute(
        "update activation set sim_photo_sha256 = sim_photo.sha256 from sim_photo"
        " where sim_photo.hold_id = activation.hold_id"
    )

    op.add_column("sim_photo", sa.Column("id", sa.Uuid()))
    op.execute("update sim_photo set id = gen_random_uuid()")
    op.alter_column("sim_photo", "id", nullable=False)
    op.drop_constraint("sim_photo_pkey", "sim_photo", type_="primary")
    op.create_primary_key("sim_photo_pkey", "sim_photo", ["id"])
    op.create_index(op.f("sim_photo_hold_id_idx"), "sim_photo", ["hold_id"])

    op.create_table(
        "incident",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("hold_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("found", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("opened_at", MOMENT, nullable=False),
        sa.Column("closed_at", MOMENT),
        sa.Column("closed_by", sa.Uuid()),
        sa.Column("resolution", sa.String(8)),
        sa.Column("note", sa.Text()),
        sa.ForeignKeyConstraint(
            ["hold_id"], ["activation.hold_id"], name=op.f("incident_hold_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("incident_pkey")),
        sa.UniqueConstraint("hold_id", "kind", "about", name="one_incident_per_subject"),
    )
    op.create_index(op.f("incident_hold_id_idx"), "incident", ["hold_id"])
    op.create_index(
        "incident_open_idx", "incident", ["id"], postgresql_where=sa.text("closed_at is null")
    )
    op.execute(
        "insert into incident (id, hold_id, kind, about, found, opened_at)"
        " select gen_random_uuid(), hold_id, incident, 'request:' || request_id, '{}', now()"
        " from activation where incident is not null"
    )
    op.create_table(
        "access_log",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("hold_id", sa.Uuid(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("access_log_pkey")),
    )
    op.create_index(op.f("access_log_hold_id_idx"), "access_log", ["hold_id"])

    op.execute(
        "create function refuse_change() returns trigger language plpgsql as"
        " $$ begin raise exception '% is only ever added to', tg_table_name; end $$"
    )
    for table in ("dossier", "sim_photo", "access_log"):
        op.execute(
            f"create trigger only_added_to before update or delete on {table}"
            " for each row execute function refuse_change()"
        )


def downgrade() -> None:
    for table in ("dossier", "sim_photo", "access_log"):
        op.execute(f"drop trigger only_added_to on {table}")
    op.execute("drop function refuse_change()")
    op.drop_table("access_log")
    op.drop_table("incident")
    op.execute(
        "delete from sim_photo older using sim_photo newer"
        " where older.hold_id = newer.hold_id and older.taken_at < newer.taken_at"
    )
    op.drop_index(op.f("sim_photo_hold_id_idx"), table_name="sim_photo")
    op.drop_constraint("sim_photo_pkey", "sim_photo", type_="primary")
    op.drop_column("sim_photo", "id")
    op.create_primary_key("sim_photo_pkey", "sim_photo", ["hold_id"])
    for name in (
        "reissues",
        "stands_by",
        "claimed_at",
        "too_late",
        "signed_for",
        "sim_photo_sha256",
        "call_attempt",
        "call_session_id",
        "call_id",
        "kyc_attempt",
        "kyc_session_id",
        "cancel_order_id",
        "ended_because",
        "ended_at",
        "expired_at",
    ):
        op.drop_column("activation", name)
