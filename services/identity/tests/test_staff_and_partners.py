"""Members of staff, sales channels, and the seed of a local system (SA.1, SA.2, SB.4)."""

import base64
import json
from typing import Any

import pytest
from services.identity.tests.people import World, problem

from events import PartnerChanged, StaffChanged
from events.ids import uuid7
from identity.seed import STAFF, seed
from kit import clock
from kit.testing import client, facts, published, token_for
from kit.tokens import Verifier

AGENT = {
    "username": "agent7",
    "password": "agent-password",
    "roles": ["call_agent"],
    "regions": ["KV2"],
}
CHANNEL = {
    "client_id": "fanpage",
    "channel_code": "FANPAGE",
    "name": "Fanpage",
    "kind": "COMMON",
    "collects_fee": True,
}


async def test_an_admin_takes_on_staff_who_can_log_in(world: World) -> None:
    hired = await world.post("/v1/staff", admin(world), **AGENT)
    again = await world.post("/v1/staff", admin(world), **AGENT)

    assert (hired.status_code, again.json()) == (201, hired.json())
    claims = opened(world, await staff_login(world))
    assert (claims["roles"], claims["regions"]) == (["call_agent"], ["KV2"])
    assert (claims["kind"], claims["sub"]) == ("staff", hired.json()["id"])
    assert await published(world.db) == ["StaffChanged"]


async def test_another_person_cannot_have_the_same_user_name(world: World) -> None:
    await world.post("/v1/staff", admin(world), **AGENT)

    answer = await world.post("/v1/staff", admin(world), **AGENT | {"roles": ["admin"]})

    assert problem(answer) == (409, "username-taken")
    assert await published(world.db) == ["StaffChanged"]


async def test_a_change_of_duties_is_stated_and_is_in_the_next_token(world: World) -> None:
    staff_id = (await world.post("/v1/staff", admin(world), **AGENT)).json()["id"]
    pair = await staff_login(world)

    await world.call("PATCH", f"/v1/staff/{staff_id}", admin(world), regions=["KV2", "KV3"])
    await world.call("PATCH", f"/v1/staff/{staff_id}", admin(world), regions=["KV3", "KV2"])
    refreshed = await world.post("/v1/sessions/refresh", refresh_token=pair["refresh_token"])

    assert sorted(opened(world, refreshed.json())["regions"]) == ["KV2", "KV3"]
    changes = [f for f in await facts(world.db) if isinstance(f, StaffChanged)]
    assert [sorted(c.regions) for c in changes] == [["KV2"], ["KV2", "KV3"]]


async def test_whoever_leaves_is_signed_out(world: World) -> None:
    staff_id = (await world.post("/v1/staff", admin(world), **AGENT)).json()["id"]
    pair = await staff_login(world)

    await world.call("PATCH", f"/v1/staff/{staff_id}", admin(world), active=False)

    refreshed = await world.post("/v1/sessions/refresh", refresh_token=pair["refresh_token"])
    login = await world.post("/v1/staff-sessions", username="agent7", password="agent-password")
    assert problem(refreshed) == (401, "session-over")
    assert problem(login) == (401, "login-refused")


async def test_a_password_set_by_an_admin_ends_older_sessions(world: World) -> None:
    staff_id = (await world.post("/v1/staff", admin(world), **AGENT)).json()["id"]
    pair = await staff_login(world)

    await world.call("PATCH", f"/v1/staff/{staff_id}", admin(world), password="another-password")

    refreshed = await world.post("/v1/sessions/refresh", refresh_token=pair["refresh_token"])
    assert problem(refreshed) == (401, "session-over")
    assert await published(world.db) == ["StaffChanged", "PasswordChanged"]


@pytest.mark.parametrize("path", ["/v1/staff", "/v1/partners"])
@pytest.mark.parametrize(("kind", "roles"), [("customer", []), ("staff", ["call_agent", "sre"])])
async def test_only_admins_administer(world: World, path: str, kind: str, roles: list[str]) -> None:
    token = token_for(world.app.state.settings.keys_dir, kind, roles=roles)

    assert problem(await world.call("GET", path, token)) == (403, "wrong-role")
    assert problem(await world.call("GET", path)) == (401, "not-signed-in")


