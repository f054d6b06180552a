"""Staff find holds by a customer's phone or by id; regions decide what is found."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import httpx
from services.hold.tests.world import As, a_slip

from events import OrderRouted, Region
from events.ids import uuid7
from hold.consumers import subscriptions
from kit import clock
from kit.db import Database
from kit.testing import deliver


def routed(hold_id: UUID, region: Region) -> OrderRouted:
    return OrderRouted(
        occurred_at=clock.now(),
        hold_id=hold_id,
        order_id=uuid7(),
        region=region,
        shop_code="2HCM0001",
        team="KV2",
        rule="WARD",
    )


async def test_a_hold_is_found_by_phone_or_id_in_the_regions_of_the_caller(
    db: Database,
    customer: httpx.AsyncClient,
    signed_in: As,
    offer: Callable[..., str],
    form: dict[str, Any],
) -> None:
    """The phone lies sealed: its fingerprint finds it, and no answer tells it."""
    hold_id = await a_slip(customer, offer(), form)
    ours = await signed_in("staff", roles=["call_agent"], regions=["KV2"])
    theirs = await signed_in("staff", roles=["call_agent"], regions=["KV1"])
    head_office = await signed_in("staff", roles=["admin"])
    phone = {"phone": form["contact_phone"]}

    before = [
        (await person.post("/v1/staff/holds/search", json=phone)).json()["items"]
        for person in (ours, head_office)
    ]
    await deliver(db, subscriptions, routed(hold_id, "KV2"))
    after = [
        [
            item["hold_id"]
            for item in (await person.post("/v1/staff/holds/search", json=phone)).json()["items"]
        ]
        for person in (ours, theirs, head_office)
    ]
    by_id = [
        (
            await person.get("/v1/staff/holds", params={"hold_id": [str(hold_id), str(uuid7())]})
        ).json()["items"]
        for person in (ours, theirs)
    ]
    await deliver(db, subscriptions, routed(hold_id, "KV1"))
    moved = (await theirs.post("/v1/staff/holds/search", json=phone)).json()["items"]

    assert [len(items) for items in before] == [0, 1]
    assert after == [[str(hold_id)], [], [str(hold_id)]]
    assert [len(items) for items in by_id] == [1, 0]
    assert by_id[0][0]["msisdn"] == "84931266868"
    assert set(by_id[0][0]) == {
        "hold_id",
        "hold_code",
        "msisdn",
        "display",
        "sim",
        "status",
        "region",
    }
    assert [item["region"] for item in moved] == ["KV1"]


async def test_the_search_is_for_staff_and_wants_a_phone(
    customer: httpx.AsyncClient, signed_in: As, form: dict[str, Any]
) -> None:
    agent = await signed_in("staff", roles=["call_agent"], regions=["KV2"])
    answers = [
        await customer.post("/v1/staff/holds/search", json={"phone": form["contact_phone"]}),
        await customer.get("/v1/staff/holds", params={"hold_id": str(uuid7())}),
        await agent.post("/v1/staff/holds/search", json={"phone": "12"}),
        await agent.get("/v1/staff/holds"),
    ]

    assert [answer.status_code for answer in answers] == [403, 403, 422, 422]
