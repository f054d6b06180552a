"""evidence is kept: every attempt's form and pictures, guarded by triggers."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

KEEP_PICTURES = """
create function evidence_is_append_only() returns trigger language plpgsql as $$
begin
    raise exception 'evidence is never changed or removed' using errcode = 'restrict_violation';
end $$;
create trigger evidence_is_append_only before update or delete on evidence
    for each row execute function evidence_is_append_only();
"""

KEEP_ATTEMPTS = """
create function attempt_is_append_only() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' or old.decided_at is not null
        or (new.session_id, new.number, new.submitted_at, new.evidence,
            new.declaration, new.id_index, new.document_kind)
        is distinct from
           (old.session_id, old.number, old.submitted_at, old.evidence,
            old.declaration, old.id_index, old.document_kind)
    then
        raise exception 'an attempt is never changed or removed'
            using errcode = 'restrict_violation';
    end if;
    return new;
end $$;
create trigger attempt_is_append_only before update or delete on attempt
    for each row execute function attempt_is_append_only();
"""

# The form of the newest attempt is certain only where nothing could be declared since.
KNOWN_FORMS = """
update attempt set declaration = session.declaration, id_index = session.id_index,
    document_kind = session.document_kind
from session where session.id = attempt.session_id and session.attempt = attempt.number
    and session.status in ('KYC_CHECKING', 'KYC_PASSED', 'NEEDS_REVIEW')
"""

KNOWN_PICTURES = """
insert into evidence (session_id, kind, sha256, sealed, captured_at, received_at)
select image.session_id, image.kind, image.sha256, image.sealed, image.captured_at,
    image.received_at
from image where exists (
    select from attempt where attempt.session_id = image.session_id
        and attempt.evidence ->> image.kind = image.sha256)
"""


def upgrade() -> None:
    op.add_column("journey", sa.Column("number_id", sa.Uuid(), nullable=True))
    op.add_column("journey", sa.Column("call_approved_attempt", sa.Integer(), nullable=True))
    op.add_column("attempt", sa.Column("declaration", sa.LargeBinary(), nullable=True))
    op.add_column("attempt", sa.Column("id_index", sa.String(length=64), nullable=True))
    op.add_column("attempt", sa.Column("document_kind", sa.String(length=12), nullable=True))
    op.create_index(op.f("attempt_id_index_idx"), "attempt", ["id_index"], unique=False)
    op.create_table(
        "evidence",
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("captured_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["session_id"], ["session.id"], name=op.f("evidence_session_id_fkey")
        ),
        sa.PrimaryKeyConstraint("session_id", "kind", "sha256", name=op.f("evidence_pkey")),
    )
    op.execute(KNOWN_FORMS)
    op.execute(KNOWN_PICTURES)
    op.execute(KEEP_PICTURES)
    op.execute(KEEP_ATTEMPTS)


def downgrade() -> None:
    op.execute("drop trigger attempt_is_append_only on attempt")
    op.execute("drop function attempt_is_append_only")
    op.drop_table("evidence")
    op.execute("drop function evidence_is_append_only")
    op.drop_index(op.f("attempt_id_index_idx"), table_name="attempt")
    op.drop_column("attempt", "document_kind")
    op.drop_column("attempt", "id_index")
    op.drop_column("attempt", "declaration")
    op.drop_column("journey", "call_approved_attempt")
    op.drop_column("journey", "number_id")
