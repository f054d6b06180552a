"""Operators list, redrive and drop events over HTTP that a service could not handle.

Longer than 250 lines because one line of parked events serves all of these tests.
"""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import pytest
from fastapi import FastAPI
from pydantic import PostgresDsn

from events import CATALOGUE, Event, HoldConfirmed
from events.ids import uuid7
from events.transport import Envelope, Subscriptions, parking, topics
from events.transport.testing import begin_at_the_end, eventually, parked_events, send, until
from kit.db import Database, Tx
from kit.service import assemble
from kit.settings import ServiceSettings
from kit.testing import client, token_for


@pytest.fixture
def consumed() -> list[UUID]:
    return []


@pytest.fixture
def listening(db: Database, keys_dir: Path, kafka_bootstrap: str, consumed: list[UUID]) -> FastAPI:
    """Make a service that notes which confirmed holds it hears of."""
    name = f"kit-{uuid7().hex[-8:]}"
    subscriptions = Subscriptions[Tx](name)

    @subscriptions.on(HoldConfirmed)
    async def note(fact: HoldConfirmed, _: Tx) -> None:
        consumed.append(fact.event_id)

    settings = ServiceSettings(
        database_url=PostgresDsn(db.engine.url.render_as_string(hide_password=False)),
        keys_dir=keys_dir,
        kafka_servers=kafka_bootstrap,
    )
    return assemble(name, settings, db=db, routers=[], subscriptions=subscriptions)


@pytest.fixture
def service(db: Database, keys_dir: Path) -> FastAPI:
    """Make a service that is asked, but not on the bus."""
    settings = ServiceSettings(
        database_url=PostgresDsn(db.engine.url.render_as_string(hide_password=False)),
        keys_dir=keys_dir,
    )
    return assemble("kit", settings, db=db, routers=[], subscriptions=Subscriptions[Tx]("kit"))


@pytest.fixture
async def admin(service: FastAPI, keys_dir: Path) -> AsyncIterator[httpx.AsyncClient]:
    async with client(service, token_for(keys_dir, "staff", roles=["admin"])) as caller:
        yield caller


@pytest.fixture
async def sre(service: FastAPI, keys_dir: Path) -> AsyncIterator[httpx.AsyncClient]:
    async with client(service, token_for(keys_dir, "staff", roles=["sre"])) as caller:
        yield caller


def confirmed(hold_id: UUID) -> HoldConfirmed:
    return HoldConfirmed(
        occurred_at=datetime.now(UTC), hold_id=hold_id, number_id=uuid7(), because="PAID"
    )


@pytest.fixture
async def line(db: Database) -> list[Envelope]:
    """Park a dead event, one behind it, a dead record that says who knows what, and another's."""
    hold_id = uuid7()
    first, second = (Envelope.around(confirmed(hold_id)) for _ in range(2))
    raw = Envelope.around(confirmed(uuid7()))._replace(payload=b"Nguy\xe1\xbb\x85n V\xff" * 100)
    elsewhere = Envelope.around(confirmed(uuid7()))
    async with db.transaction() as tx:
        await parking.park(tx, "kit", first, "DEAD", "ValueError", attempts=10)
        await parking.park(tx, "kit", second, "QUEUED", "behind a parked event")
        await parking.park(tx, "kit", raw, "DEAD", "not a HoldConfirmed", attempts=1)
        await parking.park(tx, "other", elsewhere, "DEAD", "ValueError")
    return [first, second, raw, elsewhere]


def ids(answer: httpx.Response) -> list[str]:
    return [item["event_id"] for item in answer.json()["items"]]


async def test_the_dead_are_listed_page_by_page(
    sre: httpx.AsyncClient, admin: httpx.AsyncClient, line: list[Envelope]
) -> None:
    first = await sre.get("/v1/dead-letters", params={"limit": 1})
    await sre.post(f"/v1/dead-letters/{line[0].event_id}/drop", json={"reason_code": "TEST"})
    await admin.post(f"/v1/dead-letters/{line[0].event_id}/drop/approve")
    second = await sre.get("/v1/dead-letters", params={"limit": 9, "after": first.json()["next"]})
    queued = await sre.get("/v1/dead-letters", params={"state": "QUEUED", "key": line[1].key})
    unknown = await sre.get("/v1/dead-letters", params={"after": str(line[0].event_id)})

    assert unknown.json()["type"].endswith("unknown-cursor")
    assert ids(first) == [str(line[0].event_id)]
    assert ids(second) == [str(line[2].event_id)]  # where the first page ended is gone by now
    assert second.json()["next"] is None
    assert ids(queued) == [str(line[1].event_id)]


