"""Access tokens that end before their time, and the events that tell it (F1.18, F2.11)."""

import asyncio
from typing import Any
from uuid import UUID

from services.identity.tests.people import PASSWORD, World, admin, opened, partner_token, problem
from services.identity.tests.test_partners import CHANNEL
from services.identity.tests.test_staff import AGENT, staff_login

from events import Event, SessionEnded
from identity.consumers import subscriptions
from kit.revocations.checking import Revocations
from kit.testing import deliver, facts, published

HOUR = 3600
NEW = "another-password"


async def test_a_signed_out_token_opens_nothing_any_more(world: World) -> None:
    phone, tablet = await world.becomes_customer(), (await world.logs_in()).json()

    await world.call("DELETE", "/v1/sessions/current", phone["access_token"])
    await hears_itself(world)

    assert problem(await reads(world, phone)) == (401, "not-signed-in")
    assert (await reads(world, tablet)).status_code == 200


async def test_a_new_password_ends_the_tokens_of_before(world: World) -> None:
    """F2.11: whoever knew the old one is out, everywhere."""
    old = await world.becomes_customer()
    changed = await world.call(
        "PUT", "/v1/me/password", old["access_token"], current=PASSWORD, password=NEW
    )
    await hears_itself(world)

    assert problem(await reads(world, old)) == (401, "not-signed-in")
    assert (await reads(world, changed.json())).status_code == 200


async def test_a_stolen_refresh_token_ends_the_thiefs_access_token_too(world: World) -> None:
    tokens = await world.becomes_customer()
    thief = await world.post("/v1/sessions/refresh", refresh_token=tokens["refresh_token"])
    world.after(11)

    await world.post("/v1/sessions/refresh", refresh_token=tokens["refresh_token"])
    await hears_itself(world)

    assert problem(await reads(world, thief.json())) == (401, "not-signed-in")


async def test_a_session_that_ends_twice_is_stated_once(world: World) -> None:
    """Many sign out at once: one fact."""
    tokens = await world.becomes_customer()

    await asyncio.gather(
        *(world.call("DELETE", "/v1/sessions/current", tokens["access_token"]) for _ in range(8))
    )

    assert (await published(world.db)).count("SessionEnded") == 1


async def test_who_is_dismissed_is_out_and_who_comes_back_signs_in_again(world: World) -> None:
    staff_id = (await world.post("/v1/staff", admin(world), **AGENT)).json()["id"]
    before = await staff_login(world)
    path = f"/v1/staff/{staff_id}"

    await world.call("PATCH", path, admin(world), active=False)
    await hears_itself(world)
    dismissed = await changes_password(world, before)
    await world.call("PATCH", path, admin(world), active=True)
    await hears_itself(world)
    back = await changes_password(world, before)

    assert problem(dismissed) == problem(back) == (401, "not-signed-in")
    assert (await changes_password(world, await staff_login(world))).status_code == 200


async def test_other_duties_need_another_token_and_no_other_sign_in(world: World) -> None:
    staff_id = (await world.post("/v1/staff", admin(world), **AGENT)).json()["id"]
    before = await staff_login(world)

    await world.call("PATCH", f"/v1/staff/{staff_id}", admin(world), roles=["osp_staff"])
    await hears_itself(world)
    refreshed = await world.post("/v1/sessions/refresh", refresh_token=before["refresh_token"])

    assert problem(await changes_password(world, before)) == (401, "not-signed-in")
    assert opened(world, refreshed.json())["roles"] == ["osp_staff"]
    assert (await changes_password(world, refreshed.json())).status_code == 200


async def test_staff_sign_in_again_every_working_day(world: World) -> None:
    """However often they refresh; and the last access token does not outlive the day."""
    await world.post("/v1/staff", admin(world), **AGENT)
    pair: dict[str, Any] = await staff_login(world)
    for _ in range(11):
        world.after(HOUR)
        pair = (
            await world.post("/v1/sessions/refresh", refresh_token=pair["refresh_token"])
        ).json()
    world.after(HOUR - 60)
    last = (await world.post("/v1/sessions/refresh", refresh_token=pair["refresh_token"])).json()
    world.after(60)

    over = await world.post("/v1/sessions/refresh", refresh_token=last["refresh_token"])

    assert last["expires_in"] <= 60
    assert problem(over) == (401, "session-over")


