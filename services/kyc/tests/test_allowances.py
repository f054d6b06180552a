"""Limits of failed checks, by the session and on the document (G27)."""

import asyncio
from datetime import timedelta

from services.kyc.tests.world import Customer, World

from kit.testing import facts


async def fail(customer: Customer) -> str:
    seen = await customer.verify(portrait=customer.person.portrait(live=False))
    return str(seen["status"])


async def test_failures_count_on_the_document_whoever_shows_it(world: World) -> None:
    """G27: another hold is not another three attempts on somebody's card."""
    one = await world.customer()
    other = await world.customer(one.person)
    for customer in (one, other):
        await customer.prepare()
    assert [await fail(one) for _ in range(2)] == ["KYC_FAILED"] * 2

    left = (await other.look())["attempts_left"]
    status = await fail(other)

    assert (left, status) == (1, "NEEDS_REVIEW")


async def test_five_failures_on_a_document_end_the_day_for_it(world: World) -> None:
    first = await world.customer()
    customers = [first] + [await world.customer(first.person) for _ in range(5)]
    for customer in customers:
        await customer.prepare()

    statuses = [await fail(customer) for customer in customers[:5]]
    refused = await customers[5].press_verify()

    assert statuses == ["KYC_FAILED"] * 2 + ["NEEDS_REVIEW"] * 2 + ["KYC_FAILED"]
    assert (await customers[4].look())["repeat"] == "STORE"
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/too-many-attempts")
    world.move_clock(timedelta(hours=25))
    assert (await customers[5].look())["attempts_left"] == 3
    seen = await customers[5].verify(portrait=first.person.portrait())
    assert seen["status"] == "KYC_PASSED"


async def test_of_many_sessions_at_once_a_document_has_five_attempts(world: World) -> None:
    """G27 under a race: what is under way counts as if it had failed."""
    first = await world.customer()
    customers = [first] + [await world.customer(first.person) for _ in range(8)]
    for customer in customers:
        await customer.prepare(portrait=first.person.portrait(live=False))

    answers = await asyncio.gather(*(customer.press_verify() for customer in customers))

    assert sorted(a.status_code for a in answers) == [202] * 5 + [409] * 4


async def test_another_document_does_not_wipe_the_sessions_failures(world: World) -> None:
    """G27: who tries one card after the other is looked at by a person."""
    customer, stranger = await world.customer(), await world.customer()
    await customer.prepare()
    assert [await fail(customer) for _ in range(2)] == ["KYC_FAILED"] * 2
    await customer.declare(id_number=stranger.person.id_number)

    assert await fail(customer) == "NEEDS_REVIEW"


async def test_what_is_left_is_what_can_be_tried(world: World) -> None:
    """G27: told in the session and in the fact alike, also after a person's no."""
    customer = await world.customer()
    await customer.prepare()
    url = f"/v1/cases/{customer.hold_id}"
    told = [(await customer.look())["attempts_left"]]
    for _ in range(3):
        await fail(customer)
        told.append((await customer.look())["attempts_left"])
    async with world.staff("connection_officer") as officer:
        await officer.post(f"{url}/claim")
        no = {"decision": "FAIL", "reason_code": "LIVENESS_FAILED"}
        await officer.post(f"{url}/review", json=no)
    told.append((await customer.look())["attempts_left"])
    for _ in range(2):
        await fail(customer)
        told.append((await customer.look())["attempts_left"])

    assert told == [3, 2, 1, 0, 2, 1, 0]
    stated = [getattr(f, "attempts_left", None) for f in await facts(world.db)]
    assert [left for left in stated if left is not None] == [2, 1, 2, 1, 0]
    assert (await customer.press_verify()).status_code == 409
    world.move_clock(timedelta(hours=25))
    assert (await customer.look())["attempts_left"] == 1  # two in a row since a person looked
