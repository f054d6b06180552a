"""What customers see, through real routes and a real database."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

import httpx
import pytest
from sqlalchemy import select, text

from events import HoldCreated, NumberSoftLocked, NumberWithdrawn
from events.ids import uuid7
from hold import commands
from hold.consumers import subscriptions
from hold.domain import Hold
from hold.tables import holds
from kit import clock
from kit.db import Database
from kit.testing import facts, hear, published

As = Callable[..., Awaitable[httpx.AsyncClient]]
Offer = Callable[..., str]


async def hold(client: httpx.AsyncClient, offer: str, sim: str = "ESIM") -> httpx.Response:
    return await client.post("/v1/holds", json={"offer": offer, "sim": sim})


async def slip(client: httpx.AsyncClient, offer: str, form: dict[str, Any]) -> dict[str, Any]:
    hold_id = (await hold(client, offer)).json()["hold_id"]
    response = await client.put(f"/v1/holds/{hold_id}/registration", json=form)
    assert response.status_code == 200, response.text
    body: dict[str, Any] = response.json()
    return body


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


async def test_after_a_slip_lapsed_another_gets_the_number(
    signed_in: As, offer: Offer, form: dict[str, str], db: Database, time_passes: Any
) -> None:
    number, one, two = uuid7(), await signed_in(), await signed_in()
    await slip(one, offer(number), form)

    time_passes.forward(minutes=19)
    assert (await hold(two, offer(number))).status_code == 409
    time_passes.forward(minutes=1)
    assert (await hold(two, offer(number))).status_code == 201
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

    answers = await asyncio.gather(*(hold(customer, one) for one in rare))

    assert Counter(answer.status_code for answer in answers) == {201: 1, 403: 7}


async def test_a_lapsed_form_does_not_count_against_its_owner(
    customer: httpx.AsyncClient, offer: Offer, time_passes: Any
) -> None:
    for _ in range(3):
        await hold(customer, offer())

    time_passes.forward(minutes=10)

    assert (await hold(customer, offer())).status_code == 201


@pytest.mark.parametrize("ending", ["x", "", ".", "a" * 5000])
async def test_a_forged_offer_is_refused(
    customer: httpx.AsyncClient, offer: Offer, ending: str
) -> None:
    bad = offer()[:-5] + ending
    assert (await hold(customer, bad)).status_code == 422


async def test_a_slip_made_for_something_else_is_no_offer(
    customer: httpx.AsyncClient, proof: Callable[..., str]
) -> None:
    response = await hold(customer, proof("84905123456"))

    assert (response.status_code, response.json()["type"]) == (422, "/problems/bad-slip")


async def test_a_withdrawn_number_cannot_be_held_although_its_offer_is_good(
    customer: httpx.AsyncClient, offer: Offer, db: Database
) -> None:
    number = uuid7()
    gone = NumberWithdrawn(
        occurred_at=clock.now(), number_id=number, msisdn="84931266868", reason_code="RETIRED"
    )
    await hear(db, subscriptions, gone)

    response = await hold(customer, offer(number))

    assert (response.status_code, response.json()["type"]) == (409, "/problems/number-not-on-sale")


async def test_a_right_form_issues_the_slip(
    customer: httpx.AsyncClient, offer: Offer, form: dict[str, str], db: Database
) -> None:
    """F3.3 to F3.6, F3.14."""
    body = await slip(customer, offer(), form | {"referrer_code": "ctv01"})

    assert (body["status"], body["status_vi"]) == ("HELD", "Đang giữ")
    assert body["hold_code"].startswith("GS")
    [_, created] = await facts(db)
    assert isinstance(created, HoldCreated)
    assert (created.hold_code, created.channel_code) == (body["hold_code"], "CTV01")
    assert 1199 < (created.expires_at - created.occurred_at).total_seconds() <= 1200


async def test_a_wrong_form_tells_every_fault_and_no_value(
    customer: httpx.AsyncClient, offer: Offer, form: dict[str, str], db: Database
) -> None:
    """F3.5."""
    hold_id = (await hold(customer, offer())).json()["hold_id"]
    wrong = form | {"full_name": "Xyz", "date_of_birth": "2020-01-01", "email": ""}

    response = await customer.put(f"/v1/holds/{hold_id}/registration", json=wrong)

    assert response.status_code == 422
    assert response.json()["type"] == "/problems/registration-invalid"
    assert {(e["field"], e["code"]) for e in response.json()["errors"]} == {
        ("full_name", "NAME_INVALID"),
        ("date_of_birth", "AGE_UNDER_15"),
        ("id_number", "ID_NUMBER_MISMATCH"),
        ("email", "EMAIL_REQUIRED"),
    }
    assert "Xyz" not in response.text
    assert await published(db) == ["NumberSoftLocked"]


async def test_the_form_can_be_mended_without_a_second_slip_and_is_sealed_at_rest(
    customer: httpx.AsyncClient, offer: Offer, form: dict[str, str], db: Database
) -> None:
    body = await slip(customer, offer(), form)
    url = f"/v1/holds/{body['hold_id']}/registration"

    again = await customer.put(url, json=form | {"address": "Số 2 Phố Thử"})

    assert again.json()["hold_code"] == body["hold_code"]
    assert (await customer.get(url)).json()["address"] == "Số 2 Phố Thử"
    assert await published(db) == ["NumberSoftLocked", "HoldCreated"]
    async with db.transaction() as tx:
        [row] = (await tx.execute(select(holds))).mappings().all()
    for secret in ("Nguyễn", "905123456", "001199012345"):
        assert secret.encode() not in row["registration"]
        assert secret not in str(row)


async def test_the_form_is_too_late_when_the_lock_has_ended(
    customer: httpx.AsyncClient, offer: Offer, form: dict[str, str], time_passes: Any
) -> None:
    hold_id = (await hold(customer, offer())).json()["hold_id"]
    time_passes.forward(minutes=10)

    response = await customer.put(f"/v1/holds/{hold_id}/registration", json=form)

    assert (response.status_code, response.json()["state"]) == (409, "EXPIRED")


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
    [one, two, _] = await facts(db)
    assert isinstance(one, NumberSoftLocked)
    assert isinstance(two, NumberSoftLocked)
    assert (two.locked_until - one.locked_until).total_seconds() == 300


async def test_two_slips_never_have_the_same_code(
    signed_in: As,
    offer: Offer,
    form: dict[str, str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    codes = iter(["GS26110200000A", "GS26110200000A", "GS26110200000A", "GS26110200001B"])
    monkeypatch.setattr(commands, "new_code", lambda _: next(codes))

    first = await slip(await signed_in(), offer(), form)
    second = await slip(await signed_in(), offer(), form)

    assert (first["hold_code"], second["hold_code"]) == ("GS26110200000A", "GS26110200001B")


async def test_a_hold_that_is_not_paid_can_be_given_back_once_and_again(
    customer: httpx.AsyncClient, offer: Offer, form: dict[str, str], db: Database
) -> None:
    draft = (await hold(customer, offer())).json()["hold_id"]
    held = (await slip(customer, offer(), form))["hold_id"]

    for hold_id in (draft, held, draft, held):
        assert (await customer.delete(f"/v1/holds/{hold_id}")).status_code == 204

    assert sorted(await published(db)) == [
        *("HoldCreated", "HoldReleased", "NumberFreed"),
        *("NumberSoftLocked", "NumberSoftLocked"),
    ]


async def test_a_paid_hold_is_given_up_by_cancelling_its_order(
    customer: httpx.AsyncClient, offer: Offer, form: dict[str, str], db: Database
) -> None:
    hold_id = (await slip(customer, offer(), form))["hold_id"]
    async with db.transaction() as tx:
        paid = await tx.get_one(Hold, UUID(hold_id))
        await tx.publish(paid.confirm("PAID", agreed_at=clock.now(), now=clock.now()))

    response = await customer.delete(f"/v1/holds/{hold_id}")

    assert (response.status_code, response.json()["type"]) == (409, "/problems/hold-is-paid")


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", ""),
        ("DELETE", ""),
        ("POST", "/extend"),
        ("GET", "/registration"),
        ("PUT", "/registration"),
    ],
)
async def test_another_customers_hold_looks_like_none(
    signed_in: As, customer: httpx.AsyncClient, offer: Offer, method: str, path: str
) -> None:
    hold_id = (await hold(customer, offer())).json()["hold_id"]
    stranger = await signed_in()

    for wanted in (hold_id, uuid7()):
        response = await stranger.request(
            method, f"/v1/holds/{wanted}{path}", json={} if method == "PUT" else None
        )
        assert response.status_code == 404
        assert response.json()["type"] == "/problems/no-such-hold"


async def test_a_customer_sees_their_own_holds_newest_first_page_by_page(
    signed_in: As, customer: httpx.AsyncClient, offer: Offer
) -> None:
    mine = [(await hold(customer, offer())).json()["hold_id"] for _ in range(3)]
    await hold(await signed_in(), offer())

    first = (await customer.get("/v1/holds", params={"limit": 2})).json()
    second = (await customer.get("/v1/holds", params={"limit": 2, "after": first["next"]})).json()

    seen = [item["hold_id"] for item in first["items"] + second["items"]]
    assert seen == mine[::-1]
    assert second["next"] is None


@pytest.mark.parametrize("body", [{}, {"offer": "x"}, {"offer": 1, "sim": "ESIM"}, {"sim": "NANO"}])
async def test_a_bad_body_is_a_problem(customer: httpx.AsyncClient, body: dict[str, Any]) -> None:
    response = await customer.post("/v1/holds", json=body)

    assert response.status_code == 422
    assert response.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("kind", ["staff", "partner"])
async def test_only_customers_hold_for_themselves(signed_in: As, offer: Offer, kind: str) -> None:
    assert (await hold(await signed_in(kind), offer())).status_code == 403


async def test_the_database_itself_allows_one_live_hold_and_one_owner_per_number(
    customer: httpx.AsyncClient, offer: Offer, db: Database, signed_in: As
) -> None:
    number = uuid7()
    await hold(customer, offer(number))
    for status in ("HELD", "CONFIRMED", "CONSUMED"):
        async with db.transaction() as tx:
            await tx.execute(text("update hold set status = :status"), {"status": status})
        assert (await hold(await signed_in(), offer(number))).status_code == 409
