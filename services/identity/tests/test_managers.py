"""Managers of partners: the channels of their regions, their terms and secrets (SA.1, SB.4)."""

from typing import Any

from services.identity.tests.people import World, admin, manager, partner_token, problem

from kit.testing import published

CHANNEL = {"client_id": "fanpage", "channel_code": "FANPAGE", "name": "Fanpage", "kind": "COMMON"}


async def listed(world: World, token: str, query: str = "") -> list[str]:
    answer = await world.call("GET", f"/v1/partners{query}", token)
    assert answer.status_code == 200, answer.text
    return [channel["channel_code"] for channel in answer.json()["items"]]


async def registered(world: World, code: str, **more: Any) -> dict[str, Any]:
    body = CHANNEL | {"client_id": code.lower(), "channel_code": code, "name": f"Kênh {code}"}
    answer = await world.post("/v1/partners", admin(world), **body | more)
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


async def test_a_manager_sees_the_channels_of_their_regions_and_head_office_all(
    world: World,
) -> None:
    for code, region in (("SHOP2", "KV2"), ("SHOP3", "KV3"), ("WHOLE", None)):
        await registered(world, code, region=region)

    assert await listed(world, manager(world, "KV2")) == ["SHOP2"]
    assert await listed(world, manager(world)) == ["SHOP2", "SHOP3", "WHOLE"]
    assert await listed(world, manager(world), "?q=kênh shop") == ["SHOP2", "SHOP3"]
    assert await listed(world, manager(world, "KV2"), "?q=shop3") == []
    assert await listed(world, manager(world), "?q=%25") == []


async def test_another_regions_channel_looks_like_none(world: World) -> None:
    """Also one of the corporation: a region's manager has no say in it."""
    for code, region in (("SHOP3", "KV3"), ("WHOLE", None)):
        path = f"/v1/partners/{(await registered(world, code, region=region))['id']}"
        token = manager(world, "KV2")

        answers = [
            await world.call("GET", path, token),
            await world.call("PATCH", path, token, name="Ours now"),
            await world.call("PATCH", path, token, new_secret=True),
        ]

        assert [problem(answer) for answer in answers] == [(404, "no-such-partner")] * 3
        assert (await world.call("GET", path, manager(world))).json()["name"] == f"Kênh {code}"


async def test_a_manager_neither_registers_nor_moves_a_channel_outside_their_regions(
    world: World,
) -> None:
    token = manager(world, "KV2")
    registered_by_them = await world.post("/v1/partners", token, **CHANNEL, region="KV2")
    before = await published(world.db)

    refused = [
        await world.post("/v1/partners", token, **CHANNEL | {"client_id": "shop-b"}, region="KV3"),
        await world.post("/v1/partners", token, **CHANNEL | {"client_id": "shop-c"}),
        await world.call(
            "PATCH", f"/v1/partners/{registered_by_them.json()['id']}", token, region="KV3"
        ),
    ]

    assert registered_by_them.status_code == 201
    assert [problem(answer) for answer in refused] == [(403, "wrong-role")] * 3
    assert await published(world.db) == before


async def test_a_manager_gives_a_new_secret_and_the_old_one_stops(world: World) -> None:
    made = (await world.post("/v1/partners", manager(world), **CHANNEL)).json()
    world.after(60)

    changed = await world.call(
        "PATCH", f"/v1/partners/{made['id']}", manager(world), new_secret=True
    )

    assert changed.json()["secret_changed_at"] > made["secret_changed_at"]
    assert (await partner_token(world, "fanpage", made["client_secret"]))[0] == 401
    assert (await partner_token(world, "fanpage", changed.json()["client_secret"]))[0] == 200
    shown = (await world.call("GET", f"/v1/partners/{made['id']}", manager(world))).json()
    assert shown == {k: v for k, v in changed.json().items() if k != "client_secret"}


async def test_a_manager_of_partners_administers_no_staff(world: World) -> None:
    assert problem(await world.call("GET", "/v1/staff", manager(world))) == (403, "wrong-role")
