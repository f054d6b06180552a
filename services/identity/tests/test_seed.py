"""The seed of a local system: whom it brings, and that it may be repeated."""

from services.identity.tests.people import World, admin, opened, partner_token

from identity.seed import STAFF, seed
from kit import clock
from kit.testing import facts, published


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
