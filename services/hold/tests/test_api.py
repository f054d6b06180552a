"""The routes' refusals, and the holds that each caller is shown."""

from collections.abc import Callable
from typing import Any

import httpx
import pytest
from services.hold.tests.world import As, Offer, hold

from events import NumberWithdrawn
from events.ids import uuid7
from hold.consumers import subscriptions
from kit import clock
from kit.db import Database
from kit.testing import deliver


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
    await deliver(db, subscriptions, gone)

    response = await hold(customer, offer(number))

    assert (response.status_code, response.json()["type"]) == (409, "/problems/number-not-on-sale")


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

    for strange_id in (hold_id, uuid7()):
        response = await stranger.request(
            method, f"/v1/holds/{strange_id}{path}", json={} if method == "PUT" else None
        )
        assert response.status_code == 404
        assert response.json()["type"] == "/problems/no-such-hold"


async def test_a_customer_sees_their_own_holds_newest_first_page_by_page(
    signed_in: As, customer: httpx.AsyncClient, offer: Offer
) -> None:
    own = [(await hold(customer, offer())).json()["hold_id"] for _ in range(3)]
    await hold(await signed_in(), offer())

    first = (await customer.get("/v1/holds", params={"limit": 2})).json()
    second = (await customer.get("/v1/holds", params={"limit": 2, "after": first["next"]})).json()

    seen = [item["hold_id"] for item in first["items"] + second["items"]]
    assert seen == own[::-1]
    assert second["next"] is None


async def test_a_cursor_that_this_list_never_gave_out_is_refused(
    signed_in: As, customer: httpx.AsyncClient, offer: Offer
) -> None:
    others = (await hold(await signed_in(), offer())).json()["hold_id"]

    for cursor in (others, uuid7()):
        answer = await customer.get("/v1/holds", params={"after": str(cursor)})
        assert (answer.status_code, answer.json()["type"]) == (422, "/problems/unknown-cursor")


@pytest.mark.parametrize("body", [{}, {"offer": "x"}, {"offer": 1, "sim": "ESIM"}, {"sim": "NANO"}])
async def test_a_bad_body_is_a_problem(customer: httpx.AsyncClient, body: dict[str, Any]) -> None:
    response = await customer.post("/v1/holds", json=body)

    assert response.status_code == 422
    assert response.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("kind", ["staff", "partner"])
async def test_only_customers_hold_for_themselves(signed_in: As, offer: Offer, kind: str) -> None:
    assert (await hold(await signed_in(kind), offer())).status_code == 403
