"""A customer agrees to the call and to its recording before the queue (F5a.8, F5b.7, data law)."""

import json
from typing import Any
from uuid import UUID

import pytest
from services.videocall.tests.world import World, agreed, in_call, waiting
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from events.transport.tables import outbox
from kit.sealing import Sealer
from kit.testing import published
from videocall.chain.queries import events_of
from videocall.consents.domain import NEEDED, PRESENT, TEXTS
from videocall.tables import consents

ADDRESS = "203.0.113.7"
BROWSER = "A phone of somebody"


async def test_nobody_waits_without_a_consent_and_the_refusal_names_the_text(world: World) -> None:
    customer = await world.customer()
    wish: dict[str, Any] = {"hold_id": str(customer.hold_id)}
    other = [
        {},
        {"consent": agreed(version="2020-01")},
        {"consent": agreed(sha256="0" * 64)},
        {"consent": agreed(purposes=["IDENTITY_CHECK"])},
        {"consent": agreed(purposes=[])},
        {"consent": agreed("en", sha256=agreed("vi")["sha256"])},
    ]

    refused = [await customer.http.post("/v1/calls", json=wish | more) for more in other]

    assert [a.status_code for a in refused] == [409] * 6
    problem = refused[0].json()
    assert problem["type"] == "/problems/consent-needed"
    assert (problem["version"], problem["purposes"]) == (PRESENT, list(NEEDED))
    text = await customer.http.get(problem["text"])
    assert text.json()["sha256"] == agreed()["sha256"]
    assert await published(world.db) == []


@pytest.mark.parametrize("locale", ["vi", "en"])
async def test_the_text_is_shown_in_two_languages_and_the_call_begins_with_the_consent(
    world: World, locale: str
) -> None:
    customer = await world.customer()
    shown = (await customer.http.get("/v1/consent-text", params={"locale": locale})).json()
    consent = {name: shown[name] for name in ("version", "sha256", "locale")}
    consent["purposes"] = [each["purpose"] for each in shown["purposes"]]
    wish = {"hold_id": str(customer.hold_id), "consent": consent}

    placed = await customer.http.post(
        "/v1/calls", json=wish, headers={"X-Forwarded-For": ADDRESS, "User-Agent": BROWSER}
    )

    assert placed.status_code == 201
    async with world.db.transaction() as tx:
        [kept] = await tx.execute(select(consents))
        [first, *_] = await events_of(tx, UUID(placed.json()["call_id"]))
        said = b"".join(await tx.scalars(select(outbox.c.payload)))
    body = json.loads(first.body)
    assert first.kind == "CONSENTED"
    assert body.pop("consent_id") == str(kept.id)
    assert body == {
        "text_version": PRESENT,
        "text_sha256": shown["sha256"],
        "locale": locale,
        "purposes": sorted(NEEDED),
    }
    client = Sealer(world.keys, "videocall").open_json(kept.sealed_client, about=str(kept.id))
    assert client == {"address": ADDRESS, "browser": BROWSER}
    for trace in (first.body.encode(), said, kept.sealed_client):
        assert not any(word.encode() in trace for word in (ADDRESS, BROWSER))


async def test_each_call_has_a_consent_of_its_own_and_one_under_way_needs_no_other(
    world: World,
) -> None:
    """G26: who comes back to the agent goes on; who calls again agrees again."""
    customer, agent = await in_call(world)
    wish = {"hold_id": str(customer.hold_id)}
    again = await customer.http.post("/v1/calls", json=wish)
    await agent.do("drop")
    back = await customer.http.post(f"/v1/calls/{customer.call_id}/return")
    await agent.do("technical")

    called = await customer.http.post("/v1/calls", json=wish)
    returned = await customer.http.post(f"/v1/calls/{customer.call_id}/return")
    agreed_anew = await customer.come_back()

    statuses = [a.status_code for a in (again, back, called, returned, agreed_anew)]
    assert statuses == [201, 200, 409, 409, 200]


async def test_what_keeps_a_customer_from_calling_is_said_before_the_consent_is_asked(
    world: World,
) -> None:
    customer = await world.customer(ready=False)
    await world.hear(customer.created(), customer.routed())

    answer = await customer.http.post("/v1/calls", json={"hold_id": str(customer.hold_id)})

    assert answer.json()["type"] == "/problems/not-ready"


async def test_the_database_itself_keeps_consents(world: World) -> None:
    await waiting(world)

    with pytest.raises(IntegrityError, match="only ever added to"):
        async with world.db.transaction() as tx:
            await tx.execute(text("update consent set text_sha256 = repeat('0', 64)"))


def test_the_two_languages_of_a_version_say_the_same_number_of_things() -> None:
    vi, en = TEXTS[PRESENT, "vi"], TEXTS[PRESENT, "en"]

    assert (len(vi.points), [p for p, _ in vi.purposes]) == (
        len(en.points),
        [p for p, _ in en.purposes],
    )
    assert {p for p, _ in vi.purposes} == set(NEEDED)
    assert vi.sha256 != en.sha256
