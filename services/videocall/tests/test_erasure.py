"""A customer is to be forgotten: evidence is erased, or kept on a ground that is noted (LAW12)."""

import json
from collections.abc import Awaitable, Callable
from uuid import UUID

import pytest
from services.videocall.tests.test_retention import connection_of, photographed
from services.videocall.tests.world import Agent, Customer, World

from events import SubjectErased
from kit import clock
from videocall.chain.queries import events_of
from videocall.verification.queries import verify

Happening = Callable[[World, Customer, Agent], Awaitable[None]]


def erased(customer: Customer) -> SubjectErased:
    """Say that everything about the customer must be forgotten that no law keeps."""
    return SubjectErased(occurred_at=clock.now(), subject_id=customer.id)


async def opens(world: World, customer: Customer) -> int:
    """Return how a look at a still of the customer is answered."""
    auditor = world.agent(role="auditor")
    return (await auditor.http.get(f"/v1/desk/calls/{customer.call_id}/photos/FACE")).status_code


async def words_of(world: World, customer: Customer) -> list[tuple[str, str | None]]:
    """Return what the chain says of erasures, and why; the chain is intact."""
    call_id = UUID(customer.call_id)
    assert (await verify(world.db, world.app.state.playback.plane, call_id)).is_intact
    async with world.db.transaction() as tx:
        events = await events_of(tx, call_id)
    kinds = ("ERASED", "ERASURE_REFUSED")
    return [(e.kind, json.loads(e.body).get("because")) for e in events if e.kind in kinds]


async def held(world: World, customer: Customer, _: Agent) -> None:
    path = f"/v1/desk/holds/{customer.hold_id}/legal-hold"
    manager = world.agent(role="region_manager")
    assert (await manager.http.put(path, json={"reason_code": "POLICE"})).status_code == 200
    await world.hear(customer.released())


async def connected(world: World, customer: Customer, agent: Agent) -> None:
    assert (await agent.approve()).status_code == 200
    await world.hear(connection_of(customer))


async def doubted(world: World, customer: Customer, agent: Agent) -> None:
    await agent.do("reject", reason_code="FACE_MISMATCH")
    await world.hear(customer.released())


@pytest.mark.parametrize(
    ("happens", "ground"),
    [(held, "LEGAL_HOLD"), (connected, "CONNECTED"), (doubted, "SUSPECTED")],
)
async def test_what_the_law_or_a_person_keeps_is_kept_and_the_ground_is_noted_once(
    world: World, happens: Happening, ground: str
) -> None:
    """A business no is never silent: the chain has it, and so the auditor's page."""
    customer, agent = await photographed(world)
    await happens(world, customer, agent)

    await world.hear(erased(customer), erased(customer))
    for _ in range(2):
        await world.tick()

    assert await opens(world, customer) == 200
    assert await words_of(world, customer) == [("ERASURE_REFUSED", ground)]


@pytest.mark.parametrize("is_heard_first", [True, False])
async def test_evidence_that_nothing_keeps_is_erased_before_its_time(
    world: World, *, is_heard_first: bool
) -> None:
    """R2; the facts of hold and identity come in any order."""
    customer, agent = await photographed(world)
    await agent.do("technical")
    facts = [customer.released(), erased(customer)]

    await world.hear(*(reversed(facts) if is_heard_first else facts))
    await world.tick()

    assert await opens(world, customer) == 410
    assert await words_of(world, customer) == [("ERASED", "SUBJECT_ERASED")]


async def test_a_journey_under_way_is_erased_when_it_ends(world: World) -> None:
    customer, agent = await photographed(world)
    await world.hear(erased(customer))
    await world.tick()
    assert await words_of(world, customer) == [("ERASURE_REFUSED", "OPEN")]
    assert (await agent.do("technical")).status_code == 200

    await world.hear(customer.released())
    await world.tick()

    assert await opens(world, customer) == 410
    assert (await words_of(world, customer))[1:] == [("ERASED", "SUBJECT_ERASED")]


async def test_a_legal_hold_that_is_lifted_lets_an_erasure_take_effect(world: World) -> None:
    customer, agent = await photographed(world)
    await agent.do("technical")
    await held(world, customer, agent)
    await world.hear(erased(customer))
    await world.tick()
    path = f"/v1/desk/holds/{customer.hold_id}/legal-hold/lift"
    manager = world.agent(role="region_manager")

    assert (await manager.http.post(path, json={"reason_code": "CLOSED"})).status_code == 204
    await world.tick()

    assert await opens(world, customer) == 410
    assert await words_of(world, customer) == [
        ("ERASURE_REFUSED", "LEGAL_HOLD"),
        ("ERASED", "SUBJECT_ERASED"),
    ]


async def test_others_are_not_forgotten(world: World) -> None:
    stranger, agent = await photographed(world)
    await agent.do("technical")
    await world.hear(stranger.released())
    other = await world.customer()

    await world.hear(erased(other))
    await world.tick()

    assert await opens(world, stranger) == 200
    assert await words_of(world, stranger) == []
