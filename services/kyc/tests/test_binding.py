"""One check, one call, one signature: each names the attempt it is about (F5a.8, F5a.9, LAW08)."""

from datetime import timedelta

from services.kyc.tests.test_reopening import approved, rejected
from services.kyc.tests.world import Customer, World
from sqlalchemy import update

from events import KycPassed
from kit.testing import facts
from kit.tokens import Verifier
from kyc.tables import sessions


async def slip_of(world: World, customer: Customer) -> dict[str, object]:
    answer = await customer.http.get(f"/v1/sessions/{customer.session_id}/declaration")
    assert answer.status_code == 200, answer.text
    return Verifier(world.keys, "kyc", "declaration").open(answer.json()["declaration"])


async def test_the_slip_to_sign_names_the_check_the_hold_and_the_sim(world: World) -> None:
    """F5a.9, F5b.8: activation compares each with what it heard itself."""
    customer = await world.customer()
    await customer.pass_check()

    slip = await slip_of(world, customer)

    passed = (await facts(world.db))[-1]
    assert isinstance(passed, KycPassed)
    assert (slip["session_id"], slip["attempt"]) == (str(passed.session_id), passed.attempt)
    assert slip["hold_id"] == str(customer.hold_id)
    assert slip["customer_id"] == str(customer.id)
    assert (slip["number_id"], slip["sim"]) == (str(customer.number_id), "ESIM")


async def test_the_slip_after_a_second_attempt_is_about_the_second(world: World) -> None:
    """F5a.8 TH1: the agent refused the first; person and papers may be others now."""
    customer = await world.customer()
    await customer.pass_check()
    first = await slip_of(world, customer)
    await world.hear(rejected(customer, "EDIT", "DATA_MISMATCH"))
    refused = await customer.http.get(f"/v1/sessions/{customer.session_id}/declaration")
    await customer.declare(address="Số 2 Phố Khác")
    await customer.verify(front=customer.person.card("FRONT", note=True))

    second = await slip_of(world, customer)

    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/not-passed")
    assert (first["attempt"], second["attempt"]) == (1, 2)
    assert (first["address"], second["address"]) == ("Số 1 Phố Thử", "Số 2 Phố Khác")
    assert first["sha256"] != second["sha256"]


async def test_there_is_no_slip_for_a_hold_that_is_gone(world: World) -> None:
    """F5a.9: even where the session were not closed yet."""
    customer = await world.customer()
    await customer.pass_check()
    await world.hear(customer.released())
    async with world.db.transaction() as tx:
        await tx.execute(update(sessions).values(status="KYC_PASSED"))

    answer = await customer.http.get(f"/v1/sessions/{customer.session_id}/declaration")

    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/journey-closed")


async def test_attempts_count_on_in_another_session_of_the_same_hold(world: World) -> None:
    """A higher number is always the newer attempt, for everybody who compares them."""
    customer = await world.customer()
    await customer.pass_check()
    async with world.db.transaction() as tx:
        await tx.execute(update(sessions).values(status="CLOSED"))

    seen = await customer.pass_check()

    assert seen["attempt"] == 2
    numbers = [f.attempt for f in await facts(world.db) if isinstance(f, KycPassed)]
    assert numbers == [1, 2]


async def test_fault_found_with_older_papers_leaves_the_newest_alone(world: World) -> None:
    """F5a.8 TH1, heard late: the agent spoke of the first attempt."""
    customer = await world.customer()
    await customer.pass_check()
    await world.hear(rejected(customer, "PHOTO", "PHOTO_UNCLEAR"))
    await customer.verify(front=customer.person.card("FRONT", note=True))
    late = rejected(customer, "PHOTO", "PHOTO_UNCLEAR").model_copy(update={"attempt": 1})

    await world.hear(late)

    assert (await customer.look())["status"] == "KYC_PASSED"
    await world.hear(rejected(customer, "EDIT", "DATA").model_copy(update={"attempt": 2}))
    assert (await customer.look())["status"] == "DRAFT"


async def test_an_approval_of_older_papers_does_not_hold_the_newest(world: World) -> None:
    """G26: a check that got too old may be repeated, for no call was made on it."""
    customer = await world.customer()
    await customer.pass_check()
    await world.hear(rejected(customer, "PHOTO", "PHOTO_UNCLEAR"))
    await customer.verify(front=customer.person.card("FRONT", note=True))
    await world.hear(approved(customer).model_copy(update={"attempt": 1}))
    world.move_clock(timedelta(hours=73))

    assert (await customer.photograph("PORTRAIT")).status_code == 200
