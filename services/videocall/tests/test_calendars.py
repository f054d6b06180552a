"""Calendars of teams that supervisors change, and where the change counts at once (SD.1, G33)."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from services.videocall.tests.world import Agent, World
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
MONDAY = datetime(2026, 11, 9, 10, 0, tzinfo=HANOI)
SATURDAY = datetime(2026, 11, 7, 10, 0, tzinfo=HANOI)
HOURS = "/v1/staff/office-hours"
SPAN = {"opens": "08:00", "closes": "11:30"}
closed_at_night = pytest.mark.parametrize("always_open", [False])


def manager(world: World, *regions: str) -> Agent:
    return world.agent(*regions, role="region_manager")


async def set_day(by: Agent, day: datetime, spans: list[Any], team: str = "KV2-CALL") -> int:
    body = {"spans": spans, "note": "Trực tăng cường"}
    answer = await by.http.put(f"{HOURS}/{team}/days/{day.date()}", json=body)
    return answer.status_code


async def days_of(by: Agent, team: str = "KV2-CALL") -> dict[str, Any]:
    items = (await by.http.get(f"{HOURS}/{team}/days")).json()["items"]
    return {row["day"]: row for row in items}


@closed_at_night
async def test_an_exception_opens_the_queue_and_the_appointments_at_once(world: World) -> None:
    world.set_clock(SATURDAY)
    customer, supervisor = await world.customer(), manager(world)
    refused = await customer.call()
    assert refused.json()["type"] == "/problems/out-of-hours"

    assert await set_day(supervisor, SATURDAY, [SPAN]) == 204

    slots = f"/v1/appointments/by-hold/{customer.hold_id}/slots"
    seen = (await customer.http.get(slots)).json()
    assert seen["is_open"]
    assert datetime.fromisoformat(seen["items"][0]) == SATURDAY + timedelta(minutes=15)
    assert (await customer.call()).status_code == 201


@closed_at_night
async def test_a_day_off_closes_the_queue_and_says_when_the_team_is_back(world: World) -> None:
    world.set_clock(MONDAY)
    customer, supervisor = await world.customer(), manager(world)
    await customer.call()

    assert await set_day(supervisor, MONDAY, []) == 204
    await world.tick()

    seen = await customer.look()
    assert (seen["status"], seen["reason_code"]) == ("RETRY_NEEDED", "OFFICE_CLOSED")
    assert datetime.fromisoformat(seen["opens_at"]).astimezone(HANOI).day == MONDAY.day + 1
    assert (await supervisor.http.delete(f"{HOURS}/KV2-CALL/days/{MONDAY.date()}")).is_success
    assert (await customer.call()).status_code == 201


async def test_the_weeks_ahead_name_each_holiday_swap_and_exception(world: World) -> None:
    world.set_clock(datetime(2026, 8, 20, 9, 0, tzinfo=HANOI))
    await world.customer()
    supervisor = manager(world)
    await set_day(world.agent("ALL", role="admin"), SATURDAY.replace(month=9), [], team="*")

    days = await days_of(supervisor)

    assert next(iter(days)) == "2026-08-17"
    assert (days["2026-08-22"]["kind"], len(days["2026-08-22"]["spans"])) == ("SWAPPED", 2)
    assert (days["2026-09-02"]["kind"], days["2026-09-02"]["name"]) == ("HOLIDAY", "Quốc khánh")
    exception = days["2026-09-07"]
    assert (exception["kind"], exception["of_all_teams"]) == ("EXCEPTION", True)
    assert await set_day(supervisor, SATURDAY.replace(month=9), [SPAN]) == 204
    own = (await days_of(supervisor))["2026-09-07"]
    assert (own["spans"], own["of_all_teams"], own["changed_by"]) == (
        [SPAN],
        False,
        str(supervisor.id),
    )


async def test_a_week_is_the_teams_own_until_it_follows_that_of_all_again(world: World) -> None:
    world.set_clock(MONDAY)
    await world.customer()
    head_office, supervisor = world.agent("ALL", role="admin"), manager(world)
    for team, opens in (("*", "07:00"), ("KV2-CALL", "09:00")):
        week = [[{"opens": opens, "closes": "17:00"}], *([[]] * 6)]
        changed = await head_office.http.put(f"{HOURS}/{team}/week", json={"week": week})
        assert changed.status_code == 204

    async def monday() -> tuple[bool, str]:
        items = (await supervisor.http.get(HOURS)).json()["items"]
        [team] = [row for row in items if row["team"] == "KV2-CALL"]
        return team["own"], team["week"][0][0]["opens"]

    assert await monday() == (True, "09:00")
    await supervisor.http.put(f"{HOURS}/KV2-CALL/week", json={"week": None})
    assert await monday() == (False, "07:00")


async def test_each_change_is_written_down_with_what_was_before(world: World) -> None:
    world.set_clock(MONDAY)
    await world.customer()
    supervisor = manager(world)
    await set_day(supervisor, MONDAY, [SPAN])
    await set_day(supervisor, MONDAY, [SPAN])
    await supervisor.http.delete(f"{HOURS}/KV2-CALL/days/{MONDAY.date()}")

    items = (await supervisor.http.get("/v1/staff/call-edits")).json()["items"]

    assert [(row["what"], row["subject"], row["staff_id"]) for row in items] == [
        ("EXCEPTION_DAY", "KV2-CALL 2026-11-09", str(supervisor.id))
    ] * 2
    assert items[0]["after"] is None
    assert items[0]["before"] == items[1]["after"]
    assert items[1]["after"]["spans"] == [["08:00", "11:30"]]
    others = await manager(world, "KV5").http.get("/v1/staff/call-edits")
    assert others.json()["items"] == []
    with pytest.raises(IntegrityError, match="only ever added"):
        async with world.db.transaction() as tx:
            await tx.execute(text("delete from edit"))


@pytest.mark.parametrize(
    ("spans", "problem"),
    [
        ([{"opens": "12:00", "closes": "08:00"}], "hours-overlap"),
        ([{"opens": "08:00", "closes": "12:00"}, {"opens": "11:00", "closes": "13:00"}],) * 1
        + ("hours-overlap",),
        ([{"opens": "24:00", "closes": "25:00"}], "invalid-request"),
    ],
)
async def test_hours_that_cannot_be_are_refused(
    world: World, spans: list[Any], problem: str
) -> None:
    world.set_clock(MONDAY)
    await world.customer()
    path = f"{HOURS}/KV2-CALL/days/{MONDAY.date()}"

    answer = await manager(world).http.put(path, json={"spans": spans, "note": "Thử"})

    assert (answer.status_code, answer.json()["type"]) == (422, f"/problems/{problem}")


async def test_only_the_own_regions_hours_are_changed_and_only_from_today_on(world: World) -> None:
    """Another region's team is a 404; what concerns all teams is head office's."""
    world.set_clock(MONDAY)
    await world.customer()
    stranger, own = manager(world, "KV5"), manager(world)

    assert await set_day(stranger, MONDAY, [SPAN]) == 404
    assert (await stranger.http.get(f"{HOURS}/KV2-CALL/days")).status_code == 404
    assert await set_day(own, MONDAY, [SPAN], team="*") == 403
    assert await set_day(world.agent(role="auditor"), MONDAY, [SPAN]) == 403
    assert await set_day(own, MONDAY - timedelta(days=1), [SPAN]) == 422
    assert await set_day(own, MONDAY + timedelta(days=367), [SPAN]) == 422
