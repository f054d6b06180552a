"""The journeys that staff find and read: stage, hold, order, and the whole story."""

from datetime import date

from services.order.tests.parcels import says
from services.order.tests.world import World

from events import ActivationStarted, KycFailed, VideoCallApproved
from events.ids import uuid7
from kit import clock
from values.hold_codes import hold_code, in_groups

BOARD = "/v1/staff/journeys"


async def test_a_story_names_the_colleague_to_staff_and_to_nobody_else(world: World) -> None:
    hold, agent = await world.hold(), uuid7()
    await world.place(hold, "COD")
    approved = says(
        VideoCallApproved, hold.hold_id, call_id=uuid7(), agent_id=agent, approved_at=clock.now()
    )
    await world.consumes(*await world.published(), approved)

    page = (await world.staff("call_agent", regions=("KV2",)).get(f"{BOARD}/{hold.hold_id}")).json()
    own = (await world.customer().get(f"/v1/journeys/{hold.hold_id}/timeline")).json()

    assert page["timeline"][-1]["actor_id"] == str(agent)
    assert page["journey"]["stage"] == "TO_SIGN"
    assert page["order"]["hold_id"] == page["journey"]["hold_id"] == str(hold.hold_id)
    assert page["hold"]["price_vnd"] == hold.price_vnd
    assert all("actor_id" not in line for line in own["items"])


async def test_the_reason_of_a_failed_check_is_in_the_story(world: World) -> None:
    hold = await world.hold()
    await world.place(hold, "COD")
    begun = says(ActivationStarted, hold.hold_id)
    failed = says(
        KycFailed,
        hold.hold_id,
        attempt=1,
        attempts_left=2,
        repeat="PHOTO",
        reason_codes=("PHOTO_BLURRED",),
    )
    await world.consumes(*await world.published(), begun, failed)
    page = (await world.staff("admin").get(f"{BOARD}/{hold.hold_id}")).json()

    assert (page["journey"]["stage"], page["journey"]["reason_code"]) == (
        "TO_REPEAT",
        "PHOTO_BLURRED",
    )


async def test_a_journey_is_found_by_code_number_part_of_it_and_any_id(world: World) -> None:
    code = hold_code(date(2026, 11, 2), "7KM3Q")
    hold = await world.hold(hold_code=code)
    order = await world.place(hold, "COD")
    agent = world.staff("call_agent", regions=("KV2",))
    typed = (
        in_groups(code).lower(),
        "0931 266 868",
        "+84931266868",
        "6868",
        "0931 2",
        str(hold.hold_id),
        order["order_id"],
        "0931266869",
        "868",
        "0931",
        "xin chào",
    )

    answers = [
        [
            j["hold_id"]
            for j in (await agent.post(f"{BOARD}/search", json={"text": text})).json()["items"]
        ]
        for text in typed
    ]
    elsewhere = await world.staff("call_agent", regions=("KV1",)).post(
        f"{BOARD}/search", json={"text": "6868"}
    )
    several = await agent.get(BOARD, params={"hold_id": [str(hold.hold_id), str(uuid7())]})

    assert answers == [[str(hold.hold_id)]] * 7 + [[]] * 4
    assert elsewhere.json() == {"items": [], "has_more": False}
    assert [j["hold_id"] for j in several.json()["items"]] == [str(hold.hold_id)]


async def test_a_journey_of_another_region_looks_like_none(world: World) -> None:
    hold = await world.hold()
    await world.place(hold, "COD")
    path = f"{BOARD}/{hold.hold_id}"

    answers = [
        await world.staff("store_staff", regions=("KV2",)).get(path),
        await world.staff("store_staff", regions=("KV1",)).get(path),
        await world.customer().get(path),
    ]

    assert [answer.status_code for answer in answers] == [200, 404, 403]
