"""The partners' list of a hold's facts, and its reading by cursor (SYS04, SD.3 ii)."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import pytest
from services.hold.tests.world import (
    As,
    Offer,
    cancelled,
    connected,
    expire,
    lock,
    paid,
    registered,
    sell,
    tell,
)

import hold
from events import CATALOGUE
from events.ids import uuid7
from hold.consumers import subscriptions
from hold.feed.commands import forget
from hold.feed.domain import TOLD
from kit import clock
from kit.db import Database
from kit.testing import deliver


async def read(client: httpx.AsyncClient, **params: Any) -> list[dict[str, Any]]:
    answer = await client.get("/v1/partner/hold-events", params=params)
    assert answer.status_code == 200, answer.text
    items: list[dict[str, Any]] = answer.json()["items"]
    return items


async def sold(partner: httpx.AsyncClient, offer: Offer, **more: Any) -> dict[str, Any]:
    hold_id = (await lock(partner, offer())).json()["hold_id"]
    slip: dict[str, Any] = (await sell(partner, hold_id, **more)).json()
    return slip


@pytest.fixture
async def affiliate(db: Database, signed_in: As) -> httpx.AsyncClient:
    partner_id = uuid7()
    await deliver(db, subscriptions, registered(partner_id, channel_code="CTV01"))
    return await signed_in("partner", partner_id, channel_code="CTV01")


async def test_a_channel_reads_the_whole_way_of_its_hold(
    partner: httpx.AsyncClient, offer: Offer, db: Database
) -> None:
    slip = await sold(partner, offer, partner_reference="order-1")
    await tell(db, paid(UUID(slip["hold_id"])))
    await tell(db, connected(UUID(slip["hold_id"])))

    told = await read(partner)

    assert [(e["sequence"], e["type"]) for e in told] == [
        (1, "HoldCreated"),
        (2, "HoldConfirmed"),
        (3, "HoldConsumed"),
    ]
    assert {e["data"]["hold_id"] for e in told} == {slip["hold_id"]}
    created = told[0]["data"]
    assert (created["hold_code"], created["partner_reference"]) == (slip["hold_code"], "order-1")
    assert (created["your_role"], created["channel_code"]) == ("SELLER", "KV2WEB")
    assert (created["price_class"], created["region"]) == ("THUONG", "KV2")
    assert created["expires_at"] == slip["expires_at"]
    assert created["channel_paid_vnd"] == 75_000


@pytest.mark.parametrize("end", ["EXPIRED", "CHANNEL", "CHANGED_MIND"])
async def test_it_reads_the_end_too_and_why(
    partner: httpx.AsyncClient, offer: Offer, db: Database, time_passes: Any, end: str
) -> None:
    slip = await sold(partner, offer)
    if end == "EXPIRED":
        time_passes.forward(minutes=21)
        await expire(db)
    elif end == "CHANNEL":
        await partner.delete(f"/v1/partner/holds/{slip['hold_id']}")
    else:
        await tell(db, cancelled(UUID(slip["hold_id"])))

    last = (await read(partner))[-1]

    assert last["type"] == ("HoldExpired" if end == "EXPIRED" else "HoldReleased")
    assert last["data"].get("reason_code") == (None if end == "EXPIRED" else end)


async def test_money_that_came_too_late_is_told(
    partner: httpx.AsyncClient, offer: Offer, db: Database, time_passes: Any
) -> None:
    slip = await sold(partner, offer)
    time_passes.forward(minutes=21)
    await tell(db, paid(UUID(slip["hold_id"])))

    told = await read(partner)

    assert [e["type"] for e in told] == ["HoldCreated", "HoldExpired", "HoldLost"]
    assert "order_id" not in told[-1]["data"]


async def test_a_claim_is_told_without_the_customer(
    partner: httpx.AsyncClient,
    customer: httpx.AsyncClient,
    offer: Offer,
    proof: Callable[..., str],
) -> None:
    """P3.3: who it is stays between the customer and us."""
    slip = await sold(partner, offer)
    shown = {"hold_code": slip["hold_code"], "phone_proof": proof("84905123456")}
    claimed = await customer.post("/v1/holds/claims", json=shown)
    assert claimed.status_code == 200, claimed.text

    told = await read(partner)

    assert [e["type"] for e in told] == ["HoldCreated", "HoldClaimed"]
    assert not [e for e in told if "customer_id" in e["data"]]
    assert "905123456" not in str(told)


async def test_an_affiliate_is_told_of_holds_it_referred_but_not_their_code(
    partner: httpx.AsyncClient,
    affiliate: httpx.AsyncClient,
    customer: httpx.AsyncClient,
    offer: Offer,
    form: dict[str, str],
) -> None:
    slip = await sold(partner, offer, referrer="ctv01", partner_reference="secret-of-the-seller")
    in_app = (await customer.post("/v1/holds", json={"offer": offer(), "sim": "ESIM"})).json()
    await customer.put(
        f"/v1/holds/{in_app['hold_id']}/registration", json=form | {"referrer_code": "CTV01"}
    )

    told = await read(affiliate)

    assert [e["data"]["hold_id"] for e in told] == [slip["hold_id"], in_app["hold_id"]]
    assert {(e["data"]["your_role"], e["data"]["referrer_code"]) for e in told} == {
        ("REFERRER", "CTV01")
    }
    assert slip["hold_code"] not in str(told)
    assert "secret-of-the-seller" not in str(told)
    assert len(await read(partner)) == 1


async def test_nobody_is_told_of_what_is_not_theirs(
    partner: httpx.AsyncClient, signed_in: As, customer: httpx.AsyncClient, offer: Offer, held: UUID
) -> None:
    assert held
    await sold(partner, offer)
    other = await signed_in("partner", uuid7(), channel_code="OTHER")

    assert await read(other) == []
    assert (await customer.get("/v1/partner/hold-events")).status_code == 403
    assert (await customer.get("/v1/partner/hold-events/stream")).status_code == 403


def test_every_fact_about_a_hold_is_told_or_left_out_on_purpose() -> None:
    of_holds = {t for t, event in CATALOGUE.items() if event.source == "hold"}

    assert of_holds - {event.topic for event in TOLD} == {"NumberSoftLocked", "NumberFreed"}
    allowed = {"expires_at", "price_vnd", "sim_fee_vnd", "channel_paid_vnd", "channel_delivers"}
    allowed |= {"promotion_code", "package_code", "ends_at", "owed_back_vnd"}
    assert set().union(*TOLD.values()) == allowed | {"because", "reason_code"}


def test_facts_are_stated_in_one_place_so_that_no_partner_is_forgotten() -> None:
    source = Path(hold.__file__).parent
    publishing = [file for file in source.rglob("*.py") if "tx.publish(" in file.read_text()]

    assert [str(file.relative_to(source)) for file in publishing] == ["feed/commands.py"]


async def test_pages_follow_each_other(partner: httpx.AsyncClient, offer: Offer) -> None:
    for _ in range(3):
        await sold(partner, offer)

    first = (await partner.get("/v1/partner/hold-events", params={"limit": 2})).json()
    rest = (
        await partner.get("/v1/partner/hold-events", params={"after": first["next"], "wait": 20})
    ).json()
    nothing = (await partner.get("/v1/partner/hold-events", params={"after": rest["next"]})).json()

    assert [e["sequence"] for e in first["items"] + rest["items"]] == [1, 2, 3]
    assert nothing == {"items": [], "next": 3}


async def test_who_waits_is_answered_as_soon_as_something_happens(
    partner: httpx.AsyncClient, offer: Offer
) -> None:
    waiting = asyncio.create_task(read(partner, wait=25))

    async with asyncio.timeout(10):
        await sold(partner, offer)
        [told] = await waiting

    assert told["type"] == "HoldCreated"


async def test_a_cursor_that_is_too_old_or_too_new_is_told_what_to_do(
    partner: httpx.AsyncClient, offer: Offer, db: Database
) -> None:
    for _ in range(3):
        await sold(partner, offer)
    await read(partner)
    await forget(db, before=clock.now() + timedelta(seconds=1))
    await sold(partner, offer)

    for path in ("/v1/partner/hold-events", "/v1/partner/hold-events/stream"):
        old = await partner.get(path, params={"after": 1})
        assert (old.status_code, old.json()["type"]) == (410, "/problems/cursor-too-old")
        assert old.json()["continue_after"] == 3
        new = await partner.get(path, params={"after": 5})
        assert (new.status_code, new.json()["type"]) == (422, "/problems/cursor-ahead")
        assert new.json()["newest"] == 4

    assert [e["sequence"] for e in await read(partner, after=3)] == [4]
    assert [e["sequence"] for e in await read(partner)] == [4]
