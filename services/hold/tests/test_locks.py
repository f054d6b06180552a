"""Locking a number: one winner, a customer's share, ten minutes and five more."""

import asyncio
from collections import Counter
from typing import Any

import httpx
from services.hold.tests.world import As, Offer, hold, slip
from sqlalchemy import text

from events import NumberSoftLocked
from events.ids import uuid7
from kit.db import Database
from kit.testing import facts, published


async def test_holding_locks_the_number_for_ten_minutes(
    customer: httpx.AsyncClient, offer: Offer, db: Database
) -> None:
    """F3.1, F3.2."""
    response = await hold(customer, offer())

    assert response.status_code == 201
    body = response.json()
    assert (body["status"], body["display"]) == ("DRAFT", "0931 266 868")
    [locked] = await facts(db)
    assert isinstance(locked, NumberSoftLocked)
    assert 599 < (locked.locked_until - locked.occurred_at).total_seconds() <= 600
    assert locked.key == body["number_id"]


async def test_a_slip_shows_the_number_in_the_groups_of_its_class(
    customer: httpx.AsyncClient, offer: Offer
) -> None:
    """F3.13: the number that was chosen is the number on the slip."""
    slip_of_a_pair = await hold(customer, offer(price_class="KEP"))

    assert slip_of_a_pair.json()["display"] == "0931 26 68 68"


async def test_of_fifty_customers_racing_for_a_number_exactly_one_wins_and_all_losers_hear_the_same(
    signed_in: As, offer: Offer, db: Database
) -> None:
    number = uuid7()
    racers = [await signed_in() for _ in range(50)]

    answers = await asyncio.gather(*(hold(racer, offer(number)) for racer in racers))

    assert Counter(answer.status_code for answer in answers) == {201: 1, 409: 49}
    [lost] = {answer.text for answer in answers if answer.status_code == 409}
    assert "/problems/number-taken" in lost
    assert await published(db) == ["NumberSoftLocked"]


async def test_fifty_racers_for_a_number_whose_hold_lapsed_unnoticed_have_one_winner(
    signed_in: As, offer: Offer, db: Database, time_passes: Any
) -> None:
    number = uuid7()
    await hold(await signed_in(), offer(number))
    time_passes.forward(minutes=10)
    racers = [await signed_in() for _ in range(50)]

    answers = await asyncio.gather(*(hold(racer, offer(number)) for racer in racers))

    assert Counter(answer.status_code for answer in answers) == {201: 1, 409: 49}
    assert await published(db) == ["NumberSoftLocked", "NumberFreed", "NumberSoftLocked"]


async def test_after_a_slip_lapsed_and_the_number_rested_another_gets_it(
    signed_in: As, offer: Offer, form: dict[str, str], db: Database, time_passes: Any
) -> None:
    number, first, second = uuid7(), await signed_in(), await signed_in()
    await slip(first, offer(number), form)

    time_passes.forward(minutes=19)
    assert (await hold(second, offer(number))).status_code == 409
    time_passes.forward(minutes=31)
    assert (await hold(second, offer(number))).status_code == 201
    assert await published(db) == [
        *("NumberSoftLocked", "HoldCreated"),
        *("HoldExpired", "NumberSoftLocked"),
    ]


async def test_asking_again_finds_the_same_hold_and_may_change_the_sim(
    customer: httpx.AsyncClient, offer: Offer, db: Database
) -> None:
    number = uuid7()
    first = (await hold(customer, offer(number), "ESIM")).json()

    again = (await hold(customer, offer(number), "PHYSICAL")).json()

    assert again["hold_id"] == first["hold_id"]
    assert (again["sim"], again["promotion_code"]) == ("PHYSICAL", None)
    assert await published(db) == ["NumberSoftLocked"]


