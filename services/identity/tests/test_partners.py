"""Sales channels, and the tokens with which they call (SA.1, SA.2, SB.4)."""

import base64
import json

from services.identity.tests.people import World, admin, opened, partner_token, problem

from events import PartnerChanged
from kit.testing import client, facts

CHANNEL = {
    "client_id": "fanpage",
    "channel_code": "FANPAGE",
    "name": "Fanpage",
    "kind": "COMMON",
    "collects_fee": True,
}


async def test_a_channel_calls_with_the_secret_it_was_shown_once(world: World) -> None:
    """SB.4."""
    made = (await world.post("/v1/partners", admin(world), **CHANNEL)).json()

    status, body = await partner_token(world, "fanpage", made["client_secret"])

    assert status == 200
    assert body["token_type"] == "Bearer"
    claims = opened(world, body)
    assert (claims["kind"], claims["channel_code"]) == ("partner", "FANPAGE")
    assert claims["sub"] == made["id"]
    listed = (await world.call("GET", "/v1/partners", admin(world))).json()["items"]
    assert "client_secret" not in listed[0]


async def test_a_client_may_show_its_secret_in_the_header(world: World) -> None:
    """RFC 6749, 2.3.1."""
    made = (await world.post("/v1/partners", admin(world), **CHANNEL)).json()
    basic = base64.b64encode(f"fanpage:{made['client_secret']}".encode()).decode()

    async with client(world.app) as http:
        answer = await http.post(
            "/v1/oauth/token",
            data={"grant_type": "client_credentials"},
            headers={"Authorization": f"Basic {basic}"},
        )

    assert answer.status_code == 200


async def test_wrong_clients_get_the_errors_of_the_standard(world: World) -> None:
    """RFC 6749, 5.2."""
    await world.post("/v1/partners", admin(world), **CHANNEL)

    wrong = await partner_token(world, "fanpage", "wrong")
    unknown = await partner_token(world, "nobody", "wrong")
    other_grant = await partner_token(world, "fanpage", "wrong", grant_type="password")

    assert wrong == unknown == (401, {"error": "invalid_client"})
    async with client(world.app) as http:
        answer = await http.post("/v1/oauth/token", data={"grant_type": "client_credentials"})
    assert answer.headers["www-authenticate"].startswith("Basic ")
    assert other_grant == (400, {"error": "unsupported_grant_type"})


async def test_terms_are_stated_when_they_change_and_only_then(world: World) -> None:
    """SA.1, SA.2, P2.3, SD.3."""
    made = (await world.post("/v1/partners", admin(world), **CHANNEL)).json()
    path = f"/v1/partners/{made['id']}"

    await world.call("PATCH", path, admin(world), delivers=True, region="KV2")
    await world.call("PATCH", path, admin(world), delivers=True, name="Fanpage MobiFone")
    await world.call("PATCH", path, admin(world), active=False)

    changes = [f for f in await facts(world.db) if isinstance(f, PartnerChanged)]
    assert [(c.delivers, c.region, c.active) for c in changes] == [
        (False, None, True),
        (True, "KV2", True),
        (True, "KV2", False),
    ]
    assert (await partner_token(world, "fanpage", made["client_secret"]))[0] == 401


async def test_a_new_secret_voids_the_old_one(world: World) -> None:
    made = (await world.post("/v1/partners", admin(world), **CHANNEL)).json()

    changed = await world.call("PATCH", f"/v1/partners/{made['id']}", admin(world), new_secret=True)

    assert (await partner_token(world, "fanpage", made["client_secret"]))[0] == 401
    assert (await partner_token(world, "fanpage", changed.json()["client_secret"]))[0] == 200


async def test_a_client_no_database_can_look_for_is_just_no_client(world: World) -> None:
    """RFC 6749, 5.2."""
    assert (await partner_token(world, "a\0b", "secret"))[0] == 401


async def test_two_channels_cannot_share_a_code(world: World) -> None:
    await world.post("/v1/partners", admin(world), **CHANNEL)

    answer = await world.post(
        "/v1/partners", admin(world), **CHANNEL | {"client_id": "another-client"}
    )

    assert problem(answer) == (409, "channel-taken")


async def test_the_public_keys_are_public_and_nothing_else_is(world: World) -> None:
    keys = (await world.call("GET", "/v1/jwks")).json()["keys"]

    assert [key["kty"] for key in keys] == ["EC"]
    assert '"d"' not in json.dumps(keys)
