"""Decisions of people about a case: each point by a comparison, none by opinion (G27, LAW05)."""

import asyncio
from datetime import timedelta
from typing import Any
from uuid import UUID

import httpx
import pytest
from services.kyc.tests.test_cases import in_doubt
from services.kyc.tests.world import Customer, World
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from events import KycFailed, KycPassed
from events.ids import uuid7
from kit.testing import facts, published

ASKED = {"compared_with": "REGISTRY", "reference": "C06-2026-000123"}
SEEN = {"compared_with": "DOCUMENT"}
CLEARED = {"suspicion": ASKED}
PAPER = ("id_number", "full_name", "date_of_birth")


async def unreadable(world: World) -> Customer:
    """Bring a customer whose card nobody could read three times."""
    customer = await world.customer()
    await customer.prepare(front=customer.person.card("FRONT", blur=True))
    for _ in range(3):
        seen = await customer.verify(portrait=customer.person.portrait())
    assert seen["status"] == "NEEDS_REVIEW"
    return customer


async def decide(
    world: World, customer: Customer, *, officer_id: UUID | None = None, **body: Any
) -> httpx.Response:
    url = f"/v1/cases/{customer.hold_id}"
    async with world.staff("connection_officer", subject_id=officer_id) as officer:
        assert (await officer.post(f"{url}/claim")).status_code == 200
        return await officer.post(f"{url}/review", json=body)


def open_points(answer: httpx.Response) -> dict[str, str]:
    assert (answer.status_code, answer.json()["type"]) == (422, "/problems/points-open")
    return {error["field"]: error["reason_code"] for error in answer.json()["errors"]}


async def test_a_yes_says_what_each_open_point_was_compared_with(world: World) -> None:
    """LAW05: nobody read the blurred card, so nobody may say that it fits."""
    customer = await unreadable(world)

    silent = await decide(world, customer, decision="PASS")
    customer_sees = await customer.look()
    officer_id = uuid7()
    world.move_clock(timedelta(hours=1))
    answer = await decide(
        world,
        customer,
        officer_id=officer_id,
        decision="PASS",
        findings=dict.fromkeys(PAPER, ASKED),
    )

    assert open_points(silent) == dict.fromkeys(PAPER, "OPEN")
    assert customer_sees["status"] == "NEEDS_REVIEW"
    assert answer.json()["status"] == "KYC_PASSED"
    assert answer.json()["verdict"] == dict.fromkeys(PAPER, "PASS") | {"face": "REVIEW"}
    [decision] = answer.json()["decisions"]
    assert decision["findings"]["full_name"] == ASKED
    assert decision["decided_by"] == str(officer_id)
    assert [a["outcome"] for a in answer.json()["attempts"]][-1] == "NEEDS_REVIEW"


@pytest.mark.parametrize(
    ("finding", "fault"),
    [
        (SEEN, "CANNOT_BE_COMPARED_SO"),
        ({"compared_with": "PERSON"}, "CANNOT_BE_COMPARED_SO"),
        ({"compared_with": "REGISTRY"}, "REFERENCE_MISSING"),
    ],
)
async def test_a_card_nobody_can_read_is_no_comparison(
    world: World, finding: dict[str, str], fault: str
) -> None:
    """LAW05: only the registry's answer, which can be found again, closes these fields."""
    customer = await unreadable(world)

    answer = await decide(world, customer, decision="PASS", findings=dict.fromkeys(PAPER, finding))

    assert open_points(answer) == dict.fromkeys(PAPER, fault)


async def test_nobody_who_has_not_seen_the_person_decides_about_the_face(world: World) -> None:
    """LAW08: the face is the call agent's, or the store's."""
    customer = await unreadable(world)
    findings = dict.fromkeys(PAPER, ASKED) | {"face": {"compared_with": "PERSON"}}

    answer = await decide(world, customer, decision="PASS", findings=findings)

    assert open_points(answer) == {"face": "NOT_OPEN"}


async def test_a_name_that_differs_by_its_accents_may_be_read_from_the_card(world: World) -> None:
    """K05, K11: the registry knows the name, the picture can be read, a person compares."""
    customer = await world.customer()
    known = customer.person.printed | {"full_name": "Nguyễn Thị Mầu"}
    await world.outside.post("/ekyc/v1/registry", json=known)
    await customer.prepare()
    assert (await customer.verify())["status"] == "NEEDS_REVIEW"

    silent = await decide(world, customer, decision="PASS")
    world.move_clock(timedelta(hours=1))
    answer = await decide(world, customer, decision="PASS", findings={"full_name": SEEN})

    assert open_points(silent) == {"full_name": "OPEN"}
    assert answer.json()["status"] == "KYC_PASSED"
    passed = (await facts(world.db))[-1]
    assert isinstance(passed, KycPassed)
    assert (passed.full_name, passed.face) == ("PASS", "PASS")


async def test_what_the_registry_denies_nobody_may_affirm(world: World) -> None:
    """LAW05, LAW08: DB_MISMATCH is not a matter of opinion, nor of a reference."""
    customer = await world.customer()
    known = customer.person.printed | {"date_of_birth": "1999-03-16"}
    await world.outside.post("/ekyc/v1/registry", json=known)
    await customer.prepare()
    for _ in range(3):
        seen = await customer.verify(portrait=customer.person.portrait())
    assert seen["status"] == "NEEDS_REVIEW"

    answer = await decide(world, customer, decision="PASS", findings={"date_of_birth": ASKED})

    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/settled-otherwise")
    assert answer.json()["reason_codes"] == ["DB_MISMATCH:date_of_birth"]
    assert "KycPassed" not in await published(world.db)


