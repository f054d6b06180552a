"""lists of a million orders: streams, exact counts, digits of numbers, phones found blindly."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

KNOWN = """
update shipment set region = (select region from hold where hold.id = shipment.hold_id),
    since = coalesce(delivered_at, lost_at, refused_at, handed_over_at, packed_at, placed_at);
"""

# Written by the database, so that the version before, which still answers, leaves nothing out.
# A hold's row is locked by whoever begins its shipment, and before the shipment by all others.
DERIVED = """
create function shipment_is_derived() returns trigger language plpgsql as $$
begin
    if tg_op = 'INSERT' then
        new.region := (select hold.region from hold where hold.id = new.hold_id);
        new.since := coalesce(new.since, now());
    elsif new.status is distinct from old.status then
        new.since := now();
        new.overdue := false;
    end if;
    return new;
end $$;
create trigger shipment_is_derived before insert or update on shipment
    for each row execute function shipment_is_derived();

create function shipment_follows_region() returns trigger language plpgsql as $$
begin
    update shipment set region = new.region where hold_id = new.id;
    return null;
end $$;
create trigger shipment_follows_region after update of region on hold
    for each row when (new.region is distinct from old.region)
    execute function shipment_follows_region();
"""

COUNTED = "coalesce(region, ''), status, overdue, delivery, payment"
COLUMNS = "region, status, overdue, delivery, payment, number"

# A statement appends what it changed: no row that two transactions wait for.
COUNTING = f"""
create function shipment_is_counted() returns trigger language plpgsql as $$
begin
    if tg_op = 'INSERT' then
        insert into shipment_count_change ({COLUMNS})
            select {COUNTED}, count(*) from after group by 1, 2, 3, 4, 5;
    elsif tg_op = 'DELETE' then
        insert into shipment_count_change ({COLUMNS})
            select {COUNTED}, -count(*) from before group by 1, 2, 3, 4, 5;
    else
        insert into shipment_count_change ({COLUMNS})
            select {COUNTED}, sum(one) from (
                select region, status, overdue, delivery, payment, 1 as one from after
                union all
                select region, status, overdue, delivery, payment, -1 from before
            ) as change group by 1, 2, 3, 4, 5 having sum(one) <> 0;
    end if;
    return null;
end $$;
create trigger shipment_is_counted_new after insert on shipment
    referencing new table as after
    for each statement execute function shipment_is_counted();
create trigger shipment_is_counted_changed after update on shipment
    referencing old table as before new table as after
    for each statement execute function shipment_is_counted();
create trigger shipment_is_counted_gone after delete on shipment
    referencing old table as before
    for each statement execute function shipment_is_counted();
"""  # noqa: S608, names are ours

COUNT_ALL = f"""
insert into shipment_count ({COLUMNS})
    select {COUNTED}, count(*) from shipment group by 1, 2, 3, 4, 5
"""  # noqa: S608, names are ours


def upgrade() -> None:
    op.execute("lock table hold, shipment in share row exclusive mode")
    _add_tables()
    _add_columns()
    op.execute(KNOWN)
    op.alter_column("shipment", "since", nullable=False)
    _add_indexes()
    op.execute(DERIVED)
    op.execute(COUNTING)
    op.execute(COUNT_ALL)


def _add_tables() -> None:
    op.create_table(
        "number",
        sa.Column("number_id", sa.Uuid(), nullable=False),
        sa.Column("msisdn", sa.String(16), nullable=False),
        sa.PrimaryKeyConstraint("number_id", name=op.f("number_pkey")),
    )
    op.create_index(op.f("number_msisdn_idx"), "number", ["msisdn"])
    op.create_table(
        "shipment_export",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("filters", postgresql.JSONB(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("shipment_export_pkey")),
    )
    key = ("region", "status", "overdue", "delivery", "payment")
    op.create_table(
        "shipment_count",
        *_counted(),
        sa.PrimaryKeyConstraint(*key, name="shipment_count_pkey"),
    )
    op.create_table(
        "shipment_count_change",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        *_counted(),
        sa.PrimaryKeyConstraint("id", name=op.f("shipment_count_change_pkey")),
    )


def _counted() -> list[sa.Column[object]]:
    return [
        sa.Column("region", sa.String(3), nullable=False),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("overdue", sa.Boolean(), nullable=False),
        sa.Column("delivery", sa.String(8), nullable=False),
        sa.Column("payment", sa.String(8), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
    ]


def _add_columns() -> None:
    op.add_column("hold", sa.Column("number_id", sa.Uuid()))
    op.create_index(op.f("hold_number_id_idx"), "hold", ["number_id"])
    op.add_column("delivery", sa.Column("phone_index", sa.String(64)))
    op.create_index(op.f("delivery_phone_index_idx"), "delivery", ["phone_index"])
    op.create_index(
        "delivery_unindexed_idx",
        "delivery",
        ["id"],
        postgresql_where=sa.text("doorstep is not null and phone_index is null"),
    )
    op.add_column("shipment", sa.Column("region", sa.String(3)))
    op.add_column("shipment", sa.Column("since", sa.DateTime(timezone=True)))
    overdue = sa.Column("overdue", sa.Boolean(), server_default=sa.text("false"), nullable=False)
    op.add_column("shipment", overdue)


def _add_indexes() -> None:
    stream = ["status", "overdue", "delivery", "payment", "id"]
    at_store = sa.text("delivery = 'STORE'")
    waiting = sa.text(
        "not overdue and status not in ('DELIVERED', 'CANCELLED', 'RETURNED', 'LOST',"
        " 'DAMAGED', 'WAITING_PAYMENT')"
    )
    op.create_index("shipment_stream_idx", "shipment", stream)
    op.create_index("shipment_region_idx", "shipment", ["region", *stream])
    op.create_index("shipment_serial_idx", "shipment", ["sim_serial"])
    op.drop_index("shipment_status_idx", table_name="shipment")
    op.drop_index("shipment_store_idx", table_name="shipment")
    columns = ["store_code", "status", "id"]
    op.create_index("shipment_store_idx", "shipment", columns, postgresql_where=at_store)
    columns = ["store_code", "delivered_at"]
    op.create_index("shipment_given_idx", "shipment", columns, postgresql_where=at_store)
    columns = ["status", "since"]
    op.create_index("shipment_waiting_idx", "shipment", columns, postgresql_where=waiting)


def downgrade() -> None:
    for name in ("new", "changed", "gone"):
        op.execute(f"drop trigger shipment_is_counted_{name} on shipment")
    op.execute("drop trigger shipment_is_derived on shipment")
    op.execute("drop trigger shipment_follows_region on hold")
    for name in ("shipment_is_counted", "shipment_is_derived", "shipment_follows_region"):
        op.execute(f"drop function {name}")
    for table in ("number", "shipment_export", "shipment_count", "shipment_count_change"):
        op.drop_table(table)
    op.drop_index("shipment_store_idx", table_name="shipment")
    op.drop_index("shipment_given_idx", table_name="shipment")
    op.drop_index("shipment_serial_idx", table_name="shipment")
    for column in ("region", "since", "overdue"):  # and the indexes that have them
        op.drop_column("shipment", column)
    op.drop_column("delivery", "phone_index")
    op.drop_column("hold", "number_id")
    op.create_index("shipment_status_idx", "shipment", ["status", "id"])
    at_store = sa.text("delivery = 'STORE'")
    columns = ["store_code", "id"]
    op.create_index("shipment_store_idx", "shipment", columns, postgresql_where=at_store)
