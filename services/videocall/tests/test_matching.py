"""Calls and agents are matched: in which order, never twice, and nobody is forgotten (SD.1)."""

import asyncio

import pytest
from services.videocall.tests.world import Agent, Customer, World, ringing, waiting
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError


async def test_returning_comes_before_an_appointment_and_that_before_everybody(
    world: World,
) -> None:
    usual, promised = await waiting(world), await world.customer()
    cut_off, agent = await in_call_of(world)
    async with world.db.transaction() as tx:
        await tx.execute(
            text(
                "insert into appointment (id, hold_id, team, starts_at, booked_at)"
                " values (gen_random_uuid(), :hold, 'KV2-CALL', now(), now())"
            ),
            {"hold": promised.hold_id},
        )
    await promised.call()
    await agent.do("technical")
    await cut_off.call()

    order = [(await world.agent().next()).json()["call_id"] for _ in range(3)]

    assert order == [cut_off.call_id, promised.call_id, usual.call_id]


async def in_call_of(world: World) -> tuple[Customer, Agent]:
    """Let a customer of a team of its own be answered, past those who wait for another."""
    customer, agent = await world.customer(region="KV5"), world.agent("KV5")
    await customer.call()
    assert (await agent.next()).status_code == 200
    await world.hear(customer.routed(region="KV2"))
    return customer, agent


@pytest.mark.parametrize("party", ["call", "agent"])
async def test_the_database_itself_allows_one_live_reservation(world: World, party: str) -> None:
    _, agent, offer = await ringing(world)
    other = await waiting(world)
    values = {"call": offer["call_id"], "agent": agent.id, "epoch": 9}
    if party == "agent":
        values["call"] = other.call_id
    else:
        stranger = world.agent()
        await stranger.offer()
        values["agent"] = stranger.id

    with pytest.raises(IntegrityError, match=f"one_live_reservation_per_{party}"):
        async with world.db.transaction() as tx:
            await tx.execute(
                text(
                    "insert into reservation (call_id, epoch, agent_id, agent_epoch, state,"
                    " offered_at, expires_at) values (:call, :epoch, :agent, 9, 'OFFERED',"
                    " now(), now())"
                ),
                values,
            )


async def test_of_many_pairs_at_once_none_is_left_and_no_call_rings_twice(world: World) -> None:
    """Lost wake-ups: a call arrives while an agent becomes free, and nothing sweeps."""
    for _ in range(12):
        customers = [await world.customer() for _ in range(6)]
        agents = [world.agent() for _ in range(6)]
        ready = (agent.is_in("AVAILABLE") for agent in agents)
        await asyncio.gather(*(customer.call() for customer in customers), *ready)

        offers = [await agent.offer() for agent in agents]

        assert len({offer["call_id"] for offer in offers if offer}) == 6
        for agent, offer in zip(agents, offers, strict=True):
            assert offer
            await agent.answers("accept", offer)
            await agent.is_in("OFFLINE")
            await agent.do("technical")


async def test_the_sweep_matches_what_no_change_has_matched(world: World) -> None:
    """An event of another service freed the agent: it holds no region, so it does not match."""
    customer, agent, _ = await ringing(world)
    other = await waiting(world)
    await world.hear(customer.released())
    assert await agent.offer() is None

    await asyncio.gather(*(world.tick() for _ in range(4)))

    assert (await agent.offer() or {})["call_id"] == other.call_id
