"""mobi eKYC's answers and what they do (F5a.6, F5a.7, F5b.5, F5b.6, P3.4)."""

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from events import (
    ConnectionCompleted,
    KycFailed,
    KycNeedsReview,
    KycPassed,
    KycSubmitted,
    OrderCancelled,
)
from events.ids import uuid7
from kit import clock
from kit.tasks import Task, task
from kit.testing import facts, published
from kyc.verdicts.commands import take_answer
from kyc.verdicts.domain import Answer

if TYPE_CHECKING:
    from services.kyc.tests.conftest import Customer, World


async def test_a_true_declaration_with_good_pictures_passes(world: "World") -> None:
    """F5a.7 TH2, F5b.6 TH1."""
    customer = await world.customer()

    seen = await customer.pass_check()

    assert seen["verdict"] == dict.fromkeys(
        ("id_number", "full_name", "date_of_birth", "face"), "PASS"
    )
    started, submitted, passed = await facts(world.db)
    assert started.topic == "ActivationStarted"
    assert isinstance(submitted, KycSubmitted)
    assert isinstance(passed, KycPassed)
    assert (submitted.attempt, passed.attempt) == (1, 1)
    assert passed.call_required
    assert passed.document_kind == "CCCD_CHIP"


async def test_a_doubtful_face_alone_goes_on_to_the_call(world: "World") -> None:
    """F5a.7 TH2: the agent's eyes decide."""
    customer = await world.customer()
    await customer.prepare()

    seen = await customer.verify(portrait=customer.person.portrait(similarity=0.7))

    assert seen["status"] == "KYC_PASSED"
    passed = (await facts(world.db))[-1]
    assert isinstance(passed, KycPassed)
    assert (passed.face, passed.call_required) == ("REVIEW", True)


@pytest.mark.parametrize(
    ("pictures", "reason", "repeat"),
    [
        ({"front": "blur"}, "DOC_BLUR", "PHOTO"),
        ({"back": "glare"}, "DOC_GLARE", "PHOTO"),
        ({"portrait": "dead"}, "LIVENESS_FAILED", "PHOTO"),
        ({"portrait": "other"}, "FACE_MISMATCH", "PHOTO"),
    ],
)
async def test_a_bad_picture_sends_the_customer_back_to_the_camera(
    world: "World", pictures: dict[str, str], reason: str, repeat: str
) -> None:
    """F5a.7 TH1, F5b.6 TH2."""
    customer = await world.customer()
    person = customer.person
    taken = {
        "blur": person.card("FRONT", blur=True),
        "glare": person.card("BACK", glare=True),
        "dead": person.portrait(live=False),
        "other": person.portrait(similarity=0.1),
    }
    await customer.prepare()

    seen = await customer.verify(**{kind: taken[what] for kind, what in pictures.items()})

    assert (seen["status"], seen["repeat"]) == ("KYC_FAILED", repeat)
    assert reason in [r["code"] for r in seen["reasons"]]
    assert all(r["text_vi"] for r in seen["reasons"])
    failed = (await facts(world.db))[-1]
    assert isinstance(failed, KycFailed)
    assert (failed.repeat, failed.attempts_left) == (repeat, 2)


async def test_a_form_that_differs_from_the_card_goes_back_to_the_form(world: "World") -> None:
    """F5a.7 TH1 with FORM_MISMATCH: the fault is in F5a.4."""
    customer = await world.customer()
    await customer.prepare()
    await customer.declare(full_name="Trần Văn Khác")

    seen = await customer.verify()

    assert (seen["status"], seen["repeat"]) == ("KYC_FAILED", "EDIT")
    assert "FORM_MISMATCH:full_name" in [r["code"] for r in seen["reasons"]]


async def test_a_failed_customer_mends_one_picture_and_passes(world: "World") -> None:
    """Only what was wrong is photographed again."""
    customer = await world.customer()
    await customer.prepare(front=customer.person.card("FRONT", blur=True))
    assert (await customer.verify())["status"] == "KYC_FAILED"

    seen = await customer.verify(front=customer.person.card("FRONT"))

    assert (seen["status"], seen["attempt"]) == ("KYC_PASSED", 2)


