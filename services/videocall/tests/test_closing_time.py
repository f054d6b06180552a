"""Closing time, and the appointments that are offered instead of waiting (SD.1, G26, G33)."""

import asyncio
from datetime import datetime, timedelta
from typing import Any, cast
from zoneinfo import ZoneInfo

import httpx
import pytest
from services.videocall.tests.world import Customer, World, waiting

from events import AppointmentBooked, VideoCallRetryNeeded
from kit import clock
from kit.testing import client, facts, published, token_for

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
MONDAY = datetime(2026, 11, 9, 16, 30, tzinfo=HANOI)
CLOSING = MONDAY.replace(hour=17, minute=0, second=1)
TUESDAY = datetime(2026, 11, 10, 8, 0, tzinfo=HANOI)
closed_at_night = pytest.mark.parametrize("always_open", [False])


async def slots(customer: Customer) -> list[datetime]:
    answer = await customer.http.get(f"/v1/appointments/by-hold/{customer.hold_id}/slots")
    return [datetime.fromisoformat(slot) for slot in answer.json()["items"]]


async def book(customer: Customer, at: Any) -> httpx.Response:
    starts_at = at.isoformat() if isinstance(at, datetime) else at
    body = {"hold_id": str(customer.hold_id), "starts_at": starts_at}
    return await customer.http.post("/v1/appointments", json=body)


@closed_at_night
async def test_who_still_waits_at_closing_time_is_told_when_the_team_is_back(
    world: World,
) -> None:
    """G33: not silence; and the place is kept until the morning."""
    world.set_clock(MONDAY)
    customer = await waiting(world)
    world.set_clock(CLOSING)
    await customer.look()

    assert sum(await asyncio.gather(*(world.tick() for _ in range(4)))) == 1

    ended = cast("VideoCallRetryNeeded", (await facts(world.db))[-1])
    assert (ended.reason_code, ended.opens_at) == ("OFFICE_CLOSED", TUESDAY)
    seen = await customer.look()
    assert (seen["status"], seen["reason_code"]) == ("RETRY_NEEDED", "OFFICE_CLOSED")
    assert datetime.fromisoformat(seen["opens_at"]) == TUESDAY
    assert (await customer.call()).json()["type"] == "/problems/out-of-hours"
    world.set_clock(TUESDAY + timedelta(minutes=1))
    await waiting(world)
    assert (await customer.call()).json()["position"] == 1


@closed_at_night
async def test_a_team_with_hours_of_its_own_closes_by_them(world: World) -> None:
    week = [[{"opens": "08:00", "closes": "20:00"}], *([[]] * 6)]
    world.set_clock(MONDAY)
    customer = await waiting(world)
    world.set_clock(CLOSING)
    await customer.look()

    manager = world.agent(role="region_manager")
    path = "/v1/staff/office-hours/KV2-CALL/week"
    assert (await manager.http.put(path, json={"week": week})).status_code == 204

    assert await world.tick() == 0
    assert (await customer.look())["status"] == "QUEUED"


@closed_at_night
async def test_an_answered_call_outlasts_closing_time(world: World) -> None:
    world.set_clock(CLOSING - timedelta(seconds=30))
    customer, agent = await world.customer(), world.agent()
    world.set_clock(MONDAY)
    await customer.call()
    await agent.next()
    world.set_clock(CLOSING)
    await agent.http.get("/v1/desk/queue")

    assert await world.tick() == 0
    assert (await customer.look())["status"] == "IN_CALL"


async def test_the_slots_are_whole_and_in_office_hours(world: World) -> None:
    friday, monday = MONDAY - timedelta(days=3), TUESDAY - timedelta(days=1)
    world.set_clock(friday)
    customer = await world.customer()

    offered = [slot.astimezone(HANOI) for slot in await slots(customer)]

    assert offered[:2] == [friday + timedelta(minutes=15), monday]
    assert {slot.minute for slot in offered} == {0, 15, 30, 45}
    assert {slot.hour for slot in offered} == {8, 9, 10, 11, 13, 14, 15, 16}
    assert {slot.weekday() for slot in offered} == {4, 0}


async def test_no_time_is_offered_at_which_the_check_is_too_old(world: World) -> None:
    """P3.5: whoever picked one was sent to take a portrait that kyc would not take yet."""
    world.set_clock(MONDAY)
    customer = await world.customer(ready=False)
    passed = customer.passed().model_copy(update={"occurred_at": MONDAY})
    await world.hear(customer.created(), customer.routed(), passed)

    offered = await slots(customer)

    assert max(offered) == MONDAY + timedelta(days=3) - timedelta(minutes=15)
    assert (await book(customer, offered[-1])).status_code == 201
    late = await book(customer, MONDAY + timedelta(days=3))
    assert (late.status_code, late.json()["type"]) == (409, "/problems/check-too-old")


