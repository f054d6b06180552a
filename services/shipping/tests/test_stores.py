"""The stores where a SIM can be picked up (F3.7, F3.8 TH2, F3.9)."""

from pathlib import Path

from fastapi import FastAPI
from services.shipping.tests.world import Journeys

from kit.testing import client
from kit.tokens import Verifier


async def test_store_pick_up_takes_ward_and_region_from_the_store(
    new_journey: Journeys, keys_dir: Path
) -> None:
    """F3.8 TH2, F3.9."""
    journey = new_journey()
    await journey.hear(journey.created())

    answer = await journey.choose({"delivery": "STORE", "store_code": "9CTH0001"})

    claims = Verifier(keys_dir, "shipping", "delivery").open(answer.json()["delivery_choice"])
    assert (claims["store_code"], claims["region"]) == ("9CTH0001", "KV9")


async def test_a_store_that_is_not_in_the_list_is_refused(new_journey: Journeys) -> None:
    journey = new_journey()
    await journey.hear(journey.created())

    answer = await journey.choose({"delivery": "STORE", "store_code": "9XXX9999"})

    assert answer.json()["type"] == "/problems/unknown-store"


async def test_anybody_may_look_for_stores_by_region_and_province(app: FastAPI) -> None:
    """F3.7, F3.9."""
    async with client(app) as anybody:
        everything = (await anybody.get("/v1/stores")).json()
        south = (await anybody.get("/v1/stores?region=KV2")).json()
        city = (await anybody.get("/v1/stores?province=79")).json()
        wrong = await anybody.get("/v1/stores?region=KV10")

    assert len(everything["items"]) == 31
    assert everything["next"] is None
    assert {store["region"] for store in south["items"]} == {"KV2"}
    assert {store["region"] for store in city["items"]} == {"KV2", "KV8"}
    assert south["items"][0] == {
        "store_code": "2HCM0001",
        "name": "Cửa hàng Sài Gòn",
        "address": "80 Nguyễn Du, Phường Sài Gòn, Thành phố Hồ Chí Minh",
        "ward_code": "26740",
        "ward": "Phường Sài Gòn",
        "province_code": "79",
        "province": "Thành phố Hồ Chí Minh",
        "region": "KV2",
        "opens": "08:00",
        "closes": "19:00",
    }
    assert wrong.status_code == 422