async def test_a_slip_on_one_sim_is_no_answer_to_the_wish_for_another(
    customer: httpx.AsyncClient, offer: Offer, form: dict[str, str]
) -> None:
    number = uuid7()
    first = await slip(customer, offer(number), form)

    same = await hold(customer, offer(number), "ESIM")
    other = await hold(customer, offer(number), "PHYSICAL")

    assert same.json()["hold_id"] == first["hold_id"]
    assert (other.status_code, other.json()["type"]) == (409, "/problems/held-otherwise")
    assert other.json()["differs"] == ["sim"]


async def test_a_request_with_a_key_is_done_once_and_a_changed_one_is_told_so(
    customer: httpx.AsyncClient, offer: Offer
) -> None:
    body = {"offer": offer(), "sim": "ESIM"}
    named = {"Idempotency-Key": '"8e03978e-40d5-43dd-bc93-6894a57f9324"'}
    first = await customer.post("/v1/holds", json=body, headers=named)
    await customer.delete(f"/v1/holds/{first.json()['hold_id']}")

    again = await customer.post("/v1/holds", json=body, headers=named)
    changed = await customer.post("/v1/holds", json=body | {"sim": "PHYSICAL"}, headers=named)

    assert (again.status_code, again.json()["status"]) == (201, "RELEASED")
    assert (changed.status_code, changed.json()["differs"]) == (422, ["sim"])


async def test_the_same_request_sent_many_times_at_once_makes_one_hold(
    customer: httpx.AsyncClient, offer: Offer
) -> None:
    number = uuid7()

    answers = await asyncio.gather(*(hold(customer, offer(number)) for _ in range(10)))

    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.json()["hold_id"] for answer in answers}) == 1


async def test_a_customer_in_a_hurry_still_gets_only_their_share(
    customer: httpx.AsyncClient, offer: Offer
) -> None:
    answers = await asyncio.gather(*(hold(customer, offer()) for _ in range(12)))

    assert Counter(answer.status_code for answer in answers) == {201: 3, 403: 9}


async def test_of_the_rarest_numbers_a_customer_in_a_hurry_gets_one(
    customer: httpx.AsyncClient, offer: Offer
) -> None:
    rare = [offer(price_class=c) for c in ("LUC_QUY", "NGU_QUY", "TU_QUY", "TAM_HOA_KEP") * 2]

    answers = await asyncio.gather(*(hold(customer, number) for number in rare))

    assert Counter(answer.status_code for answer in answers) == {201: 1, 403: 7}


async def test_a_lapsed_form_does_not_count_against_its_owner(
    customer: httpx.AsyncClient, offer: Offer, time_passes: Any
) -> None:
    for _ in range(3):
        await hold(customer, offer())

    time_passes.forward(minutes=10)

    assert (await hold(customer, offer())).status_code == 201


async def test_the_lock_can_be_extended_once_by_five_minutes(
    customer: httpx.AsyncClient, offer: Offer, form: dict[str, str], db: Database, time_passes: Any
) -> None:
    hold_id = (await hold(customer, offer())).json()["hold_id"]

    extended = await customer.post(f"/v1/holds/{hold_id}/extend")
    again = await customer.post(f"/v1/holds/{hold_id}/extend")
    time_passes.forward(minutes=14)
    registered = await customer.put(f"/v1/holds/{hold_id}/registration", json=form)

    assert (extended.status_code, again.status_code, registered.status_code) == (200, 409, 200)
    assert again.json()["type"] == "/problems/already-extended"
    [first, second, _] = await facts(db)
    assert isinstance(first, NumberSoftLocked)
    assert isinstance(second, NumberSoftLocked)
    assert (second.locked_until - first.locked_until).total_seconds() == 300


async def test_the_database_itself_allows_one_live_hold_and_one_owner_per_number(
    customer: httpx.AsyncClient, offer: Offer, db: Database, signed_in: As
) -> None:
    number = uuid7()
    await hold(customer, offer(number))
    for status in ("HELD", "CONFIRMED", "CONSUMED"):
        async with db.transaction() as tx:
            await tx.execute(text("update hold set status = :status"), {"status": status})
        assert (await hold(await signed_in(), offer(number))).status_code == 409
