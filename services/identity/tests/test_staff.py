"""Members of staff: taking on, changing, leaving, and who may do that (SA.1, SA.2)."""

from typing import Any

import pytest
from services.identity.tests.people import World, admin, opened, problem

from events import StaffChanged
from events.ids import uuid7
from kit.testing import facts, published, token_for

AGENT = {
    "username": "agent7",
    "password": "agent-password",
    "roles": ["call_agent"],
    "regions": ["KV2"],
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
    assert await published(world.db) == ["StaffChanged", "PasswordChanged", "SessionEnded"]


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


async def test_the_staff_are_searched_by_name_role_region_and_whether_they_are_still_there(
    world: World,
) -> None:
    people = (
        AGENT,
        AGENT | {"username": "agent8", "regions": ["KV3"]},
        AGENT | {"username": "sre_1", "roles": ["sre", "auditor"], "regions": []},
    )
    ids = [(await world.post("/v1/staff", admin(world), **body)).json()["id"] for body in people]
    await world.call("PATCH", f"/v1/staff/{ids[1]}", admin(world), active=False)

    async def search(query: str) -> tuple[list[str], int]:
        page = (await world.call("GET", f"/v1/staff?{query}", admin(world))).json()
        return [member["username"] for member in page["items"]], page["total"]

    assert await search("") == (["agent7", "agent8", "sre_1"], 3)
    assert await search("limit=1") == (["agent7"], 3)
    assert await search("q=AGENT") == (["agent7", "agent8"], 2)
    assert await search("q=_") == (["sre_1"], 1), "a sign of LIKE is a letter"
    assert await search("role=auditor") == (["sre_1"], 1)
    assert await search("region=KV3") == (["agent8"], 1)
    assert await search("q=agent&active=true") == (["agent7"], 1)
    assert await search(f"active=false&after={ids[0]}") == (["agent8"], 1)


async def test_colleagues_are_named_to_staff_and_to_nobody_else(world: World) -> None:
    staff_id = (await world.post("/v1/staff", admin(world), **AGENT)).json()["id"]
    await world.call("PATCH", f"/v1/staff/{staff_id}", admin(world), active=False)
    keys, path = world.app.state.settings.keys_dir, f"/v1/staff/names?id={staff_id}&id={uuid7()}"

    named = await world.call("GET", path, token_for(keys, "staff", roles=["call_agent"]))
    customer = await world.call("GET", path, token_for(keys))

    assert named.json() == {"items": [{"staff_id": staff_id, "username": "agent7"}]}
    assert problem(customer) == (403, "wrong-role")


async def staff_login(world: World) -> dict[str, Any]:
    answer = await world.post("/v1/staff-sessions", username="agent7", password="agent-password")
    assert answer.status_code == 201, answer.text
    return dict(answer.json())
