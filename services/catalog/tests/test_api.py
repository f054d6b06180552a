"""The catalog as callers see it, through real routes and a real database."""

import re
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import text

from catalog.seed import national_numbers
from events.ids import uuid7
from kit.db import Database
from kit.tokens import Verifier

SMALL = 3000
PROBLEM = "application/problem+json"


async def search(client: httpx.AsyncClient, **asked: Any) -> list[dict[str, Any]]:
    response = await client.get("/v1/numbers", params={"limit": 100, **asked})
    assert response.status_code == 200, response.text
    items: list[dict[str, Any]] = response.json()["items"]
    return items


def national(item: dict[str, Any]) -> str:
    return "0" + str(item["msisdn"])[2:]


@pytest.mark.parametrize(
    ("mask", "shape"),
    [
        ("*1990", r"\d*1990"),
        ("093*", r"093\d*"),
        ("09*68", r"09\d*68"),
        ("868", r"\d*868\d*"),
        ("*6?8?", r"\d*6\d8\d"),
        ("????????68", r"\d{8}68"),
        ("*68", r"\d*68"),
        ("*8?68", r"\d*8\d68"),
    ],
)
async def test_a_search_finds_every_number_of_a_mask_and_no_other(
    client: httpx.AsyncClient, mask: str, shape: str
) -> None:
    expected = [n for n in national_numbers(SMALL) if re.fullmatch(shape, n)]

    items = await search(client, mask=mask, sort="number")

    assert [national(item) for item in items] == sorted(expected)[:100]
    assert items


async def test_filters_narrow_a_search(client: httpx.AsyncClient) -> None:
    items = await search(
        client,
        price_class=["TAM_HOA", "LAP"],
        prefix="09",
        min_price=1_000_000,
        max_price=3_000_000,
    )

    assert items
    for item in items:
        assert item["price_class"] in ("TAM_HOA", "LAP")
        assert national(item).startswith("09")
        assert 1_000_000 <= item["price_vnd"] <= 3_000_000


@pytest.mark.parametrize("sort", ["price", "price_desc", "number"])
async def test_pages_of_several_classes_are_one_list(
    client: httpx.AsyncClient, sort: str, db: Database
) -> None:
    classes = ["LAP", "TAM_HOA", "TU_QUY"]
    asked: dict[str, Any] = {"price_class": [*classes, "LAP"], "sort": sort, "limit": 23}
    seen, after = list[tuple[int, str]](), None
    while True:
        page = (
            await client.get("/v1/numbers", params=asked | ({"after": after} if after else {}))
        ).json()
        seen += [(item["price_vnd"], national(item)) for item in page["items"]]
        if (after := page["next"]) is None:
            break

    async with db.transaction() as tx:
        of_classes = "select price_vnd, national from number where price_class = any(:classes)"
        rows = await tx.execute(text(of_classes), {"classes": classes})
        stock = [(row.price_vnd, row.national) for row in rows]
    key = (lambda pair: pair[1]) if sort == "number" else None
    assert seen == sorted(stock, key=key, reverse=sort == "price_desc")
    assert len(seen) > 46


@pytest.mark.parametrize("sort", ["price", "price_desc", "number"])
async def test_pages_follow_each_other_without_a_gap_or_a_repeat(
    client: httpx.AsyncClient, sort: str
) -> None:
    asked: dict[str, Any] = {"mask": "*68", "sort": sort, "limit": 17}
    seen, after = list[dict[str, Any]](), None
    while True:
        page = await client.get("/v1/numbers", params=asked | ({"after": after} if after else {}))
        seen += page.json()["items"]
        after = page.json()["next"]
        if after is None:
            break

    numbers = [national(item) for item in seen]
    assert sorted(numbers) == sorted(n for n in national_numbers(SMALL) if n.endswith("68"))
    prices = [item["price_vnd"] for item in seen]
    if sort == "number":
        assert numbers == sorted(numbers)
    else:
        assert prices == sorted(prices, reverse=sort == "price_desc")


async def test_an_offer_says_what_is_shown_in_the_name_of_the_catalog(
    client: httpx.AsyncClient, keys_dir: Path
) -> None:
    [item, *_] = await search(client, mask="*68")

    claims = Verifier(keys_dir, "catalog", "offer").open(item["offer"])

    for name in ("number_id", "msisdn", "price_class", "price_vnd", "sim_fee_vnd", "stock_region"):
        assert claims[name] == item[name]
    assert claims["promotions"] == {"ESIM": "KMTN4G"}
    assert claims["exp"] - claims["iat"] == 15 * 60


async def test_no_promotion_is_offered_when_none_runs(
    client: httpx.AsyncClient, db: Database
) -> None:
    async with db.transaction() as tx:
        await tx.execute(text("update promotion set valid_to = now()"))

    [item, *_] = await search(client, mask="*68")

    assert item["promotions"] == {}
    assert (await client.get("/v1/promotions")).json()["items"] == []


async def test_packages_promotions_and_classes_are_there_to_read(
    client: httpx.AsyncClient,
) -> None:
    """The eSIM promotion gives 15 GB in 10 days, 1.5 GB a day (SB.6, SB.7)."""
    [package] = (await client.get("/v1/packages")).json()["items"]
    [promotion] = (await client.get("/v1/promotions")).json()["items"]
    classes = (await client.get("/v1/number-classes")).json()["items"]

    assert (package["data_mb"], package["data_mb_per_day"], package["days"]) == (15360, 1536, 10)
    assert (promotion["code"], promotion["package_code"]) == ("KMTN4G", "TN4G")
    assert (classes[0]["name_vi"], classes[-1]["name_vi"]) == ("Lục quý", "Số thường")


@pytest.mark.parametrize(
    "asked",
    [
        {"mask": "1"},
        {"mask": "abc"},
        {"mask": "1" * 41},
        {"prefix": "93"},
        {"limit": 0},
        {"limit": 101},
        {"min_price": -1},
        {"max_price": 10**30},
        {"price_class": "a\0b"},
        {"sort": "beauty"},
        {"region": "KV10"},
        {"after": "x"},
        {"after": str(uuid7())},
        {"price_class": "BEAUTIFUL"},
        {"colour": "red"},
        {"prefix": "０９"},
    ],
)
async def test_a_search_that_makes_no_sense_is_a_problem(
    client: httpx.AsyncClient, asked: dict[str, str]
) -> None:
    response = await client.get("/v1/numbers", params=asked)

    assert (response.status_code, response.headers["content-type"]) == (422, PROBLEM)


async def test_a_number_that_is_not_in_the_stock_is_not_found(client: httpx.AsyncClient) -> None:
    missing = next(
        n for n in (f"0931{i:06d}" for i in range(10**6)) if n not in set(national_numbers(SMALL))
    )
    assert (await client.get(f"/v1/numbers/{missing}")).status_code == 404
    assert (await client.get("/v1/numbers/0961234567")).status_code == 422
