"""Personal data of a reader: how little is kept, sealed, and forgotten on demand."""

from services.notification.tests.readers import EMAIL, NOON, PHONE, World, slip
from sqlalchemy import func, select, text

from events import SubjectErased
from notification.tables import contacts, deliveries, messages, metadata


async def test_a_person_who_asks_for_it_is_forgotten(world: World) -> None:
    lan = world.customer()
    await lan.can_be_reached()
    await world.deliver(*slip(lan.id))

    await world.deliver(SubjectErased(occurred_at=NOON, subject_id=lan.id))
    await world.tasks_run()

    assert world.sms.sent == {}
    assert (await lan.inbox())["items"] == []
    async with world.db.transaction() as tx:
        assert await tx.scalar(select(func.count()).select_from(contacts)) == 0


async def test_the_database_never_shows_an_address(world: World) -> None:
    lan = world.customer()
    await lan.can_be_reached(push_token="a-push-token")
    await world.deliver(*slip(lan.id))
    await world.tasks_run()

    async with world.db.transaction() as tx:
        rows = [
            str(row)
            for table in metadata.sorted_tables
            for row in await tx.execute(text(f'select t::text from "{table.name}" t'))  # noqa: S608, names are ours
        ]

    for secret in (PHONE, PHONE.removeprefix("84"), EMAIL, "a-push-token"):
        assert secret not in "\n".join(rows)
    async with world.db.transaction() as tx:
        assert await tx.scalar(select(func.count()).select_from(messages)) == 1
        assert await tx.scalar(select(func.count()).select_from(deliveries)) == 2