async def fail(customer: "Customer") -> str:
    seen = await customer.verify(portrait=customer.person.portrait(live=False))
    return str(seen["status"])


async def test_three_failures_in_a_row_bring_an_officer(world: "World") -> None:
    """G27."""
    customer = await world.customer()
    await customer.prepare()

    statuses = [await fail(customer) for _ in range(3)]

    assert statuses == ["KYC_FAILED", "KYC_FAILED", "NEEDS_REVIEW"]
    assert isinstance((await facts(world.db))[-1], KycNeedsReview)
    assert (await customer.press_verify()).status_code == 409


async def test_five_failures_in_a_day_leave_only_the_store_until_the_day_is_over(
    world: "World",
) -> None:
    """G27: the officer let them try again, and they failed again."""
    customer = await world.customer()
    await customer.prepare()
    for _ in range(3):
        await fail(customer)
    async with world.staff("connection_officer") as officer:
        no = {"decision": "FAIL", "reason_code": "LIVENESS_FAILED"}
        assert (await officer.post(f"/v1/cases/{customer.hold_id}/review", json=no)).is_success

    assert [await fail(customer) for _ in range(2)] == ["KYC_FAILED", "KYC_FAILED"]

    last = (await facts(world.db))[-1]
    assert isinstance(last, KycFailed)
    assert (last.repeat, last.attempts_left) == ("STORE", 0)
    again = await customer.press_verify()
    assert (again.status_code, again.json()["type"]) == (409, "/problems/too-many-attempts")
    world.move_clock(timedelta(hours=25))
    assert (await customer.verify(portrait=customer.person.portrait()))["status"] == "KYC_PASSED"


async def test_the_registry_being_away_costs_no_attempt_and_passes_when_it_is_back(
    world: "World",
) -> None:
    """DB_UNAVAILABLE is not the customer's fault (K11)."""
    customer = await world.customer()
    await customer.prepare()
    await world.break_ekyc("registry_down", times=3)
    await customer.press_verify()

    await world.work()
    assert (await customer.look())["status"] == "KYC_CHECKING"
    for hours in range(1, 5):
        world.move_clock(timedelta(hours=hours))
        await world.work()

    seen = await customer.look()
    assert (seen["status"], seen["attempt"]) == ("KYC_PASSED", 1)
    assert await published(world.db) == ["ActivationStarted", "KycSubmitted", "KycPassed"]


@pytest.mark.parametrize("fault", ["error_500", "timeout_after_effect"])
async def test_a_broken_answer_is_asked_for_again_and_counts_once(
    world: "World", fault: str
) -> None:
    customer = await world.customer()
    await customer.prepare()
    await world.break_ekyc(fault, times=1, delay_seconds=0.01)
    await customer.press_verify()

    await world.work()
    world.move_clock(timedelta(minutes=10))
    await world.work()

    assert (await customer.look())["status"] == "KYC_PASSED"
    assert (await published(world.db)).count("KycPassed") == 1
    counts = await world.outside.get("/counts", params={"ref": customer.person.id_number})
    assert counts.json()["ekyc_verifications"] == 1


async def test_a_suspicion_of_fraud_waits_for_an_officer(world: "World") -> None:
    """K13: the registry knows the person, and knows something else too."""
    customer = await world.customer()
    known = customer.person.printed | {"is_suspect": True}
    await world.outside.post("/ekyc/v1/registry", json=known)
    await customer.prepare()

    seen = await customer.verify()

    assert seen["status"] == "NEEDS_REVIEW"
    assert [r["code"] for r in seen["reasons"]] == ["FRAUD_SUSPECTED"]


async def test_pressing_verify_many_times_at_once_sends_it_once(world: "World") -> None:
    customer = await world.customer()
    await customer.prepare()

    answers = await asyncio.gather(*(customer.press_verify() for _ in range(10)))
    await world.work()

    assert {a.status_code for a in answers} == {202}
    assert (await published(world.db)).count("KycSubmitted") == 1
    assert (await customer.look())["attempt"] == 1