@pytest.mark.parametrize(
    "wrong",
    [
        {"roles": ["king"]},
        {"roles": []},
        {"regions": ["KV10"]},
        {"username": "Agent 7"},
        {"password": "short"},
        {"roles": ["store_staff"]},  # in which shop?
    ],
)
async def test_impossible_staff_are_refused(world: World, wrong: dict[str, Any]) -> None:
    answer = await world.post("/v1/staff", admin(world), **AGENT | wrong)

    assert answer.status_code == 422
    assert await published(world.db) == []


async def test_staff_and_channels_who_do_not_exist_are_not_found(world: World) -> None:
    staff = await world.call("PATCH", f"/v1/staff/{uuid7()}", admin(world), active=False)
    partner = await world.call("PATCH", f"/v1/partners/{uuid7()}", admin(world), active=False)

    assert problem(staff) == (404, "no-such-staff")
    assert problem(partner) == (404, "no-such-partner")


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


async def test_two_channels_cannot_share_a_code(world: World) -> None:
    await world.post("/v1/partners", admin(world), **CHANNEL)

    answer = await world.post(
        "/v1/partners", admin(world), **CHANNEL | {"client_id": "another-client"}
    )

    assert problem(answer) == (409, "channel-taken")


async def test_long_lists_come_a_page_at_a_time(world: World) -> None:
    await seed(world.db, now=clock.now())

    seen: list[str] = []
    after = ""
    while True:
        page = (await world.call("GET", f"/v1/staff?limit=4{after}", admin(world))).json()
        seen += [one["username"] for one in page["items"]]
        if page["next"] is None:
            break
        after = f"&after={page['next']}"

    assert sorted(seen) == sorted(person.username for person in STAFF)


async def test_seeding_again_changes_and_states_nothing(world: World) -> None:
    await seed(world.db, now=clock.now())
    first = await facts(world.db)

    await seed(world.db, now=clock.now())

    assert len(first) == len(STAFF) + 1
    assert await facts(world.db) == first
    login = await world.post("/v1/staff-sessions", username="store1", password="chonso-demo")
    assert opened(world, login.json())["shop_code"] == "2HCM0001"
    token = await partner_token(world, "demo-channel", "demo-channel-secret")
    assert opened(world, token[1])["channel_code"] == "KV2WEB"


async def test_seeding_mends_what_was_changed(world: World) -> None:
    await seed(world.db, now=clock.now())
    page = (await world.call("GET", "/v1/staff?limit=100", admin(world))).json()
    agent = next(one["id"] for one in page["items"] if one["username"] == "agent1")
    await world.call("PATCH", f"/v1/staff/{agent}", admin(world), active=False, password="other-pw")

    await seed(world.db, now=clock.now())

    login = await world.post("/v1/staff-sessions", username="agent1", password="chonso-demo")
    assert login.status_code == 201
    assert (await published(world.db))[-1] == "StaffChanged"


async def test_the_public_keys_are_public_and_nothing_else_is(world: World) -> None:
    keys = (await world.call("GET", "/v1/jwks")).json()["keys"]

    assert [key["kty"] for key in keys] == ["EC"]
    assert '"d"' not in json.dumps(keys)


def admin(world: World) -> str:
    return token_for(world.app.state.settings.keys_dir, "staff", roles=["admin"])


async def staff_login(world: World) -> dict[str, Any]:
    answer = await world.post("/v1/staff-sessions", username="agent7", password="agent-password")
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


async def partner_token(
    world: World, client_id: str, secret: str, *, grant_type: str = "client_credentials"
) -> tuple[int, dict[str, Any]]:
    form = {"grant_type": grant_type, "client_id": client_id, "client_secret": secret}
    async with client(world.app) as http:
        answer = await http.post("/v1/oauth/token", data=form)
    return answer.status_code, answer.json()


def opened(world: World, pair: dict[str, Any]) -> dict[str, Any]:
    verifier = Verifier(world.app.state.settings.keys_dir, "identity", "chonso")
    return verifier.open(pair["access_token"])
