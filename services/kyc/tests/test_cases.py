"""Cases as staff see them, the staff who may look, and every look written down (SB.3.3a, LAW19)."""

from datetime import timedelta

import httpx
import pytest
from services.kyc.tests.test_reopening import approved, rejected
from services.kyc.tests.world import Customer, World
from sqlalchemy import select

from events import VideoCallAbandoned, VideoCallDropped, VideoCallRetryNeeded
from events.ids import uuid7
from kit import clock
from kyc.tables import accesses

AGENT = uuid7()


async def in_doubt(world: World, **how: object) -> Customer:
    customer = await world.customer(**how)  # type: ignore[arg-type] # as the customer takes them
    known = customer.person.printed | {"is_suspect": True}
    await world.outside.post("/ekyc/v1/registry", json=known)
    await customer.prepare()
    assert (await customer.verify())["status"] == "NEEDS_REVIEW"
    return customer


async def test_an_agent_with_the_call_in_hand_sees_the_case_and_its_pictures(world: World) -> None:
    """SB.3.3a: the data shown in the call against the record."""
    customer = await world.customer()
    await customer.pass_check()
    await world.hear(customer.answered(AGENT))

    async with world.staff("call_agent", subject_id=AGENT) as agent:
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


async def looks(world: World, customer: Customer) -> httpx.Response:
    async with world.staff("call_agent", subject_id=AGENT) as agent:
        pictures = await agent.get(f"/v1/cases/{customer.hold_id}/images/FRONT")
        case = await agent.get(f"/v1/cases/{customer.hold_id}")
    assert case.status_code == pictures.status_code
    return case


async def test_an_agent_without_the_call_sees_nothing(world: World) -> None:
    """LAW19: least privilege; a colleague's call opens nothing, nor does a call to come."""
    customer = await world.customer()
    await customer.pass_check()
    await world.hear(customer.answered(uuid7()))

    answer = await looks(world, customer)

    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/no-call-in-hand")
    assert answer.json()["waiting_for"] == ["VideoCallStarted"]
    async with world.db.transaction() as tx:
        assert (await tx.execute(select(accesses))).all() == []


@pytest.mark.parametrize("end", ["approved", "rejected", "retry", "abandoned"])
@pytest.mark.parametrize("late", [False, True])
async def test_an_agent_whose_call_has_ended_sees_nothing_more(
    world: World,
    end: str,
    late: bool,  # noqa: FBT001, whether the beginning is heard after the end
) -> None:
    customer = await world.customer()
    await customer.pass_check()
    started = customer.answered(AGENT)
    ended = {
        "approved": approved(customer),
        "rejected": rejected(customer, "CALL", "CALL_QUALITY"),
        "retry": VideoCallRetryNeeded(
            occurred_at=clock.now(),
            hold_id=customer.hold_id,
            call_id=started.call_id,
            reason_code="TECHNICAL",
        ),
        "abandoned": VideoCallAbandoned(
            occurred_at=clock.now(), hold_id=customer.hold_id, call_id=started.call_id
        ),
    }[end].model_copy(update={"call_id": started.call_id})

    await world.hear(*([ended, started] if late else [started, ended]))

    assert (await looks(world, customer)).status_code == 409


async def test_an_agent_who_waits_for_a_broken_line_still_has_the_call(world: World) -> None:
    """G26: the same agent goes on when the customer is back."""
    customer = await world.customer()
    await customer.pass_check()
    started = customer.answered(AGENT)
    dropped = VideoCallDropped(
        occurred_at=clock.now(), hold_id=customer.hold_id, call_id=started.call_id
    )
    again = customer.answered(AGENT, started.call_id)

    await world.hear(started, dropped)
    waiting = await looks(world, customer)
    await world.hear(again)

    assert (waiting.status_code, (await looks(world, customer)).status_code) == (200, 200)


async def test_another_regions_case_looks_like_none_and_no_look_is_noted(world: World) -> None:
    customer = await in_doubt(world)
    await world.hear(customer.answered(AGENT))
    url = f"/v1/cases/{customer.hold_id}"

    roles = ("call_agent", "connection_officer", "region_manager")
    async with world.staff(*roles, regions=("KV1",), subject_id=AGENT) as other:
        answers = [
            await other.get(url),
            await other.get(f"{url}/images/FRONT"),
            await other.post(f"{url}/claim"),
            await other.post(f"{url}/take-over"),
            await other.post(f"{url}/release"),
            await other.post(f"{url}/review", json={"decision": "PASS"}),
            await other.post(f"{url}/reopen", json={"reason_code": "CALLED_BACK"}),
        ]
        listed = await other.get("/v1/cases")

    assert [a.status_code for a in answers] == [404] * 7
    assert listed.json()["items"] == []
    async with world.db.transaction() as tx:
        assert (await tx.execute(select(accesses))).all() == []


