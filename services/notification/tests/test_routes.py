"""The inbox and the contacts: mine, and nobody else's."""

import pytest
from services.notification.tests.readers import EMAIL, PHONE, World, sample, slip

from events import HoldExpired, KycPassed
from events.ids import uuid7
from kit.testing import client, token_for


async def test_the_phone_is_the_one_identity_vouches_for(world: World) -> None:
    lan = world.customer(phone=PHONE, email="from-token@example.vn")

    first = await lan.call("PUT", "/v1/me/contacts", locale="en", phone="84999999999")
    second = await lan.call("PUT", "/v1/me/contacts", email=EMAIL, push_token="token")
    read = await lan.call("GET", "/v1/me/contacts")

    assert first.json() == {
        "phone": PHONE,
        "email": "from-token@example.vn",
        "locale": "en",
        "has_push_token": False,
    }
    assert second.json() == read.json()
    assert read.json() == {"phone": PHONE, "email": EMAIL, "locale": "en", "has_push_token": True}


async def test_an_address_can_be_taken_back(world: World) -> None:
    lan = world.customer()
    await lan.can_be_reached()

    await lan.call("PUT", "/v1/me/contacts", email=None, locale="vi")

    assert (await lan.call("GET", "/v1/me/contacts")).json()["email"] is None


@pytest.mark.parametrize(
    "body", [{"email": "not an address"}, {"locale": "fr"}, {"push_token": "x" * 5000}]
)
async def test_contacts_that_cannot_be_right_are_refused(
    world: World, body: dict[str, str]
) -> None:
    answer = await world.customer().call("PUT", "/v1/me/contacts", **body)

    assert answer.status_code == 422
    assert answer.json()["type"] == "/problems/invalid-request"
    assert next(iter(body.values())) not in answer.text


async def test_the_inbox_is_read_newest_first_a_page_at_a_time(world: World) -> None:
    lan = world.customer()
    _, created = slip(lan.id)
    await world.deliver(created)
    for _ in range(5):
        await world.deliver(sample(KycPassed, hold_id=created.hold_id))
    await world.deliver(sample(HoldExpired, hold_id=created.hold_id))

    first = await lan.inbox("?limit=3")
    second = await lan.inbox(f"?limit=3&after={first['next']}")
    third = await lan.inbox(f"?limit=3&after={second['next']}")

    items = first["items"] + second["items"] + third["items"]
    assert [item["template"] for item in items] == [
        "hold_expired",
        *["kyc_passed"] * 5,
        "hold_slip",
    ]
    assert third["next"] is None
    assert first["unread"] == 7


async def test_reading_counts_once(world: World) -> None:
    lan = world.customer()
    await world.deliver(*slip(lan.id))
    message_id = (await lan.inbox())["items"][0]["id"]

    await lan.call("POST", f"/v1/me/inbox/{message_id}/read")
    first = await lan.inbox()
    await lan.call("POST", f"/v1/me/inbox/{message_id}/read")

    assert first["unread"] == 0
    assert first["items"][0]["read_at"] is not None
    assert await lan.inbox() == first


async def test_the_inbox_speaks_the_language_asked_for(world: World) -> None:
    lan = world.customer()
    await world.deliver(*slip(lan.id))

    assert (await lan.inbox("?locale=en"))["items"][0]["title"] == "Hold slip GS7K2M"
    await lan.call("PUT", "/v1/me/contacts", locale="en")
    assert (await lan.inbox())["items"][0]["title"] == "Hold slip GS7K2M"


async def test_nobody_reads_or_marks_anothers_messages(world: World) -> None:
    lan, minh = world.customer(), world.customer()
    await world.deliver(*slip(lan.id))
    message_id = (await lan.inbox())["items"][0]["id"]

    theirs = await minh.call("POST", f"/v1/me/inbox/{message_id}/read")
    nowhere = await minh.call("POST", f"/v1/me/inbox/{uuid7()}/read")

    assert theirs.status_code == nowhere.status_code == 404
    assert theirs.json()["type"] == "/problems/no-such-message"
    assert (await minh.inbox())["items"] == []
    assert (await lan.inbox())["unread"] == 1


async def test_the_inbox_is_for_customers(world: World) -> None:
    keys = world.app.state.settings.keys_dir
    staff = token_for(keys, "staff", roles=["admin"])

    async with client(world.app) as nobody, client(world.app, staff) as admin:
        assert (await nobody.get("/v1/me/inbox")).status_code == 401
        assert (await admin.get("/v1/me/inbox")).status_code == 403


@pytest.mark.parametrize(
    "query",
    [
        *("?limit=0", "?limit=101", "?after=nonsense", "?locale=fr", "?unread=true"),
        "?after=01890a5d-ac96-774b-bcce-b302099a8057",
    ],
)
async def test_impossible_pages_are_refused(world: World, query: str) -> None:
    answer = await world.customer().call("GET", f"/v1/me/inbox{query}")

    assert answer.status_code == 422
    assert answer.json()["status"] == 422
