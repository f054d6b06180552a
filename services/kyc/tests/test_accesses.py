"""Every look at a case is written down, and auditors can read it (LAW19)."""

import pytest
from services.kyc.tests.world import World
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from kyc.tables import accesses


async def test_every_look_is_written_down(world: World) -> None:
    """LAW19."""
    customer = await world.customer()
    await customer.pass_check()

    async with world.staff("connection_officer") as officer:
        await officer.get(f"/v1/cases/{customer.hold_id}")
        await officer.get(f"/v1/cases/{customer.hold_id}/images/PORTRAIT")

    async with world.db.transaction() as tx:
        noted = await tx.execute(
            select(accesses.c.hold_id, accesses.c.what).order_by(accesses.c.id)
        )
        assert [tuple(look) for look in noted] == [
            (customer.hold_id, "CASE"),
            (customer.hold_id, "IMAGE:PORTRAIT"),
        ]


async def test_the_newest_look_stands_on_the_first_page(world: World) -> None:
    """LAW19: an auditor reads what happens now, not what happened when the service began."""
    customer = await world.customer()
    await customer.pass_check()
    kinds = ("PORTRAIT", "FRONT", "BACK")
    async with world.staff("connection_officer") as officer:
        for kind in kinds:
            await officer.get(f"/v1/cases/{customer.hold_id}/images/{kind}")

    url, read = "/v1/access-log", list[str]()
    async with world.staff("auditor") as auditor:
        page = (await auditor.get(url, params={"limit": 1})).json()
        while page["next"]:
            read += [look["what"] for look in page["items"]]
            page = (await auditor.get(url, params={"limit": 1, "after": page["next"]})).json()
        read += [look["what"] for look in page["items"]]

    assert read == ["IMAGE:BACK", "IMAGE:FRONT", "IMAGE:PORTRAIT"]


async def test_auditors_read_who_looked_page_by_page(world: World) -> None:
    """LAW19: of their regions; nobody else reads it, no unknown filter is overlooked."""
    here, there = await world.customer(), await world.customer(region="KV1")
    for customer in (here, there):
        await customer.pass_check()
        async with world.staff("connection_officer", regions=()) as officer:
            for _ in range(3):
                await officer.get(f"/v1/cases/{customer.hold_id}")

    async with world.db.transaction() as tx:
        of_another_region = await tx.scalar(
            select(accesses.c.id).where(accesses.c.hold_id == there.hold_id).limit(1)
        )

    async with world.staff("auditor") as auditor, world.staff("connection_officer") as officer:
        url = "/v1/access-log"
        first = (await auditor.get(url, params={"limit": 2})).json()
        second = (await auditor.get(url, params={"limit": 2, "after": first["next"]})).json()
        of_another = (await auditor.get(url, params={"hold_id": str(there.hold_id)})).json()
        refused = await officer.get(url)
        wrong = [
            await auditor.get(url, params=params)
            for params in (
                *({"after": -1}, {"staff": "x"}, {"hold_id": "x"}, {"limit": 0}),
                *({"after": 2**62}, {"after": 2**63}, {"after": of_another_region}),
            )
        ]
    assert wrong[-1].json()["type"].endswith("unknown-cursor")

    shown = first["items"] + second["items"]
    assert [item["hold_id"] for item in shown] == [str(here.hold_id)] * 3
    assert (second["next"], of_another["items"], refused.status_code) == (None, [], 403)
    assert [answer.status_code for answer in wrong] == [422] * 7


@pytest.mark.parametrize("change", ["update access_log set what = ''", "delete from access_log"])
async def test_the_access_log_cannot_be_changed(world: World, change: str) -> None:
    customer = await world.customer()
    await customer.pass_check()
    async with world.staff("connection_officer") as officer:
        await officer.get(f"/v1/cases/{customer.hold_id}")

    with pytest.raises(IntegrityError):
        async with world.db.transaction() as tx:
            await tx.execute(text(change))
