"""What staff see and decide, and that every look is written down (SB.3.3a, G27, LAW19)."""

import asyncio

from services.kyc.tests.world import Customer, World
from sqlalchemy import select

from events import KycFailed, KycPassed
from kit.testing import facts, published
from kyc.tables import accesses


async def in_doubt(world: World) -> Customer:
    customer = await world.customer()
    known = customer.person.printed | {"is_suspect": True}
    await world.outside.post("/ekyc/v1/registry", json=known)
    await customer.prepare()
    assert (await customer.verify())["status"] == "NEEDS_REVIEW"
    return customer


async def test_an_agent_of_the_region_sees_the_case_and_its_pictures(world: World) -> None:
    """SB.3.3a: the data shown in the call against the record."""
    customer = await world.customer()
    await customer.pass_check()

    async with world.staff("call_agent") as agent:
        case = await agent.get(f"/v1/cases/{customer.hold_id}")
        picture = await agent.get(f"/v1/cases/{customer.hold_id}/images/FRONT")

    assert case.json()["declaration"] == customer.person.form()
    assert case.json()["region"] == "KV2"
    assert [a["outcome"] for a in case.json()["attempts"]] == ["KYC_PASSED"]
    assert picture.content == customer.person.card("FRONT")
    assert (case.headers["cache-control"], picture.headers["cache-control"]) == (
        "no-store",
        "no-store",
    )


async def test_every_look_is_written_down(world: World) -> None:
    """LAW19."""
    customer = await world.customer()
    await customer.pass_check()

    async with world.staff("connection_officer") as officer:
        await officer.get(f"/v1/cases/{customer.hold_id}")
        await officer.get(f"/v1/cases/{customer.hold_id}/images/PORTRAIT")

    async with world.db.transaction() as tx:
        looks = await tx.execute(
            select(accesses.c.hold_id, accesses.c.what).order_by(accesses.c.id)
        )
        assert [tuple(look) for look in looks] == [
            (customer.hold_id, "CASE"),
            (customer.hold_id, "IMAGE:PORTRAIT"),
        ]


async def test_another_regions_case_looks_like_none_and_no_look_is_noted(world: World) -> None:
    customer = await in_doubt(world)
    url = f"/v1/cases/{customer.hold_id}"

    async with world.staff("call_agent", "connection_officer", regions=("KV1",)) as other:
        answers = [
            await other.get(url),
            await other.get(f"{url}/images/FRONT"),
            await other.post(f"{url}/review", json={"decision": "PASS"}),
        ]

    assert [a.status_code for a in answers] == [404] * 3
    async with world.db.transaction() as tx:
        assert (await tx.execute(select(accesses))).all() == []


async def test_head_office_sees_all_regions_also_before_routing(world: World) -> None:
    customer = await world.customer(hear_of=False)
    await world.hear(customer.created(), customer.confirmed())
    await customer.prepare()

    async with world.staff("call_agent", regions=()) as head, world.staff("call_agent") as agent:
        assert (await head.get(f"/v1/cases/{customer.hold_id}")).status_code == 200
        assert (await agent.get(f"/v1/cases/{customer.hold_id}")).status_code == 404


async def test_customers_and_other_staff_have_no_business_in_cases(world: World) -> None:
    customer = await in_doubt(world)
    url = f"/v1/cases/{customer.hold_id}"

    async with world.staff("osp_staff") as osp, world.staff("call_agent") as agent:
        answers = [
            await osp.get(url),
            await customer.http.get(url),
            await agent.post(f"{url}/review", json={"decision": "PASS"}),
        ]

    assert [a.status_code for a in answers] == [403] * 3


async def test_an_officers_yes_passes_the_case_once(world: World) -> None:
    """G27: also when the browser sends it twice."""
    customer = await in_doubt(world)
    url = f"/v1/cases/{customer.hold_id}/review"

    async with world.staff("connection_officer") as officer:
        answers = [await officer.post(url, json={"decision": "PASS"}) for _ in range(2)]

    assert [a.json()["status"] for a in answers] == ["KYC_PASSED"] * 2
    passed = (await facts(world.db))[-1]
    assert isinstance(passed, KycPassed)
    assert passed.call_required
    assert (await published(world.db)).count("KycPassed") == 1


async def test_an_officers_no_names_the_step_to_repeat(world: World) -> None:
    customer = await in_doubt(world)

    async with world.staff("connection_officer") as officer:
        no = {"decision": "FAIL", "reason_code": "FORM_MISMATCH:full_name"}
        answer = await officer.post(f"/v1/cases/{customer.hold_id}/review", json=no)

    assert (answer.json()["status"], answer.json()["repeat"]) == ("KYC_FAILED", "EDIT")
    failed = (await facts(world.db))[-1]
    assert isinstance(failed, KycFailed)
    assert (failed.repeat, failed.attempts_left) == ("EDIT", 3)


async def test_a_no_without_a_known_reason_is_refused(world: World) -> None:
    customer = await in_doubt(world)
    url = f"/v1/cases/{customer.hold_id}/review"

    async with world.staff("connection_officer") as officer:
        answers = [
            await officer.post(url, json={"decision": "FAIL"}),
            await officer.post(url, json={"decision": "FAIL", "reason_code": "MADE_UP"}),
            await officer.post(url, json={"decision": "MAYBE"}),
        ]

    assert [a.status_code for a in answers] == [422] * 3
    assert (await customer.look())["status"] == "NEEDS_REVIEW"


async def test_of_many_officers_one_decides(world: World) -> None:
    customer = await in_doubt(world)
    url = f"/v1/cases/{customer.hold_id}/review"
    officers = [world.staff("connection_officer") for _ in range(8)]

    answers = await asyncio.gather(
        *(officer.post(url, json={"decision": "PASS"}) for officer in officers)
    )

    assert sorted(a.status_code for a in answers) == [200] + [409] * 7
    assert (await published(world.db)).count("KycPassed") == 1
