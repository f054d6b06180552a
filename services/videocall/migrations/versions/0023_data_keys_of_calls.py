"""data keys of calls, erasure and legal holds."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0020"
branch_labels = None
depends_on = None

Moment = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "data_key",
        sa.Column("call_id", sa.Uuid(), nullable=False),
        sa.Column("sealed_key", sa.LargeBinary(), nullable=True),
        sa.Column("made_at", Moment, nullable=False),
        sa.Column("erased_at", Moment, nullable=True),
        sa.ForeignKeyConstraint(["call_id"], ["call.id"], name=op.f("data_key_call_id_fkey")),
        sa.PrimaryKeyConstraint("call_id", name=op.f("data_key_pkey")),
    )
    op.create_table(
        "legal_hold",
        sa.Column("hold_id", sa.Uuid(), nullable=False),
        sa.Column("reason_code", sa.String(64), nullable=False),
        sa.Column("placed_by", sa.Uuid(), nullable=False),
        sa.Column("placed_at", Moment, nullable=False),
        sa.Column("lifted_at", Moment, nullable=True),
        sa.ForeignKeyConstraint(
            ["hold_id"], ["journey.hold_id"], name=op.f("legal_hold_hold_id_fkey")
        ),
        sa.PrimaryKeyConstraint("hold_id", name=op.f("legal_hold_pkey")),
    )
    op.alter_column("media_session", "sealed_key", nullable=True)
    op.add_column(
        "photo", sa.Column("by_data_key", sa.Boolean(), nullable=False, server_default="false")
    )
    # The keys of recordings so far; stills without a recording have the service's own.
    op.execute(
        "insert into data_key (call_id, sealed_key, made_at)"
        " select call_id, sealed_key, opened_at from media_session"
    )
    op.execute(
        "insert into data_key (call_id, made_at) select call_id, min(taken_at) from photo"
        " group by call_id on conflict do nothing"
    )
    _let_old_stills_be_emptied()


def downgrade() -> None:
    op.execute("drop trigger stills_are_only_added on photo")
    op.execute("drop function refuse_change_of_still()")
    op.execute(
        "create trigger stills_are_only_added before update or delete on photo"
        " for each row execute function refuse_change()"
    )
    op.drop_column("photo", "by_data_key")
    op.execute("delete from media_session where sealed_key is null")
    op.alter_column("media_session", "sealed_key", nullable=False)
    op.drop_table("legal_hold")
    op.drop_table("data_key")


def _let_old_stills_be_emptied() -> None:
    """Allow one change: a still sealed by the service's key is emptied once its call is erased."""
    op.execute(
        """
        create function refuse_change_of_still() returns trigger language plpgsql as $$
        begin
            if tg_op = 'UPDATE' and not old.by_data_key and new.sealed = ''
                and to_jsonb(new) - 'sealed' = to_jsonb(old) - 'sealed'
                and exists (
                    select from data_key where call_id = old.call_id and erased_at is not null
                )
            then
                return new;
            end if;
            raise exception '% is only ever added to', tg_table_name
                using errcode = 'integrity_constraint_violation';
        end $$
        """
    )
    op.execute("drop trigger stills_are_only_added on photo")
    op.execute(
        "create trigger stills_are_only_added before update or delete on photo"
        " for each row execute function refuse_change_of_still()"
    )