async def test_who_comes_at_the_time_of_an_appointment_is_answered_first(world: World) -> None:
    """G26, G33."""
    world.set_clock(MONDAY)
    customer = await world.customer()

    answers = [await book(customer, TUESDAY) for _ in range(2)]

    assert [a.status_code for a in answers] == [201] * 2
    assert answers[0].json() == answers[1].json()
    [booked] = await facts(world.db)
    assert isinstance(booked, AppointmentBooked)
    assert booked.starts_at == TUESDAY
    kept = await customer.http.get(f"/v1/appointments/by-hold/{customer.hold_id}")
    assert kept.json() == answers[0].json()
    world.set_clock(TUESDAY + timedelta(minutes=14))
    await waiting(world)
    assert (await customer.call()).json()["position"] == 1


@pytest.mark.parametrize("minutes", [-1, 16])
async def test_an_appointment_helps_nobody_who_comes_at_another_time(
    world: World, minutes: int
) -> None:
    world.set_clock(MONDAY)
    customer = await world.customer()
    await book(customer, TUESDAY)
    world.set_clock(TUESDAY + timedelta(minutes=minutes))
    await waiting(world)

    assert (await customer.call()).json()["position"] == 2


async def test_another_time_may_be_chosen_and_frees_the_first(world: World) -> None:
    world.set_clock(MONDAY)
    customer = await world.customer()
    first = await book(customer, TUESDAY)

    second = await book(customer, TUESDAY + timedelta(minutes=15))

    assert first.json()["appointment_id"] == second.json()["appointment_id"]
    assert await published(world.db) == ["AppointmentBooked"] * 2
    others = [await world.customer() for _ in range(2)]
    assert [(await book(other, TUESDAY)).status_code for other in others] == [201] * 2


async def test_of_many_who_want_one_time_as_many_get_it_as_can_be_kept(world: World) -> None:
    world.set_clock(MONDAY)
    customers = [await world.customer() for _ in range(10)]

    answers = await asyncio.gather(*(book(customer, TUESDAY) for customer in customers))

    assert sorted(a.status_code for a in answers) == [201] * 2 + [409] * 8
    assert {a.json()["type"] for a in answers if a.is_error} == {"/problems/slot-taken"}
    assert TUESDAY not in await slots(customers[0])


async def test_the_time_of_a_hold_that_was_given_up_is_offered_again(world: World) -> None:
    world.set_clock(MONDAY)
    first, second, third = [await world.customer() for _ in range(3)]
    for customer in (first, second):
        await book(customer, TUESDAY)
    assert (await book(third, TUESDAY)).status_code == 409

    await world.hear(first.released())

    assert TUESDAY in await slots(third)
    assert (await book(third, TUESDAY)).status_code == 201


@pytest.mark.parametrize(
    ("at", "status"),
    [
        (TUESDAY.replace(minute=7), 409),
        (TUESDAY.replace(hour=12), 409),
        (MONDAY - timedelta(days=1), 409),
        (TUESDAY + timedelta(days=60), 409),
        ("0001-01-01T00:00:00+07:00", 422),
        ("2026-11-10T08:00:00", 422),
        ("tomorrow", 422),
    ],
)
async def test_only_what_is_offered_can_be_booked(world: World, at: Any, status: int) -> None:
    world.set_clock(MONDAY)
    customer = await world.customer()

    assert (await book(customer, at)).status_code == status
    assert await published(world.db) == []


async def test_who_cannot_call_cannot_book(world: World) -> None:
    world.set_clock(MONDAY)
    early, approved, caller = [await world.customer(ready=ready) for ready in (False, True, True)]
    await world.hear(early.created())
    await approved.call()
    await world.agent().answer_and_approve()
    await caller.call()
    async with client(world.app, token_for(world.keys)) as stranger:
        path = f"/v1/appointments/by-hold/{caller.hold_id}"
        foreign = [
            await stranger.get(path),
            await stranger.get(f"{path}/slots"),
            await stranger.post(
                "/v1/appointments",
                json={"hold_id": str(caller.hold_id), "starts_at": TUESDAY.isoformat()},
            ),
        ]

    answers = [await book(customer, TUESDAY) for customer in (early, approved, caller)]

    kinds = [a.json()["type"].rpartition("/")[2] for a in answers]
    assert kinds == ["not-ready", "already-approved", "call-under-way"]
    assert [a.status_code for a in foreign] == [404] * 3
    nothing = await caller.http.get(f"/v1/appointments/by-hold/{caller.hold_id}")
    assert nothing.status_code == 404


async def test_a_check_that_is_too_old_by_then_cannot_be_booked_with(world: World) -> None:
    world.set_clock(MONDAY)
    customer = await world.customer()

    answer = await book(customer, TUESDAY + timedelta(days=3, hours=1))

    assert answer.json()["type"] == "/problems/check-too-old"
    assert clock.now() < MONDAY + timedelta(minutes=5)
