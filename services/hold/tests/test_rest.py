"""A number rests after a slip, whatever offer is shown; nobody keeps one by locking it for ever."""

import asyncio
from typing import Any
from uuid import UUID

import httpx
import pytest
from services.hold.tests.world import NUMBER, As, Offer, expire, hold, lock, paid, slip, tell

from events import HoldExpired, HoldReleased
from events.ids import uuid7
from hold.settings import Settings
from kit.db import Database
from kit.testing import facts, published


@pytest.mark.parametrize(("price_class", "minutes"), [("THUONG", 30), ("TIEN_DOI", 24 * 60)])
async def test_a_number_rests_after_a_slip_was_given_up_whatever_offer_is_shown(
    signed_in: As,
    customer: httpx.AsyncClient,
    offer: Offer,
    form: dict[str, str],
    db: Database,
    time_passes: Any,
    price_class: str,
    minutes: int,
) -> None:
    number, other = uuid7(), await signed_in()
    fetched_before = offer(number, price_class=price_class)
    held = await slip(customer, fetched_before, form)
    await customer.delete(f"/v1/holds/{held['hold_id']}")

    [*_, released] = await facts(db)
    assert isinstance(released, HoldReleased)
    for client in (customer, other):
        answer = await hold(client, fetched_before)
        assert (answer.status_code, answer.json()["type"]) == (409, "/problems/number-resting")
        assert released.rests_until
        assert answer.json()["until"] == released.rests_until.isoformat().replace("+00:00", "Z")
    time_passes.forward(minutes=minutes - 1)
    assert (await hold(other, offer(number, price_class="THUONG"))).status_code == 409
    time_passes.forward(minutes=1, seconds=1)
    assert (await hold(other, offer(number))).status_code == 201


async def test_a_number_rests_after_a_slip_ran_out_from_then_on(
    signed_in: As, offer: Offer, held: UUID, db: Database, time_passes: Any
) -> None:
    time_passes.forward(minutes=40)
    await expire(db)

    [*_, expired] = await facts(db)
    assert isinstance(expired, HoldExpired)
    assert expired.hold_id == held
    assert (await hold(await signed_in(), offer(NUMBER))).status_code == 409
    time_passes.forward(minutes=10)
    assert (await hold(await signed_in(), offer(NUMBER))).status_code == 201


async def test_a_form_that_was_left_needs_no_rest(
    customer: httpx.AsyncClient, signed_in: As, offer: Offer
) -> None:
    number = uuid7()
    draft = (await hold(customer, offer(number))).json()["hold_id"]
    await customer.delete(f"/v1/holds/{draft}")

    assert (await hold(await signed_in(), offer(number))).status_code == 201


async def test_of_twenty_who_race_with_a_release_nobody_takes_the_number_from_its_rest(
    signed_in: As, customer: httpx.AsyncClient, offer: Offer, form: dict[str, str], db: Database
) -> None:
    number = uuid7()
    held = await slip(customer, offer(number), form)
    racers = [await signed_in() for _ in range(20)]

    *answers, _ = await asyncio.gather(
        *(hold(racer, offer(number)) for racer in racers),
        customer.delete(f"/v1/holds/{held['hold_id']}"),
    )

    assert {answer.status_code for answer in answers} == {409}
    assert await published(db) == ["NumberSoftLocked", "HoldCreated", "HoldReleased"]


async def test_a_late_payment_takes_its_own_number_back_from_its_rest(
    db: Database, held: UUID, signed_in: As, offer: Offer, time_passes: Any
) -> None:
    payment = paid(held)
    time_passes.forward(minutes=25)
    await expire(db)

    await tell(db, payment)

    taken = await hold(await signed_in(), offer(NUMBER))
    assert taken.json()["type"] == "/problems/number-taken"


async def test_a_person_locks_the_same_number_three_times_a_day_and_leaves_it_to_others_then(
    customer: httpx.AsyncClient, signed_in: As, offer: Offer, time_passes: Any
) -> None:
    number = uuid7()
    for _ in range(3):
        draft = (await hold(customer, offer(number))).json()["hold_id"]
        await customer.post(f"/v1/holds/{draft}/extend")
        await customer.delete(f"/v1/holds/{draft}")

    refused = await hold(customer, offer(number))
    assert (refused.status_code, refused.json()["type"]) == (429, "/problems/locked-too-often")
    assert refused.json()["again_at"]
    assert (await hold(customer, offer(uuid7()))).status_code == 201
    assert (await hold(await signed_in(), offer(number))).status_code == 201
    time_passes.forward(hours=24)
    assert (await hold(customer, offer(number))).status_code == 201


async def test_a_channel_cannot_keep_a_number_by_locking_it_again_and_again(
    partner: httpx.AsyncClient, offer: Offer, settings: Settings
) -> None:
    object.__setattr__(settings, "retries_per_number_of_partner", 2)
    number = uuid7()
    for _ in range(2):
        locked = (await lock(partner, offer(number))).json()["hold_id"]
        await partner.delete(f"/v1/partner/holds/{locked}")

    refused = await lock(partner, offer(number))

    assert (refused.status_code, refused.json()["type"]) == (429, "/problems/locked-too-often")
