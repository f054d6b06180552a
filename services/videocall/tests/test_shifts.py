"""Shifts: an agent's state, the figures of the day, and the form of the desk (SB.3.3, SD.1)."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from services.videocall.tests.world import Agent, World, in_call, waiting
from sqlalchemy import text

from kit import clock
from videocall.calls.states import NEEDED, REJECTIONS, RETRIES
from videocall.desk.domain import REASONS

NOON = datetime(2026, 11, 25, 5, tzinfo=UTC)


async def shift(agent: Agent, **change: str) -> dict[str, Any]:
    """Read an agent's shift, or change it."""
    if change:
        return await agent.is_in(**change)
    answer = await agent.http.get("/v1/desk/shift")
    assert answer.status_code == 200
    seen: dict[str, Any] = answer.json()
    return seen


async def lengths_of_calls(world: World) -> list[timedelta]:
    """Read how long each call lasted: the clock of a test runs on while its calls do."""
    async with world.db.transaction() as tx:
        ended = await tx.scalars(text("select ended_at - started_at from call"))
        return list(ended)


async def test_nothing_rings_at_a_desk_until_its_agent_is_available(world: World) -> None:
    await waiting(world)
    agent = world.agent()

    assert (await shift(agent))["state"] == "OFFLINE"
    on_break = await shift(agent, state="BREAK", reason_code="MEAL")
    assert (on_break["state"], on_break["reason_code"]) == ("BREAK", "MEAL")
    assert await agent.offer() is None
    assert (await shift(agent, state="AVAILABLE"))["state"] == "RESERVED"
    assert await agent.offer()


async def test_the_end_of_a_call_is_wrapped_up_until_the_agent_is_available_again(
    world: World,
) -> None:
    _, agent = await in_call(world)
    await waiting(world)
    talking = await shift(agent)
    await agent.do("reject", reason_code="CALL_QUALITY")
    wrapping_up = await shift(agent)
    assert await agent.offer() is None

    await agent.next()

    assert [seen["state"] for seen in (talking, wrapping_up)] == ["BUSY", "WRAP_UP"]
    assert (await shift(agent))["state"] == "BUSY"


@pytest.mark.parametrize("chosen", ["BREAK", "OFFLINE", "AVAILABLE"])
async def test_the_state_after_the_call_is_chosen_while_it_lasts(world: World, chosen: str) -> None:
    customer, agent = await in_call(world)

    later = await shift(agent, state=chosen)
    await agent.do("technical")

    assert (later["state"], later["next_state"]) == ("BUSY", chosen)
    now = await shift(agent)
    assert (now["state"], now["next_state"]) == (chosen, None)
    await customer.call()
    assert bool(await agent.offer()) == (chosen == "AVAILABLE")


async def test_a_break_keeps_its_beginning_however_often_it_is_said(world: World) -> None:
    agent = world.agent()
    first = await shift(agent, state="BREAK", reason_code="REST")
    world.move_clock(timedelta(minutes=3))

    assert await shift(agent, state="BREAK", reason_code="REST") == first
    assert (await shift(agent, state="AVAILABLE"))["since"] > first["since"]


async def test_the_day_counts_what_became_of_the_calls_since_midnight_in_vietnam(
    world: World,
) -> None:
    world.set_clock(NOON - timedelta(hours=6))  # six in the morning there, yesterday in UTC
    agent = world.agent()
    await waiting(world)
    await agent.answer_and_approve()
    world.set_clock(NOON)
    await waiting(world)
    await agent.next()
    world.set_clock(NOON + timedelta(seconds=90))
    await agent.do("reject", reason_code="PHOTO_UNCLEAR")
    await waiting(world)
    await agent.next()
    await agent.do("technical")

    day = await shift(agent)

    assert (day["approved"], day["rejected"], day["undecided"]) == (1, 1, 1)
    lengths = await lengths_of_calls(world)
    assert round(max(lengths) / timedelta(seconds=90)) == 1
    assert day["average_seconds"] == round(sum(lengths, timedelta()) / 3 / timedelta(seconds=1))
    assert day["hours"] == [{"hour": 6, "calls": 1}, {"hour": 12, "calls": 2}]
    assert (await shift(world.agent()))["hours"] == []
    world.set_clock(NOON + timedelta(days=1))
    assert (await shift(agent))["approved"] == 0


async def test_the_form_has_words_for_every_reason_and_says_where_each_leads(
    world: World,
) -> None:
    form = (await world.agent().http.get("/v1/desk/form")).json()

    assert {reason["code"]: reason["repeat"] for reason in form["rejections"]} == REJECTIONS
    assert {reason["code"] for reason in form["technical"]} == RETRIES
    assert {photo["kind"] for photo in form["photos"] if photo["needed"]} == {*NEEDED}
    assert len(form["checklist"]) == 5
    assert all(REASONS.values())


async def test_the_queue_says_what_an_agent_wants_to_know_before_answering(world: World) -> None:
    """SB.3.3: kind of SIM, waiting time, earlier calls, the appointment."""
    customer, agent = await in_call(world)
    await agent.do("technical")
    await customer.call()
    promised = clock.now().replace(microsecond=0)
    async with world.db.transaction() as tx:
        await tx.execute(
            text(
                "insert into appointment (id, hold_id, team, starts_at, booked_at)"
                " values (gen_random_uuid(), :hold, 'KV2-CALL', :at, :at)"
            ),
            {"hold": customer.hold_id, "at": promised},
        )
    world.move_clock(timedelta(seconds=12))

    queue = (await agent.http.get("/v1/desk/queue")).json()

    [row] = queue["items"]
    assert (row["sim"], row["earlier_calls"], row["returning"]) == ("ESIM", 1, True)
    assert datetime.fromisoformat(row["appointment_at"]) == promised
    assert queue["waiting"] == 1
    assert row["waited_seconds"] <= queue["longest_wait_seconds"] <= row["waited_seconds"] + 1
    assert queue["longest_wait_seconds"] >= 11


async def test_another_agents_call_says_whose_it_is_and_since_when(world: World) -> None:
    _, agent = await in_call(world)
    other = world.agent()
    other.call_id = agent.call_id

    refused = await other.do("drop")

    assert refused.status_code == 403
    assert refused.json()["agent_id"] == str(agent.id)
    assert refused.json()["since"] is not None