async def test_staff_change_their_own_password(world: World) -> None:
    await world.post("/v1/staff", admin(world), **AGENT)
    here, elsewhere = await staff_login(world), await staff_login(world)

    wrong = await changes_password(world, here, current="not-the-password")
    changed = await changes_password(world, here)
    await hears_itself(world)

    assert problem(wrong) == (403, "wrong-password")
    assert changed.status_code == 200
    assert opened(world, changed.json())["roles"] == ["call_agent"]
    assert problem(await changes_password(world, elsewhere)) == (401, "not-signed-in")
    login = await world.post("/v1/staff-sessions", username="agent7", password=NEW)
    assert login.status_code == 201


async def test_only_staff_change_a_password_of_staff(world: World) -> None:
    customer = await world.becomes_customer()

    assert problem(await changes_password(world, customer)) == (403, "wrong-role")


async def test_a_dismissed_name_is_not_taken_on_again_without_a_word(world: World) -> None:
    """The answer says who was dismissed, and what to do."""
    staff_id = (await world.post("/v1/staff", admin(world), **AGENT)).json()["id"]
    await world.call("PATCH", f"/v1/staff/{staff_id}", admin(world), active=False)

    again = await world.post("/v1/staff", admin(world), **AGENT)

    assert problem(again) == (409, "dismissed")
    assert again.json()["staff_id"] == staff_id


async def test_the_same_name_with_another_password_is_another_request(world: World) -> None:
    await world.post("/v1/staff", admin(world), **AGENT)

    again = await world.post("/v1/staff", admin(world), **AGENT | {"password": NEW})

    assert problem(again) == (409, "username-taken")


async def test_a_closed_channel_is_out_and_gets_no_secret(world: World) -> None:
    made = (await world.post("/v1/partners", admin(world), **CHANNEL)).json()
    path = f"/v1/partners/{made['id']}"
    _, token = await partner_token(world, "fanpage", made["client_secret"])

    await world.call("PATCH", path, admin(world), active=False)
    refused = await world.call("PATCH", path, admin(world), new_secret=True)
    opened_again = await world.call("PATCH", path, admin(world), active=True, new_secret=True)
    _, later = await partner_token(world, "fanpage", opened_again.json()["client_secret"])

    assert problem(refused) == (409, "channel-closed")
    assert await revoked(world, token)
    assert not await revoked(world, later)


async def test_a_new_secret_ends_the_tokens_of_the_old_one(world: World) -> None:
    made = (await world.post("/v1/partners", admin(world), **CHANNEL)).json()
    _, token = await partner_token(world, "fanpage", made["client_secret"])

    await world.call("PATCH", f"/v1/partners/{made['id']}", admin(world), new_secret=True)

    assert await revoked(world, token)


async def test_a_channel_has_no_sign_in_to_end(world: World) -> None:
    made = (await world.post("/v1/partners", admin(world), **CHANNEL)).json()
    _, token = await partner_token(world, "fanpage", made["client_secret"])

    answer = await world.call("DELETE", "/v1/sessions/current", token["access_token"])

    assert problem(answer) == (403, "wrong-role")


async def hears_itself(world: World) -> list[Event]:
    """Let identity hear what it stated of tokens, as every service does."""
    stated = [fact for fact in await facts(world.db) if fact.topic in subscriptions.handlers]
    await deliver(world.db, subscriptions, *stated)
    world.app.state.revocations = Revocations(world.db)
    return stated


async def reads(world: World, pair: dict[str, Any]) -> Any:
    return await world.call("GET", "/v1/me", pair["access_token"])


async def changes_password(
    world: World, pair: dict[str, Any], *, current: str = "agent-password"
) -> Any:
    return await world.call(
        "PUT", "/v1/staff/me/password", pair["access_token"], current=current, password=NEW
    )


async def revoked(world: World, pair: dict[str, Any]) -> bool:
    ended = [fact for fact in await hears_itself(world) if isinstance(fact, SessionEnded)]
    return UUID(opened(world, pair)["sid"]) in {fact.session_id for fact in ended}