async def test_an_event_is_shown_and_of_a_record_only_its_beginning(
    sre: httpx.AsyncClient, line: list[Envelope]
) -> None:
    event = (await sre.get(f"/v1/dead-letters/{line[0].event_id}")).json()
    record = (await sre.get(f"/v1/dead-letters/{line[2].event_id}")).json()

    assert event["payload"]["content"] == line[0].payload.decode()
    assert event["headers"] == line[0].headers
    assert [one["event_id"] for one in event["behind"]] == [str(line[1].event_id)]
    said = record["payload"]
    assert (said["encoding"], said["size"], said["whole"]) == ("base64", 1100, False)
    assert len(said["content"]) < 700


async def test_a_decision_is_made_once_and_told_again(
    sre: httpx.AsyncClient, db: Database, line: list[Envelope]
) -> None:
    dead = f"/v1/dead-letters/{line[0].event_id}"

    redriven = await sre.post(f"{dead}/redrive")
    again = await sre.post(f"{dead}/redrive")
    dropped = await sre.post(f"{dead}/drop", json={"reason_code": "TEST_DATA"})

    assert redriven.status_code == again.status_code == 200
    assert redriven.json() == again.json()
    assert redriven.json()["decision"] == "REDRIVEN"
    assert (dropped.status_code, dropped.json()["state"]) == (409, "QUEUED")
    states = [state for _, state, _ in await parked_events(db.transaction)]
    assert states == ["QUEUED", "QUEUED", "DEAD", "DEAD"]


async def test_an_event_is_dropped_by_two_persons(
    sre: httpx.AsyncClient, admin: httpx.AsyncClient, line: list[Envelope]
) -> None:
    drop = f"/v1/dead-letters/{line[0].event_id}/drop"

    unasked = await admin.post(f"{drop}/approve")
    asked = await sre.post(drop, json={"reason_code": "TEST_DATA"})
    counts = (await admin.get("/v1/dead-letters/counts")).json()
    by_the_same = await sre.post(f"{drop}/approve")
    withdrawn = await admin.post(f"{drop}/withdraw")
    await admin.post(drop, json={"reason_code": "SUPERSEDED"})
    dropped = await sre.post(f"{drop}/approve")
    again = await sre.post(f"{drop}/approve")
    gone = await sre.post(drop, json={"reason_code": "TEST_DATA"})
    late = await sre.post(f"/v1/dead-letters/{line[0].event_id}/redrive")

    assert (asked.status_code, asked.json()["drop_reason_code"]) == (200, "TEST_DATA")
    assert (counts["counts"]["DEAD"], counts["counts"]["QUEUED"]) == (2, 1)
    assert counts["drops_asked"] == 1
    problems = [answer.json()["type"].rpartition("/")[2] for answer in (unasked, by_the_same)]
    assert problems == ["drop-not-asked", "another-must-approve"]
    assert withdrawn.json()["drop_asked_by"] is None
    assert dropped.json() == again.json()
    assert (dropped.json()["decision"], dropped.json()["reason_code"]) == ("DROPPED", "SUPERSEDED")
    assert dropped.json()["asked_by"] != dropped.json()["decided_by"]
    assert gone.status_code == 404
    assert (late.status_code, late.json()["decision"]) == (409, "DROPPED")
    assert late.json()["decided_by"] == dropped.json()["decided_by"]


async def test_what_is_not_dead_is_not_decided_about(
    sre: httpx.AsyncClient, line: list[Envelope]
) -> None:
    queued = await sre.post(f"/v1/dead-letters/{line[1].event_id}/redrive")
    unknown = await sre.post(f"/v1/dead-letters/{uuid7()}/redrive")
    of_another = await sre.get(f"/v1/dead-letters/{line[3].event_id}")

    assert (queued.status_code, queued.json()["state"]) == (409, "QUEUED")
    assert (unknown.status_code, of_another.status_code) == (404, 404)