async def test_head_office_sees_all_regions_also_before_routing(world: World) -> None:
    customer = await world.customer(hear_of=False)
    await world.hear(customer.created(), customer.confirmed())
    await customer.prepare()

    officer = "connection_officer"
    async with world.staff(officer, regions=()) as head, world.staff(officer) as regional:
        assert (await head.get(f"/v1/cases/{customer.hold_id}")).status_code == 200
        assert (await regional.get(f"/v1/cases/{customer.hold_id}")).status_code == 404


async def test_an_agent_reads_the_case_of_a_call_that_overflowed_from_another_region(
    world: World,
) -> None:
    """SD.4: while the call is in hand, and not a moment before."""
    customer = await in_doubt(world)
    url, agent_id = f"/v1/cases/{customer.hold_id}", uuid7()

    async with world.staff("call_agent", regions=("KV7",), subject_id=agent_id) as agent:
        assert (await agent.get(url)).status_code == 404
        await world.hear(customer.answered(agent_id))
        assert (await agent.get(url)).status_code == 200


async def test_customers_and_other_staff_have_no_business_in_cases(world: World) -> None:
    customer = await in_doubt(world)
    url = f"/v1/cases/{customer.hold_id}"
    yes = {"decision": "PASS"}

    async with (
        world.staff("osp_staff", "store_staff") as osp,
        world.staff("call_agent") as agent,
        world.staff("connection_officer") as officer,
    ):
        answers = [
            await osp.get(url),
            await customer.http.get(url),
            await osp.get("/v1/cases"),
            await agent.get("/v1/cases"),
            await agent.post(f"{url}/review", json=yes),
            await agent.post(f"{url}/claim"),
            await officer.post(f"{url}/take-over"),
            await officer.post(f"{url}/reopen", json={"reason_code": "CALLED_BACK"}),
            await officer.get(f"/v1/store-cases/{customer.hold_code}"),
            await customer.http.post(f"/v1/store-cases/{customer.hold_code}/decision", json=yes),
        ]

    assert [a.status_code for a in answers] == [403] * 10


async def test_cases_that_wait_are_listed_by_region_and_page(world: World) -> None:
    """G27: no desk is dead because nobody knows what waits there."""
    in_review = [await in_doubt(world) for _ in range(3)]
    elsewhere = await in_doubt(world, region="KV1")
    await (await world.customer()).pass_check()
    world.move_clock(timedelta(minutes=1))

    async with (
        world.staff("connection_officer") as officer,
        world.staff("connection_officer", regions=()) as head,
    ):
        await officer.post(f"/v1/cases/{in_review[0].hold_id}/claim")
        first = (await officer.get("/v1/cases", params={"limit": 2})).json()
        rest = {"limit": 2, "after": first["next"]}
        second = (await officer.get("/v1/cases", params=rest)).json()
        far = (await head.get("/v1/cases", params={"region": "KV1"})).json()
        for_stores = (await head.get("/v1/cases", params={"waiting_for": "STORE"})).json()

    shown = first["items"] + second["items"]
    assert [item["hold_id"] for item in shown] == [str(c.hold_id) for c in in_review]
    assert [bool(item["claimed_by"]) for item in shown] == [True, False, False]
    assert {item["status"] for item in shown} == {"NEEDS_REVIEW"}
    assert second["next"] is None
    assert [item["hold_id"] for item in far["items"]] == [str(elsewhere.hold_id)]
    assert for_stores["items"] == []


@pytest.mark.parametrize(
    "params",
    [
        {"waiting_for": "GODOT"},
        {"region": "KV99"},
        {"after": "x"},
        {"after": str(uuid7())},
        {"limit": "0"},
        {"state": "NEEDS_REVIEW"},
    ],
)
async def test_a_filter_nobody_knows_is_refused(world: World, params: dict[str, str]) -> None:
    async with world.staff("connection_officer") as officer:
        answer = await officer.get("/v1/cases", params=params)

    assert answer.status_code == 422
