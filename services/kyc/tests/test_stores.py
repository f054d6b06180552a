"""A customer who was sent to a store has a way on (LAW03, G27)."""

from typing import Any

import httpx
from services.kyc.tests.test_cases import in_doubt
from services.kyc.tests.test_quota import connected
from services.kyc.tests.test_reviews import ASKED, PAPER, SEEN
from services.kyc.tests.world import Customer, World

from events import KycFailed, KycPassed
from kit.testing import facts
from kyc.reasons.domain import QUOTA

IN_HAND = dict.fromkeys(PAPER, SEEN) | {"face": {"compared_with": "PERSON"}}


async def sent_to_store(world: World) -> Customer:
    """Fail five times in a day, with a reviewer's no in between."""
    customer = await world.customer()
    await customer.prepare(front=customer.person.card("FRONT", blur=True))
    for _ in range(3):
        await customer.verify(portrait=customer.person.portrait())
    async with world.staff("connection_officer") as officer:
        url = f"/v1/cases/{customer.hold_id}"
        await officer.post(f"{url}/claim")
        await officer.post(f"{url}/review", json={"decision": "FAIL", "reason_code": "DOC_BLUR"})
    for _ in range(2):
        seen = await customer.verify(portrait=customer.person.portrait())
    assert (seen["status"], seen["repeat"], seen["attempts_left"]) == ("KYC_FAILED", "STORE", 0)
    return customer


async def at_store(world: World, customer: Customer, **body: Any) -> httpx.Response:
    async with world.staff("store_staff") as clerk:
        return await clerk.post(f"/v1/store-cases/{customer.hold_code}/decision", json=body)


async def test_the_store_completes_a_check_with_person_and_document(world: World) -> None:
    """G27."""
    customer = await sent_to_store(world)

    async with world.staff("store_staff") as clerk:
        shown = await clerk.get(f"/v1/store-cases/{customer.hold_code.lower()}")
    silent = await at_store(world, customer, decision="PASS")
    answer = await at_store(world, customer, decision="PASS", findings=IN_HAND)
    again = await at_store(world, customer, decision="PASS", findings=IN_HAND)

    assert shown.json()["declaration"] == customer.person.form()
    assert (silent.status_code, silent.json()["type"]) == (422, "/problems/points-open")
    assert (answer.json()["status"], again.status_code) == ("KYC_PASSED", 409)
    passed = (await facts(world.db))[-1]
    assert isinstance(passed, KycPassed)
    assert (passed.attempt, passed.id_number, passed.face) == (5, "PASS", "PASS")
    assert answer.json()["decisions"][-1]["desk"] == "STORE"


async def test_the_store_decides_about_what_was_sent_and_not_about_a_later_draft(
    world: World,
) -> None:
    customer = await sent_to_store(world)
    await customer.declare(address="Số 9 Phố Mới", full_name="Người Khác")

    await at_store(world, customer, decision="PASS", findings=IN_HAND)

    signed = await customer.http.get(f"/v1/sessions/{customer.session_id}/declaration")
    assert signed.json()["form"] == customer.person.form()


async def test_a_store_may_let_the_customer_try_again_in_the_app(world: World) -> None:
    customer = await sent_to_store(world)

    answer = await at_store(world, customer, decision="REOPEN", repeat="PHOTO")

    assert (answer.json()["status"], answer.json()["repeat"]) == ("KYC_FAILED", "PHOTO")
    failed = (await facts(world.db))[-1]
    assert isinstance(failed, KycFailed)
    assert (failed.repeat, failed.attempts_left, failed.reason_codes) == ("PHOTO", 3, ("DOC_BLUR",))
    assert (await customer.look())["attempts_left"] == 3
    seen = await customer.verify(front=customer.person.card("FRONT"))
    assert seen["status"] == "KYC_PASSED"


async def test_a_supervisor_may_let_the_customer_try_again_in_the_app(world: World) -> None:
    customer = await sent_to_store(world)
    url = f"/v1/cases/{customer.hold_id}/reopen"

    async with world.staff("region_manager") as supervisor:
        listed = await supervisor.get("/v1/cases", params={"waiting_for": "STORE"})
        answers = [
            await supervisor.post(url, json={"reason_code": "CALLED_US", "repeat": "EDIT"})
            for _ in range(2)
        ]

    assert [item["hold_id"] for item in listed.json()["items"]] == [str(customer.hold_id)]
    assert [(a.status_code, a.json()["repeat"]) for a in answers] == [(200, "EDIT")] * 2
    assert len(answers[-1].json()["decisions"]) == 2  # the reviewer's no, and this once


async def test_a_further_number_needs_a_contract_signed_at_the_store(world: World) -> None:
    """LAW02, LAW03: three online, then by contract."""
    person = (await world.customer()).person
    for _ in range(3):
        earlier = await world.customer(person)
        await earlier.pass_check()
        await world.hear(connected(earlier))
    fourth = await world.customer(person)
    await fourth.prepare()
    assert [r["code"] for r in (await fourth.verify())["reasons"]] == [QUOTA]

    bare = await at_store(world, fourth, decision="PASS", findings=IN_HAND)
    signed = await at_store(
        world, fourth, decision="PASS", findings=IN_HAND, contract_reference="HD-2026-0042"
    )

    assert (bare.status_code, bare.json()["type"]) == (422, "/problems/contract-missing")
    assert signed.json()["status"] == "KYC_PASSED"


async def test_who_comes_to_the_store_while_the_case_waits_need_not_wait(world: World) -> None:
    customer = await in_doubt(world)

    answer = await at_store(world, customer, decision="PASS", findings={"suspicion": ASKED})

    assert answer.json()["status"] == "KYC_PASSED"


async def test_a_store_sees_only_who_was_sent_there_and_shows_the_code(world: World) -> None:
    """LAW19: nothing to browse, nothing of another region, nothing that needs no store."""
    sent, passed = await sent_to_store(world), await world.customer()
    await passed.pass_check()

    async with (
        world.staff("store_staff") as clerk,
        world.staff("store_staff", regions=("KV1",)) as far,
    ):
        answers = [
            await clerk.get(f"/v1/store-cases/{passed.hold_code}"),
            await far.get(f"/v1/store-cases/{sent.hold_code}"),
            await clerk.get("/v1/store-cases/GS2611249999Z"),
            await clerk.get(f"/v1/cases/{sent.hold_id}"),
        ]

    assert [a.status_code for a in answers] == [409, 404, 422, 403]
