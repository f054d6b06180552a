"""The whole stock, as staff look through it."""

from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from services.catalog.tests.conftest import SMALL
from services.catalog.tests.test_api import search

from kit.testing import client as client_of
from kit.testing import token_for

PATH = "/v1/staff/numbers"


async def as_staff(
    app: FastAPI, keys_dir: Path, role: str, path: str, **params: Any
) -> httpx.Response:
    async with client_of(app, token_for(keys_dir, "staff", roles=[role])) as staff:
        return await staff.get(path, params=params)


async def test_staff_find_numbers_whatever_their_status_and_are_told_how_many(
    app: FastAPI, client: httpx.AsyncClient, keys_dir: Path
) -> None:
    [item, *_] = await search(client, mask="*68")
    async with client_of(app, token_for(keys_dir, "staff", roles=["admin"])) as admin:
        gone = f"/v1/numbers/{item['number_id']}/withdraw"
        await admin.post(gone, json={"reason_code": "RETIRED"})

    whole = (await as_staff(app, keys_dir, "auditor", PATH, limit=2)).json()
    more = (await as_staff(app, keys_dir, "auditor", PATH, limit=2, after=whole["next"])).json()
    withdrawn = (await as_staff(app, keys_dir, "admin", PATH, status="WITHDRAWN")).json()
    masked = (await as_staff(app, keys_dir, "admin", PATH, mask=item["display"])).json()
    counts = (await as_staff(app, keys_dir, "sre", f"{PATH}/counts")).json()["counts"]

    digits = [number["msisdn"] for number in whole["items"] + more["items"]]
    assert (digits, len(digits)) == (sorted(set(digits)), 4)
    assert whole["total"] == SMALL
    assert (withdrawn["total"], withdrawn["items"][0]["msisdn"]) == (1, item["msisdn"])
    assert withdrawn["items"][0]["withdrawn_at"]
    assert [number["msisdn"] for number in masked["items"]] == [item["msisdn"]]
    assert (counts["WITHDRAWN"], sum(counts.values()), counts["HELD"]) == (1, SMALL, 0)


async def test_filters_narrow_the_stock_together(app: FastAPI, keys_dir: Path) -> None:
    params = {"region": "KV2", "price_class": "THUONG", "status": "AVAILABLE"}

    page = (await as_staff(app, keys_dir, "region_manager", PATH, limit=100, **params)).json()

    assert page["items"]
    assert {(n["stock_region"], n["price_class"], n["status"]) for n in page["items"]} == {
        ("KV2", "THUONG", "AVAILABLE")
    }


async def test_staff_see_promotions_that_do_not_run(app: FastAPI, keys_dir: Path) -> None:
    answer = await as_staff(app, keys_dir, "admin", "/v1/staff/promotions")

    assert [promotion["code"] for promotion in answer.json()["items"]] == ["KMTN4G"]


@pytest.mark.parametrize("path", [PATH, f"{PATH}/counts", "/v1/staff/promotions"])
async def test_the_stock_is_for_those_who_watch_over_it(
    app: FastAPI, keys_dir: Path, path: str
) -> None:
    assert (await as_staff(app, keys_dir, "osp_staff", path)).status_code == 403
