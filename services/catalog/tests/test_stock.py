"""The stock: who may know what of a number, and what an administrator does to it."""

from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI
from services.catalog.tests.test_api import national, search
from sqlalchemy import text

from catalog.numbers.domain import Status, id_of, msisdn_of
from catalog.seed import national_numbers
from events.ids import uuid7
from kit.db import Database
from kit.testing import client as client_of
from kit.testing import published, token_for


@pytest.mark.parametrize("status", [status for status in Status if status is not Status.AVAILABLE])
async def test_who_has_a_number_and_since_when_is_told_to_staff_alone(
    app: FastAPI, client: httpx.AsyncClient, db: Database, keys_dir: Path, status: Status
) -> None:
    """A subscriber's number looks like one that was withdrawn, or that rests (LAW19)."""
    [item, *_] = await search(client, mask="*68")
    url = f"/v1/numbers/{national(item)}"
    async with db.transaction() as tx:
        set_status = text("update number set status = :status where id = :id")
        await tx.execute(set_status, {"status": status, "id": id_of(item["msisdn"])})

    assert item["msisdn"] not in [number["msisdn"] for number in await search(client, mask="*68")]
    strangers = [client_of(app), client_of(app, token_for(keys_dir)), client_of(app, "stale")]
    strangers.append(client_of(app, token_for(keys_dir, "partner")))
    for stranger in strangers:
        async with stranger as caller:
            shown = (await caller.get(url)).json()
        told = (shown["status"], shown["status_since"], shown["offer"])
        assert told == ("TAKEN", None, None)
    async with client_of(app, token_for(keys_dir, "staff", roles=["osp_staff"])) as staff:
        shown = (await staff.get(url)).json()
    assert (shown["status"], shown["offer"]) == (status, None)
    assert shown["status_since"]


async def test_a_row_that_cannot_be_shown_ends_no_list(
    client: httpx.AsyncClient, db: Database
) -> None:
    """A class of other rules than ours, for instance."""
    [first, poisoned, *rest] = await search(client, mask="*68", limit=5)
    async with db.transaction() as tx:
        spoil = text("update number set price_class = 'NO_CLASS' where id = :id")
        await tx.execute(spoil, {"id": id_of(poisoned["msisdn"])})

    page = (await client.get("/v1/numbers", params={"mask": "*68", "limit": 2})).json()
    following = {"mask": "*68", "limit": 3, "after": page["next"]}
    more = (await client.get("/v1/numbers", params=following)).json()

    assert [number["msisdn"] for number in page["items"]] == [first["msisdn"]]
    assert page["next"] == poisoned["number_id"]
    assert [number["msisdn"] for number in more["items"]] == [number["msisdn"] for number in rest]


async def test_an_administrator_withdraws_a_number_and_publishes_it_again(
    app: FastAPI, client: httpx.AsyncClient, db: Database, keys_dir: Path
) -> None:
    [item, *_] = await search(client, mask="*68")
    number = f"/v1/numbers/{item['number_id']}"
    async with client_of(app, token_for(keys_dir, "staff", roles=["admin"])) as admin:
        gone = await admin.post(f"{number}/withdraw", json={"reason_code": "RETIRED"})
        again = await admin.post(f"{number}/withdraw", json={"reason_code": "RETIRED"})

        assert (gone.json()["status"], again.status_code) == ("WITHDRAWN", 200)
        assert item["msisdn"] not in [
            number["msisdn"] for number in await search(client, mask="*68")
        ]

        back = await admin.post(f"{number}/publish", json={"price_vnd": 123_000})

    assert (back.json()["status"], back.json()["price_vnd"]) == ("AVAILABLE", 123_000)
    assert await published(db) == ["NumberWithdrawn", "NumberPublished"]


@pytest.mark.parametrize("act", ["withdraw", "publish"])
async def test_only_an_administrator_changes_the_stock(
    app: FastAPI, client: httpx.AsyncClient, keys_dir: Path, act: str
) -> None:
    url = f"/v1/numbers/{id_of(msisdn_of(national_numbers(1)[0]))}/{act}"
    body = {"reason_code": "RETIRED"}
    clerk = token_for(keys_dir, "staff", roles=["osp_staff"])
    async with client_of(app, clerk) as osp, client_of(app, token_for(keys_dir)) as customer:
        assert (await osp.post(url, json=body)).status_code == 403
        assert (await customer.post(url, json=body)).status_code == 403
    assert (await client.post(url, json=body)).status_code == 401


async def test_withdrawing_what_does_not_exist_is_not_found(app: FastAPI, keys_dir: Path) -> None:
    async with client_of(app, token_for(keys_dir, "staff", roles=["admin"])) as admin:
        url = f"/v1/numbers/{uuid7()}/withdraw"
        assert (await admin.post(url, json={"reason_code": "RETIRED"})).status_code == 404
        assert (await admin.post(url, json={"reason_code": "no code"})).status_code == 422
