"""no still after the decision."""

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        """
        create function refuse_late_still() returns trigger language plpgsql as $$
        begin
            if (select status from call where id = new.call_id) <> 'IN_CALL' then
                raise exception 'stills are taken while agent and customer talk'
                    using errcode = 'integrity_constraint_violation';
            end if;
            return new;
        end $$
        """
    )
    op.execute(
        "create trigger stills_are_of_a_call_under_way before insert on photo"
        " for each row execute function refuse_late_still()"
    )


def downgrade() -> None:
    op.execute("drop trigger stills_are_of_a_call_under_way on photo")
    op.execute("drop function refuse_late_still()")
