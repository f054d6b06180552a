"""mobi eKYC's answers when they come late, twice, broken or not at all (F5a.6, F5b.5, K11)."""

import asyncio
from collections.abc import Callable
from datetime import timedelta

import httpx
import pytest
from services.kyc.tests.test_domain import FORM
from services.kyc.tests.world import Customer, World
from sqlalchemy import select

from events import OrderCancelled
from events.ids import uuid7
from kit import clock
from kit.tasks import OutsideAway, Task, task
from kit.testing import published
from kyc.verdicts.commands import take_answer
from kyc.verdicts.domain import Answer
from kyc.verdicts.gateways import EkycGateway, EkycRefused


async def test_the_registry_being_away_costs_no_attempt_and_passes_when_it_is_back(
    world: World,
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
async def test_a_broken_answer_is_asked_for_again_and_counts_once(world: World, fault: str) -> None:
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


def ekyc_that(answers: Callable[[httpx.Request], httpx.Response]) -> EkycGateway:
    http = httpx.AsyncClient(transport=httpx.MockTransport(answers))
    return EkycGateway(http, url="http://ekyc", api_key="our-key")


@pytest.mark.parametrize(
    ("status", "meaning"),
    [
        *((status, EkycRefused) for status in (400, 404, 409, 410, 413, 415, 422)),
        *((status, OutsideAway) for status in (401, 403, 408, 429, 500, 503)),
    ],
)
async def test_a_refusal_for_good_is_told_from_a_trouble_that_passes(
    status: int, meaning: type[Exception]
) -> None:
    """A reviewer gets what will never be judged; everything else is asked again."""
    gateway = ekyc_that(lambda _: httpx.Response(status))

    with pytest.raises(meaning):
        await gateway.verify(FORM, {}, idempotency_key=uuid7())


@pytest.mark.parametrize(
    ("body", "meaning"),
    [
        (b'{"result": "MAYBE"}', EkycRefused),
        (b"[]", EkycRefused),
        (b"<html>back soon</html>", OutsideAway),
    ],
)
async def test_an_answer_nobody_can_read_is_a_reviewers_case(
    body: bytes, meaning: type[Exception]
) -> None:
    """Asked again under its key it would come again; what is no answer at all, passes."""
    gateway = ekyc_that(lambda _: httpx.Response(200, content=body))

    with pytest.raises(meaning):
        await gateway.verify(FORM, {}, idempotency_key=uuid7())


async def test_a_line_that_breaks_is_a_trouble_that_passes() -> None:
    def breaks(_: httpx.Request) -> httpx.Response:
        raise httpx.ReadTimeout("too long")

    with pytest.raises(OutsideAway):
        await ekyc_that(breaks).verify(FORM, {}, idempotency_key=uuid7())


async def test_pressing_verify_many_times_at_once_sends_it_once(world: World) -> None:
    customer = await world.customer()
    await customer.prepare()

    answers = await asyncio.gather(*(customer.press_verify() for _ in range(10)))
    await world.work()

    assert {a.status_code for a in answers} == {202}
    assert (await published(world.db)).count("KycSubmitted") == 1
    assert (await customer.look())["attempt"] == 1


def cancelled(customer: Customer) -> OrderCancelled:
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
    world: World,
) -> None:
    customer = await world.customer()
    await customer.prepare()
    await customer.press_verify()
    await world.hear(cancelled(customer))

    await world.work()

    assert (await customer.look())["status"] == "CLOSED"
    assert await published(world.db) == ["ActivationStarted", "KycSubmitted"]


YES = Answer("VALID", "PASS", "PASS", "PASS", "PASS", alive=True)


async def answer_at_last(world: World) -> None:
    """Let an answer arrive that was asked for before."""
    async with world.db.transaction() as tx:
        row = (await tx.execute(select(task))).one()
        noted = Task(row.id, row.kind, row.ref, row.data, row.attempts)
        state = world.app.state
        await take_answer(
            tx,
            noted,
            YES,
            tasks=state.tasks,
            sealer=state.sealer,
            settings=state.settings,
            now=clock.now(),
        )


async def test_an_answer_that_two_workers_bring_counts_once(world: World) -> None:
    """The first worker was slow, its lease ran out, and another asked too."""
    customer = await world.customer()
    await customer.prepare()
    await customer.press_verify()

    await asyncio.gather(*(answer_at_last(world) for _ in range(4)))

    assert (await published(world.db)).count("KycPassed") == 1


async def test_an_answer_on_its_way_while_the_session_closes_changes_nothing(
    world: World,
) -> None:
    customer = await world.customer()
    await customer.prepare()
    await customer.press_verify()
    await world.hear(cancelled(customer))

    await answer_at_last(world)

    assert (await customer.look())["status"] == "CLOSED"
    assert "KycPassed" not in await published(world.db)