async def test_nothing_is_sent_before_everything_is_there(world: "World") -> None:
    customer = await world.customer()
    await customer.start()
    await customer.photograph("BACK")

    answer = await customer.press_verify()

    assert answer.status_code == 409
    assert answer.json()["missing"] == ["DECLARATION", "FRONT", "PORTRAIT"]


async def test_pictures_under_examination_cannot_be_exchanged(world: "World") -> None:
    customer = await world.customer()
    await customer.prepare()
    await customer.press_verify()

    assert (await customer.photograph("FRONT")).status_code == 409
    assert (await customer.declare()).status_code == 409


def cancelled(customer: "Customer") -> OrderCancelled:
    return OrderCancelled(
        occurred_at=clock.now(),
        hold_id=customer.hold_id,
        order_id=uuid7(),
        cancelled_by="CUSTOMER",
        reason_code="CHANGED_MIND",
        refund_due_vnd=0,
        keep_number_until=None,
    )


async def test_an_answer_that_comes_after_the_order_was_cancelled_changes_nothing(
    world: "World",
) -> None:
    customer = await world.customer()
    await customer.prepare()
    await customer.press_verify()
    await world.hear(cancelled(customer))

    await world.work()

    assert (await customer.look())["status"] == "CLOSED"
    assert await published(world.db) == ["ActivationStarted", "KycSubmitted"]


YES = Answer("VALID", "PASS", "PASS", "PASS", "PASS", alive=True)


async def answer_at_last(world: "World") -> None:
    """Let an answer arrive that was asked for before."""
    async with world.db.transaction() as tx:
        row = (await tx.execute(select(task))).one()
        errand = Task(row.id, row.kind, row.ref, row.data, row.attempts)
        means = world.app.state.means
        await take_answer(
            tx, errand, YES, tasks=means.tasks, settings=means.settings, now=clock.now()
        )


async def test_an_answer_that_two_workers_bring_counts_once(world: "World") -> None:
    """The first worker was slow, its lease ran out, and another asked too."""
    customer = await world.customer()
    await customer.prepare()
    await customer.press_verify()

    await asyncio.gather(*(answer_at_last(world) for _ in range(4)))

    assert (await published(world.db)).count("KycPassed") == 1


async def test_an_answer_on_its_way_while_the_session_closes_changes_nothing(
    world: "World",
) -> None:
    customer = await world.customer()
    await customer.prepare()
    await customer.press_verify()
    await world.hear(cancelled(customer))

    await answer_at_last(world)

    assert (await customer.look())["status"] == "CLOSED"
    assert "KycPassed" not in await published(world.db)


def connected(customer: "Customer") -> ConnectionCompleted:
    return ConnectionCompleted(
        occurred_at=clock.now(),
        hold_id=customer.hold_id,
        number_id=uuid7(),
        connection_id=uuid7(),
        officer_id=uuid7(),
        connected_at=clock.now(),
    )


async def test_a_fourth_number_on_one_document_is_for_the_store(world: "World") -> None:
    """LAW02, LAW03."""
    person = (await world.customer()).person
    for _ in range(3):
        earlier = await world.customer(person)
        await earlier.pass_check()
        await world.hear(connected(earlier))
    fourth = await world.customer(person)
    await fourth.prepare()

    seen = await fourth.verify()

    assert (seen["status"], seen["repeat"]) == ("KYC_FAILED", "STORE")
    assert [r["code"] for r in seen["reasons"]] == ["ID_QUOTA_EXCEEDED"]
    assert seen["attempts_left"] == 3


async def test_of_many_sessions_at_once_on_one_document_three_pass(world: "World") -> None:
    """LAW02 under a race: what has passed holds its place until it is connected or given up."""
    person = (await world.customer()).person
    customers = [await world.customer(person) for _ in range(7)]
    for customer in customers:
        await customer.prepare()
    await asyncio.gather(*(customer.press_verify() for customer in customers))

    await world.work()

    statuses = sorted([(await customer.look())["status"] for customer in customers])
    assert statuses == ["KYC_FAILED"] * 4 + ["KYC_PASSED"] * 3
