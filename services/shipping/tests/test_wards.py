"""An address is chosen from provinces and their wards (F3.8 TH1)."""

from fastapi import FastAPI

from kit.testing import client
from values.wards import wards


async def test_anybody_finds_every_ward_below_its_province(app: FastAPI) -> None:
    async with client(app) as anybody:
        provinces = (await anybody.get("/v1/provinces")).json()["items"]
        listed = {
            ward["ward_code"]: (province["province_code"], ward["name"], ward["region"])
            for province in provinces
            for ward in (
                await anybody.get(f"/v1/provinces/{province['province_code']}/wards")
            ).json()["items"]
        }

    assert len(provinces) == 34
    assert provinces[0] == {
        "province_code": "01",
        "name": "Thành phố Hà Nội",
        "regions": ["KV1"],
    }
    saigon = next(province for province in provinces if province["province_code"] == "79")
    assert saigon["regions"] == ["KV2", "KV8"]
    assert listed == {
        ward.code: (ward.province_code, ward.name, ward.region) for ward in wards().values()
    }


async def test_a_browser_keeps_the_lists_for_a_day_and_then_asks_whether_they_changed(
    app: FastAPI,
) -> None:
    async with client(app) as anybody:
        for path in ("/v1/provinces", "/v1/provinces/79/wards"):
            first = await anybody.get(path)
            tag = first.headers["etag"]
            same = await anybody.get(path, headers={"If-None-Match": f'W/"old", {tag}'})
            changed = await anybody.get(path, headers={"If-None-Match": '"old"'})

            assert first.headers["cache-control"] == "public, max-age=86400"
            assert (same.status_code, same.content, same.headers["etag"]) == (304, b"", tag)
            assert changed.json() == first.json()


async def test_a_ward_that_was_chosen_before_is_named_with_its_province(app: FastAPI) -> None:
    async with client(app) as anybody:
        saigon = await anybody.get("/v1/wards/26740")
        unknown = await anybody.get("/v1/wards/99999")
        wrong = await anybody.get("/v1/wards/saigon")

    assert saigon.json() == {
        "ward_code": "26740",
        "name": wards()["26740"].name,
        "region": "KV2",
        "province_code": "79",
        "province": "Thành phố Hồ Chí Minh",
    }
    assert (unknown.status_code, unknown.json()["type"]) == (404, "/problems/no-such-ward")
    assert wrong.status_code == 422


async def test_a_province_that_is_not_there_is_not_found(app: FastAPI) -> None:
    async with client(app) as anybody:
        unknown = await anybody.get("/v1/provinces/99/wards")
        wrong = await anybody.get("/v1/provinces/hanoi/wards")

    assert (unknown.status_code, unknown.json()["type"]) == (404, "/problems/no-such-province")
    assert wrong.status_code == 422