async def test_some_are_redriven_together(sre: httpx.AsyncClient, line: list[Envelope]) -> None:
    gone = uuid7()
    asked = {"event_ids": [str(line[0].event_id), str(gone)]}

    by_id = await sre.post("/v1/dead-letters/redrive", json=asked)
    by_reason = await sre.post("/v1/dead-letters/redrive", json={"reason": "not a Hold"})
    all_of_it = await sre.post("/v1/dead-letters/redrive", json={})

    assert by_id.json() == {
        "event_ids": [str(line[0].event_id)],
        "not_dead": [str(gone)],
        "more": False,
    }
    assert by_reason.json()["event_ids"] == [str(line[2].event_id)]
    assert all_of_it.status_code == 422


@pytest.mark.parametrize(
    "claims", [{"kind": "customer"}, {"kind": "staff", "roles": ["osp_staff"]}]
)
async def test_others_than_operators_are_turned_away(
    service: FastAPI, keys_dir: Path, line: list[Envelope], claims: dict[str, Any]
) -> None:
    dead = f"/v1/dead-letters/{line[0].event_id}"
    async with client(service, token_for(keys_dir, **claims)) as caller:
        answers = [
            await caller.get("/v1/dead-letters"),
            await caller.get(dead),
            await caller.post(f"{dead}/redrive"),
            await caller.get("/v1/dead-letters/counts"),
            await caller.post(f"{dead}/drop", json={"reason_code": "TEST_DATA"}),
            await caller.post(f"{dead}/drop/approve"),
            await caller.post(f"{dead}/drop/withdraw"),
            await caller.post("/v1/dead-letters/redrive", json={"topic": "HoldConfirmed"}),
        ]

    assert {answer.status_code for answer in answers} == {403}


async def test_after_a_fix_a_record_is_redriven_over_http_and_its_followers_come_after_it(
    listening: FastAPI,
    db: Database,
    keys_dir: Path,
    kafka_bootstrap: str,
    consumed: list[UUID],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    await topics.ensure(kafka_bootstrap, [*CATALOGUE])
    await begin_at_the_end(kafka_bootstrap, listening.state.name, ["HoldConfirmed"])
    monkeypatch.setitem(CATALOGUE, "HoldConfirmed", HoldConfirmed)  # put back at the end
    good = confirmed(uuid7())
    # A newer service states a reason ours does not know yet.
    gift = newer().model_validate(good.model_dump() | {"event_id": uuid7(), "because": "GIFT"})
    CATALOGUE["HoldConfirmed"] = HoldConfirmed
    other = confirmed(uuid7())

    async with (
        listening.router.lifespan_context(listening),
        client(listening, token_for(keys_dir, "staff", roles=["admin"])) as admin,
    ):
        await send(kafka_bootstrap, [gift, good, other])
        await until(lambda: other.event_id in consumed)

        async def dead_of_the_key() -> list[dict[str, str]]:  # another lane than the other's
            answer = await admin.get("/v1/dead-letters", params={"key": good.key})
            items: list[dict[str, str]] = answer.json()["items"]
            return items

        [dead] = await eventually(dead_of_the_key, lambda letters: len(letters) == 1)
        before = list(consumed)
        newer()  # and now it does
        done = await admin.post("/v1/dead-letters/redrive", json={"key": good.key})
        await until(lambda: good.event_id in consumed)
    left = await parked_events(db.transaction)

    assert good.event_id not in before
    assert (dead["event_id"], dead["state"]) == (str(gift.event_id), "DEAD")
    assert done.json()["event_ids"] == [str(gift.event_id)]
    assert [i for i in consumed if i in (gift.event_id, good.event_id)] == [
        gift.event_id,
        good.event_id,
    ]
    assert left == []


def newer() -> type[Event]:
    """Deploy a version of the event that knows one more reason."""

    class HoldConfirmed(Event):
        """A hold is sure."""

        hold_id: UUID
        number_id: UUID
        because: str

    return HoldConfirmed
