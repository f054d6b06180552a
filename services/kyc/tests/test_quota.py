"""The numbers one document may have (LAW02, LAW03)."""

import asyncio

from services.kyc.tests.world import Customer, World

from events import ConnectionCompleted
from events.ids import uuid7
from kit import clock


def connected(customer: Customer) -> ConnectionCompleted:
    return ConnectionCompleted(
        occurred_at=clock.now(),
        hold_id=customer.hold_id,
        number_id=uuid7(),
        connection_id=uuid7(),
        officer_id=uuid7(),
        connected_at=clock.now(),
    )


async def test_a_fourth_number_on_one_document_is_for_the_store(world: World) -> None:
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


async def test_of_many_sessions_at_once_on_one_document_three_pass(world: World) -> None:
    """LAW02 under a race: what has passed holds its place until it is connected or given up."""
    person = (await world.customer()).person
    customers = [await world.customer(person) for _ in range(5)]
    for customer in customers:
        await customer.prepare()
    await asyncio.gather(*(customer.press_verify() for customer in customers))

    await world.work()

    statuses = sorted([(await customer.look())["status"] for customer in customers])
    assert statuses == ["KYC_FAILED"] * 2 + ["KYC_PASSED"] * 3
