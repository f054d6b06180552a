"""an export names the companies whose orders it holds, and stays noted."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

ONLY_ADDED_TO = """
create function refuse_change() returns trigger language plpgsql as
$$ begin
    raise exception '% is only ever added to', tg_table_name using errcode = '23001';
end $$;
create trigger only_added_to before update or delete on shipment_export
    for each row execute function refuse_change();
"""


def upgrade() -> None:
    # Nobody knows of exports before this one; none stands for all companies.
    regions = postgresql.ARRAY(sa.String(3))
    column = sa.Column("regions", regions, server_default=sa.text("'{}'"), nullable=False)
    op.add_column("shipment_export", column)
    op.execute(ONLY_ADDED_TO)


def downgrade() -> None:
    op.execute("drop trigger only_added_to on shipment_export")
    op.execute("drop function refuse_change()")
    op.drop_column("shipment_export", "regions")
