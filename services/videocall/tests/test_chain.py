"""The chain of a call's events: all of its life, and no change goes unnoticed (P5.1, SD.2)."""

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from services.videocall.tests.talks import Talk
from services.videocall.tests.world import Customer, World, in_call, ringing
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from events import EvidenceSealed
from events.ids import uuid7
from kit import clock
from kit.testing import facts
from videocall.chain.domain import CallEvent, EventKind, Head, broken_event
from videocall.chain.queries import events_of


async def chain_of(world: World, customer: Customer) -> list[CallEvent]:
    async with world.db.transaction() as tx:
        return await events_of(tx, UUID(customer.call_id))


async def life_of(world: World, customer: Customer) -> list[tuple[str, dict[str, Any]]]:
    return [(e.kind, json.loads(e.body)) for e in await chain_of(world, customer)]


async def test_an_approved_calls_life_stands_in_its_chain(world: World) -> None:
    """P3.5, P5.1, F5a.8 TH2, G28."""
    customer, agent = await in_call(world)
    await agent.examines()
    await agent.photograph("FACE")  # a still sent twice is one still
    approved = (await agent.approve()).json()
    manager = world.agent(role="region_manager")
    await manager.http.post(
        f"/v1/desk/calls/{customer.call_id}/revoke", json={"reason_code": "FRAUD"}
    )

    life = await life_of(world, customer)

    begun = ["QUEUED", "ACCEPTED", "STARTED", "CHALLENGES_DRAWN"]
    examined = [*["CHALLENGE_SET", "CHALLENGE_JUDGED"] * 3, *["STILL_KEPT", "STILL_JUDGED"] * 4]
    assert [kind for kind, _ in life] == ["CONSENTED", *begun, *examined, "APPROVED", "REVOKED"]
    *bodies, decided, revoked = [body for _, body in life[1:]]
    assert bodies[0] == {"region": "KV2", "team": "KV2-CALL"}
    assert bodies[1].keys() == {"agent_id", "epoch", "offered_at"}
    assert bodies[3]["kinds"] == [c["kind"] for c in approved["challenges"]]
    assert (bodies[5]["kind"], bodies[5]["result"]) == (bodies[3]["kinds"][0], "PASS")
    assert (bodies[10]["sha256"], bodies[10]["source"]) == (
        approved["photos"][0]["sha256"],
        "FRAME",
    )
    assert (bodies[11]["accepted"], bodies[11]["hint"]) == (True, None)
    assert decided["agent_id"] == str(agent.id)
    assert decided["stills"] == sorted([p["kind"], p["sha256"]] for p in approved["photos"])
    assert decided["checklist"] == approved["checklist"]
    assert decided["sha256"] == approved["evidence_sha256"]
    assert revoked == {"revoked_by": str(manager.id), "reason_code": "FRAUD"}


async def test_what_became_of_every_offer_and_a_release_stand_in_the_chain(world: World) -> None:
    """SD.1, P3.5, G26."""
    customer, agent, offer = await ringing(world)
    await agent.answers("decline", offer)
    second = world.agent()
    await second.is_in("AVAILABLE")
    world.move_clock(timedelta(seconds=15))
    await customer.look()
    world.move_clock(timedelta(seconds=25))
    await world.tick()
    third = world.agent()
    await third.next()
    await third.do("drop")
    await customer.come_back()
    manager = world.agent(role="region_manager")
    await manager.http.post(f"/v1/desk/calls/{customer.call_id}/release")

    life = await life_of(world, customer)

    kinds = ["QUEUED", "DECLINED", "MISSED", "ACCEPTED", "STARTED", "CHALLENGES_DRAWN"]
    kinds += ["DROPPED", "STARTED"]
    assert [kind for kind, _ in life] == ["CONSENTED", *kinds, "RELEASED", "RETRY_NEEDED"]
    assert life[2][1]["agent_id"] == str(agent.id)
    assert life[9][1] == {"released_by": str(manager.id)}


async def test_the_sealed_fact_names_the_chain_as_it_stood_at_the_decision(world: World) -> None:
    """P5.1: who keeps the fact knows later whether the chain is the same."""
    customer, agent = await in_call(world)
    await agent.examines()
    await agent.approve()

    sealed = (await facts(world.db))[-1]

    chain = await chain_of(world, customer)
    assert isinstance(sealed, EvidenceSealed)
    assert (sealed.chain_length, sealed.chain_head) == (len(chain), chain[-1].hash)
    assert chain[-1].kind == "APPROVED"
    assert sealed.recordings == ()
    assert broken_event(UUID(customer.call_id), chain) is None


async def test_parts_of_the_recording_begin_and_end_in_the_chain(talk: Talk) -> None:
    """LAW09: the decision names the heads by then, the ends those at last."""
    await talk.agent.examines()
    await talk.both_publish()
    await talk.watched(3)
    assert (await talk.agent.approve()).status_code == 200
    await talk.watched(2)

    life = await life_of(talk.world, talk.customer)

    opened = [body for kind, body in life if kind == "MEDIA_OPENED"]
    assert opened == [{"part": 1, "role": role} for role in ("CUSTOMER", "AGENT")]
    approved = next(body for kind, body in life if kind == "APPROVED")
    closed = {b["role"]: b for kind, b in life if kind == "MEDIA_CLOSED"}
    parts = (await talk.recording()).parts
    assert {p.role: (p.blocks, p.head) for p in parts} == {
        role: (body["blocks"], body["head"]) for role, body in closed.items()
    }
    for noted in approved["recordings"]:
        name, blocks, head = noted.split(":")
        assert name in {"CUSTOMER/1", "AGENT/1"}
        assert 0 < int(blocks) <= closed[name.split("/")[0]]["blocks"]
        assert len(head) == 64


@pytest.mark.parametrize("change", ["update call_event set body = '{}'", "delete from call_event"])
async def test_the_database_itself_keeps_the_chain(world: World, change: str) -> None:
    """P5.1: events are only ever added."""
    await in_call(world)

    with pytest.raises(IntegrityError, match="only ever added to"):
        async with world.db.transaction() as tx:
            await tx.execute(text(change))


def chain(call_id: UUID) -> list[CallEvent]:
    now, head, events = clock.now(), Head.of_none(call_id), list[CallEvent]()
    for kind in (EventKind.QUEUED, EventKind.ACCEPTED, EventKind.STARTED):
        body = {"agent_id": call_id, "epoch": 1, "text_vi": "đã nhận"}
        events.append(CallEvent.after(head, call_id, kind, body, at=now))
        head = Head(events[-1].seq, events[-1].hash)
    return events


def test_a_changed_missing_or_added_event_is_named() -> None:
    call_id = uuid7()
    events = chain(call_id)
    second = events[1]
    changed = [
        replace(second, body=second.body.replace("1", "2")),
        replace(second, kind="MISSED"),
        replace(second, at=second.at + timedelta(microseconds=1)),
        replace(second, prev_hash="0" * 64),
        replace(second, hash="0" * 64),
        CallEvent.after(Head(1, "0" * 64), call_id, EventKind.ACCEPTED, {}, at=second.at),
    ]

    assert broken_event(call_id, events) is None
    assert [broken_event(call_id, [events[0], e, events[2]]) for e in changed] == [2] * 6
    assert broken_event(call_id, [events[0], events[2]]) == 2
    assert broken_event(call_id, events[1:]) == 1
    assert broken_event(uuid7(), events) == 1
