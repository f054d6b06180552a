"""mobi eKYC's verdicts and what they do (F5a.6, F5a.7, F5b.5, F5b.6, P3.4)."""

from datetime import timedelta

import pytest
from services.kyc.tests.world import Customer, World

from events import KycFailed, KycNeedsReview, KycPassed, KycSubmitted
from kit.testing import facts


async def test_a_true_declaration_with_good_pictures_passes(world: World) -> None:
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


async def test_a_doubtful_face_alone_goes_on_to_the_call(world: World) -> None:
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
    world: World, pictures: dict[str, str], reason: str, repeat: str
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
    assert all(r["text_vi"] and r["text_en"] for r in seen["reasons"])
    failed = (await facts(world.db))[-1]
    assert isinstance(failed, KycFailed)
    assert (failed.repeat, failed.attempts_left) == (repeat, 2)


async def test_a_form_that_differs_from_the_card_goes_back_to_the_form(world: World) -> None:
    """F5a.7 TH1 with FORM_MISMATCH: the fault is in F5a.4."""
    customer = await world.customer()
    await customer.prepare()
    await customer.declare(full_name="Trần Văn Khác")

    seen = await customer.verify()

    assert (seen["status"], seen["repeat"]) == ("KYC_FAILED", "EDIT")
    assert "FORM_MISMATCH:full_name" in [r["code"] for r in seen["reasons"]]


async def test_a_failed_customer_mends_one_picture_and_passes(world: World) -> None:
    """Only what was wrong is photographed again."""
    customer = await world.customer()
    await customer.prepare(front=customer.person.card("FRONT", blur=True))
    assert (await customer.verify())["status"] == "KYC_FAILED"

    seen = await customer.verify(front=customer.person.card("FRONT"))

    assert (seen["status"], seen["attempt"]) == ("KYC_PASSED", 2)


async def fail(customer: Customer) -> str:
    seen = await customer.verify(portrait=customer.person.portrait(live=False))
    return str(seen["status"])


async def test_three_failures_in_a_row_bring_an_officer(world: World) -> None:
    """G27."""
    customer = await world.customer()
    await customer.prepare()

    statuses = [await fail(customer) for _ in range(3)]

    assert statuses == ["KYC_FAILED", "KYC_FAILED", "NEEDS_REVIEW"]
    assert isinstance((await facts(world.db))[-1], KycNeedsReview)
    assert (await customer.press_verify()).status_code == 409


async def test_five_failures_in_a_day_leave_only_the_store_until_the_day_is_over(
    world: World,
) -> None:
    """G27: the officer let them try again, and they failed again."""
    customer = await world.customer()
    await customer.prepare()
    for _ in range(3):
        await fail(customer)
    async with world.staff("connection_officer") as officer:
        no = {"decision": "FAIL", "reason_code": "LIVENESS_FAILED"}
        await officer.post(f"/v1/cases/{customer.hold_id}/claim")
        assert (await officer.post(f"/v1/cases/{customer.hold_id}/review", json=no)).is_success

    assert [await fail(customer) for _ in range(2)] == ["KYC_FAILED", "KYC_FAILED"]

    last = (await facts(world.db))[-1]
    assert isinstance(last, KycFailed)
    assert (last.repeat, last.attempts_left) == ("STORE", 0)
    again = await customer.press_verify()
    assert (again.status_code, again.json()["type"]) == (409, "/problems/too-many-attempts")
    world.move_clock(timedelta(hours=25))
    assert (await customer.verify(portrait=customer.person.portrait()))["status"] == "KYC_PASSED"


async def test_a_suspicion_of_fraud_waits_for_an_officer(world: World) -> None:
    """K13: the registry knows the person, and knows something else too."""
    customer = await world.customer()
    known = customer.person.printed | {"is_suspect": True}
    await world.outside.post("/ekyc/v1/registry", json=known)
    await customer.prepare()

    seen = await customer.verify()

    assert seen["status"] == "NEEDS_REVIEW"
    assert [r["code"] for r in seen["reasons"]] == ["FRAUD_SUSPECTED"]


async def test_nothing_is_sent_before_everything_is_there(world: World) -> None:
    customer = await world.customer()
    await customer.start()
    await customer.photograph("BACK")

    answer = await customer.press_verify()

    assert answer.status_code == 409
    assert answer.json()["missing"] == ["DECLARATION", "FRONT", "PORTRAIT"]


async def test_pictures_under_examination_cannot_be_exchanged(world: World) -> None:
    customer = await world.customer()
    await customer.prepare()
    await customer.press_verify()

    assert (await customer.photograph("FRONT")).status_code == 409
    assert (await customer.declare()).status_code == 409
