"""A supervisor's voice in a call: who hears it, and what is written down (SB.3.3, LAW19)."""

import pytest
from services.videocall.tests.callers import Caller, calling
from services.videocall.tests.talks import Talk
from services.videocall.tests.world import Agent
from sqlalchemy import text

from videocall.recordings.domain import Party


async def speak(supervisor: Caller, by: Agent, call_id: str, mode: str) -> int:
    """Publish a supervisor's picture and sound into a call; return its part."""
    offer = (await supervisor.do("offer"))["sdp"]
    path = f"/v1/desk/calls/{call_id}/media/voice"
    answer = await by.http.post(path, json={"mode": mode, "offer": offer})
    assert answer.status_code == 201, answer.text
    await supervisor.do("publish", answer.json()["answer"])
    return int(answer.json()["part"])


async def packets(caller: Caller) -> int:
    """Count the packets of sound that have arrived by now."""
    return int((await caller.count())["seen"]["audio"])


@pytest.mark.parametrize(("mode", "customer_hears"), [("WHISPER", False), ("BARGE", True)])
async def test_a_whisper_is_for_the_agent_alone_and_a_barge_for_both(
    talk: Talk,
    mode: str,
    customer_hears: bool,  # noqa: FBT001, a row of the table
) -> None:
    await talk.both_publish()
    await talk.of_customer.view()
    await talk.of_agent.view()
    await talk.of_agent.sees_more_than(0)
    await talk.of_customer.sees_more_than(0)
    for caller in talk.callers:
        await caller.do("pause")
    manager = talk.world.agent("KV2", role="region_manager")
    await talk.watched(1)
    before = [await packets(caller) for caller in talk.callers]

    async with calling(manager.http, "") as supervisor:
        part = await speak(supervisor, manager, talk.customer.call_id, mode)
        await talk.watched(3)
        by_customer, by_agent = [await packets(caller) for caller in talk.callers]
        told = [(await caller.look())["supervisor"] for caller in talk.callers]
        silent = await manager.http.delete(f"/v1/desk/calls/{talk.call_id}/media/voice")

    assert (part, silent.status_code) == (1, 204)
    assert by_agent > before[1] + 10
    assert told == [mode if customer_hears else None, mode]
    assert (by_customer > before[0] + 10) is customer_hears
    assert (await talk.part(Party.SUPERVISOR)).blocks > 0
    async with talk.world.db.transaction() as tx:
        looks = list(await tx.scalars(text("select what from access_log")))
        events = list(await tx.scalars(text("select kind from call_event")))
    assert looks == [f"CALL:{mode}"]
    assert events.count("JOINED" if customer_hears else "WHISPERED") == 1


async def test_a_stranger_and_an_agent_speak_in_no_call_of_others(talk: Talk) -> None:
    await talk.both_publish()
    path = f"/v1/desk/calls/{talk.call_id}/media/voice"
    body = {"mode": "WHISPER", "offer": "v=0"}
    stranger = talk.world.agent("KV5", role="region_manager")

    assert (await stranger.http.post(path, json=body)).status_code == 404
    assert (await talk.agent.http.post(path, json=body)).status_code == 403