async def test_a_suspicion_is_cleared_by_the_registry_once(world: World) -> None:
    """K13, G27: also when the browser sends it twice."""
    customer = await in_doubt(world)
    url = f"/v1/cases/{customer.hold_id}"

    async with world.staff("connection_officer") as officer:
        await officer.post(f"{url}/claim")
        silent = await officer.post(f"{url}/review", json={"decision": "PASS"})
        yes = {"decision": "PASS", "findings": CLEARED}
        answers = [await officer.post(f"{url}/review", json=yes) for _ in range(2)]

    assert open_points(silent) == {"suspicion": "OPEN"}
    assert [a.json()["status"] for a in answers] == ["KYC_PASSED"] * 2
    passed = (await facts(world.db))[-1]
    assert isinstance(passed, KycPassed)
    assert passed.call_required
    assert (await published(world.db)).count("KycPassed") == 1


async def test_a_no_names_the_step_to_repeat(world: World) -> None:
    customer = await in_doubt(world)

    answer = await decide(world, customer, decision="FAIL", reason_code="FORM_MISMATCH:full_name")

    assert (answer.json()["status"], answer.json()["repeat"]) == ("KYC_FAILED", "EDIT")
    failed = (await facts(world.db))[-1]
    assert isinstance(failed, KycFailed)
    assert (failed.repeat, failed.attempts_left) == ("EDIT", 3)


async def test_a_no_without_a_known_reason_is_refused(world: World) -> None:
    customer = await in_doubt(world)

    answers = []
    for body in ({}, {"reason_code": "MADE_UP"}, {"decision": "MAYBE"}, {"findings": {"x": SEEN}}):
        answers.append(await decide(world, customer, **({"decision": "FAIL"} | body)))
        world.move_clock(timedelta(hours=len(answers)))

    assert [a.status_code for a in answers] == [422] * 4
    assert (await customer.look())["status"] == "NEEDS_REVIEW"


@pytest.mark.parametrize("change", ["update decision set findings = '{}'", "delete from decision"])
async def test_a_decision_cannot_be_changed_afterwards(world: World, change: str) -> None:
    """LAW12."""
    customer = await in_doubt(world)
    await decide(world, customer, decision="PASS", findings=CLEARED)

    with pytest.raises(IntegrityError):
        async with world.db.transaction() as tx:
            await tx.execute(text(change))


async def test_of_many_reviewers_one_gets_the_case_and_only_that_one_decides(world: World) -> None:
    customer = await in_doubt(world)
    url = f"/v1/cases/{customer.hold_id}"
    officers = [world.staff("connection_officer") for _ in range(8)]

    claimed = await asyncio.gather(*(officer.post(f"{url}/claim") for officer in officers))
    yes = {"decision": "PASS", "findings": CLEARED}
    decided = [await officer.post(f"{url}/review", json=yes) for officer in officers]

    assert sorted(a.status_code for a in claimed) == [200] + [409] * 7
    assert [a.is_success for a in decided] == [a.is_success for a in claimed]
    assert (await published(world.db)).count("KycPassed") == 1


async def test_nobody_decides_about_a_case_that_is_not_on_the_desk(world: World) -> None:
    customer = await in_doubt(world)

    async with world.staff("connection_officer") as officer:
        answer = await officer.post(
            f"/v1/cases/{customer.hold_id}/review", json={"decision": "PASS", "findings": CLEARED}
        )

    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/claim-it-first")


async def test_a_claim_can_be_given_back_runs_out_and_can_be_taken_over(world: World) -> None:
    """No case stays on the desk of somebody who went home."""
    customer = await in_doubt(world)
    url = f"/v1/cases/{customer.hold_id}"
    no = {"decision": "FAIL", "reason_code": "DOC_BLUR"}

    async with (
        world.staff("connection_officer") as one,
        world.staff("connection_officer") as other,
        world.staff("region_manager") as supervisor,
    ):
        await one.post(f"{url}/claim")
        taken = await other.post(f"{url}/claim")
        await other.post(f"{url}/release")  # what another has claimed is not theirs to give back
        still = await other.post(f"{url}/claim")
        await one.post(f"{url}/release")
        given_back = await other.post(f"{url}/claim")
        world.move_clock(timedelta(minutes=31))
        run_out = await one.post(f"{url}/claim")
        late = await other.post(f"{url}/review", json=no)
        over = await supervisor.post(f"{url}/take-over")
        robbed = await one.post(f"{url}/review", json=no)
        decided = await supervisor.post(f"{url}/review", json=no)
        afterwards = await one.post(f"{url}/claim")

    assert taken.json()["type"] == still.json()["type"] == "/problems/claimed-by-another"
    assert [a.status_code for a in (given_back, run_out, over, decided)] == [200] * 4
    assert late.json()["type"] == robbed.json()["type"] == "/problems/claimed-by-another"
    assert afterwards.json()["type"] == "/problems/decided-already"
    said, [noted] = afterwards.json(), decided.json()["decisions"]
    assert all(said[name] == noted[name] for name in ("decision", "decided_by", "decided_at"))
