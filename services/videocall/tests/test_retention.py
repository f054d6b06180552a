"""Evidence is kept for its time, and erased by its key after it (LAW12; domain rules, 2.3)."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from services.videocall.tests.talks import Node, Talk, talking, world_with
from services.videocall.tests.test_verification import run_command
from services.videocall.tests.world import Agent, Customer, World, in_call
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from events import ConnectionCompleted
from events.ids import uuid7
from kit import clock
from videocall.data_keys.domain import EvidenceErased
from videocall.recordings.domain import Party
from videocall.verification.queries import verify

MONTH, YEARS = timedelta(days=30), timedelta(days=730)
HOUR = timedelta(hours=1)


async def photographed(world: World) -> tuple[Customer, Agent]:
    """Bring a customer and an agent into a call, of whom there are stills."""
    customer, agent = await in_call(world)
    await agent.examines()
    return customer, agent


async def still_after(world: World, customer: Customer, passed: timedelta) -> int:
    """Let time pass and the jobs run; return how a supervisor's look at a still is answered."""
    world.move_clock(passed)
    await world.tick()
    manager = world.agent(role="region_manager")
    return (await manager.http.get(f"/v1/desk/calls/{customer.call_id}/photos/FACE")).status_code


@pytest.fixture
async def recorded(world: World, node: Node) -> AsyncIterator[Talk]:
    """Record both parties, take stills, and say no for the light."""
    async with world_with(world, node) as with_media, talking(with_media) as talk:
        await talk.both_publish()
        await talk.watched(2)
        await talk.agent.examines()
        rejected = await talk.agent.do("reject", reason_code="CALL_QUALITY", note="Tối quá")
        assert rejected.status_code == 200
        await talk.watched(2)
        yield talk


async def test_after_its_time_nothing_opens_and_the_chain_still_verifies(
    recorded: Talk, node: Node, tmp_path: Path
) -> None:
    """R2: 30 days after a journey that led to no connection."""
    world, customer = recorded.world, recorded.customer
    sealed = node.file_of(await recorded.part()).read_bytes()
    await world.hear(customer.released())

    assert await still_after(world, customer, MONTH - HOUR) == 200
    assert await still_after(world, customer, MONTH + HOUR) == 410

    with pytest.raises(EvidenceErased):
        await recorded.playback.playable(recorded.call_id, Party.CUSTOMER, 1)
    report = await verify(world.db, recorded.signalling.plane, recorded.call_id)
    assert (report.is_intact, report.erased, report.faults) == (True, True, ())
    auditor = world.agent(role="auditor")
    path = f"/v1/desk/calls/{customer.call_id}"
    evidence = (await auditor.http.get(f"{path}/evidence")).json()
    assert (evidence["intact"], evidence["erased"]) == (True, True)
    assert evidence["events"][-1]["kind"] == "ERASED"
    assert (await auditor.http.get(f"{path}/recordings/AGENT/1")).status_code == 410
    async with world.db.transaction() as tx:
        left = [
            await tx.scalar(text(f"select {column} from {table}"))  # noqa: S608, our own words
            for table, column in (
                ("data_key", "sealed_key"),
                ("media_session", "sealed_key"),
                ("call", "note"),
            )
        ]
    assert left == [None] * 3
    folder = tmp_path / "export"
    refused = await run_command(world.settings, "export", customer.call_id, str(folder))
    assert refused == (2, f"The key of call {recorded.call_id} was erased: nothing of it opens.\n")
    assert node.file_of(await recorded.part()).read_bytes() == sealed
    assert b"\xff\xd8\xff" not in sealed


async def test_who_was_doubted_is_kept_for_two_years(world: World) -> None:
    """R2, fraud: flagged by the agent's reason."""
    customer, agent = await photographed(world)
    await agent.do("reject", reason_code="FACE_MISMATCH")
    await world.hear(customer.released())

    assert await still_after(world, customer, MONTH + HOUR) == 200
    assert await still_after(world, customer, YEARS + HOUR) == 410


def connection_of(customer: Customer) -> ConnectionCompleted:
    """Say that the customer's number is connected."""
    now = clock.now()
    return ConnectionCompleted(
        occurred_at=now,
        hold_id=customer.hold_id,
        number_id=uuid7(),
        connection_id=uuid7(),
        officer_id=uuid7(),
        connected_at=now,
    )


async def test_a_connected_number_keeps_its_evidence(world: World) -> None:
    """R1: for the life of the subscription, of whose end no fact tells."""
    customer, agent = await photographed(world)
    await agent.approve()
    await world.hear(connection_of(customer), customer.released())

    assert await still_after(world, customer, YEARS + HOUR) == 200


async def test_a_legal_hold_keeps_evidence_until_it_is_lifted(world: World) -> None:
    customer, agent = await photographed(world)
    await agent.do("technical")
    await world.hear(customer.released())
    path = f"/v1/desk/holds/{customer.hold_id}/legal-hold"
    manager = world.agent(role="region_manager")
    placed = [
        await manager.http.put(path, json={"reason_code": reason})
        for reason in ("LAWSUIT", "POLICE")
    ]
    stranger = await world.agent("KV3", role="region_manager").http.put(
        path, json={"reason_code": "LAWSUIT"}
    )
    agents = await agent.http.post(f"{path}/lift", json={"reason_code": "CASE_CLOSED"})

    assert await still_after(world, customer, YEARS + HOUR) == 200
    assert [a.json()["reason_code"] for a in placed] == ["LAWSUIT"] * 2
    assert (stranger.status_code, agents.status_code) == (404, 403)

    late, auditor = world.agent(role="region_manager"), world.agent(role="auditor")
    seen = f"/v1/desk/calls/{customer.call_id}/evidence"
    held = (await auditor.http.get(seen)).json()
    assert held["hold_id"] == str(customer.hold_id)
    assert held["legal_hold"]["reason_code"] == "LAWSUIT"
    assert (await late.http.post(f"{path}/lift", json={})).status_code == 422, "no reason"
    for _ in range(2):
        lifted = await late.http.post(f"{path}/lift", json={"reason_code": "CASE_CLOSED"})
        assert lifted.status_code == 204
    free = (await auditor.http.get(seen)).json()
    assert (free["legal_hold"], free["intact"]) == (None, True)
    assert [(e["kind"], e["body"]) for e in free["events"][-2:]] == [
        ("LEGAL_HOLD_PLACED", {"by": str(manager.id), "reason_code": "LAWSUIT"}),
        ("LEGAL_HOLD_LIFTED", {"by": str(late.id), "reason_code": "CASE_CLOSED"}),
    ]
    assert await still_after(world, customer, YEARS + 2 * HOUR) == 410


async def test_a_still_from_before_data_keys_is_emptied_and_only_then(world: World) -> None:
    customer, agent = await photographed(world)
    await agent.do("technical")
    async with world.db.engine.begin() as connection:
        await connection.execute(text("set local session_replication_role = replica"))
        await connection.execute(text("update photo set by_data_key = false"))
    with pytest.raises(IntegrityError, match="only ever added to"):
        async with world.db.transaction() as tx:
            await tx.execute(text("update photo set sealed = ''"))
    await world.hear(customer.released())

    assert await still_after(world, customer, MONTH + HOUR) == 410

    report = await verify(world.db, world.app.state.playback.plane, UUID(customer.call_id))
    assert (report.is_intact, report.erased) == (True, True)
