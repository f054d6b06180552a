"""The population of the demo on the running suite: what staff find in their lists."""

import asyncio
from contextlib import suppress
from typing import Any, Final

from demo.actors import Actors
from demo.population.people import REGIONS
from demo.population.plan import Slot, State, plan
from demo.population.registry import Registry
from demo.population.worker import Worker
from values.wards import Region

ABREAST: Final = 4
SHIPMENTS: Final = {
    "PENDING": {State.ORDER_PENDING, State.ORDER_PENDING_PAID, State.STORE_PENDING},
    "AWAITING_COLLECTION": {State.ORDER_BOOKED, State.ORDER_PACKED, State.COLLECTION_FAILED}
    | {State.STORE_READY, State.CARRIER_REFUSED},
    "DELIVERING": {State.DELIVERING, State.DELIVERY_FAILED, State.PARCEL_REFUSED},
    "DELIVERED": {State.DELIVERED, State.STORE_COLLECTED},
    "CANCELLED": {State.CANCELLED, State.ORDER_REJECTED, State.PARCEL_RETURNED},
}
"""The states of orders, by the tab in which OSP finds them."""
DESKS: Final = {State.CONNECTION_QUEUED, State.CONNECTION_CLAIMED, State.CALL_WAITING}
ALONE: Final = {State.CARRIER_REFUSED, State.REFUND_BY_HAND, State.INCIDENT}
"""States that switch a fault of an outside system on: no other journey may take it."""
SHORT: Final = [
    Slot(slot.number, slot.state, REGIONS[slot.number % len(REGIONS)])
    for slot in plan(len(State))
    if slot.state in DESKS | ALONE | set[State]().union(*SHIPMENTS.values())
]
BROKEN_OFF: Final = plan(3)
"""Places that the short form leaves free."""


async def listed(gateway: Any, path: str, **params: Any) -> set[str]:
    """Return the holds of a whole list."""
    holds: set[str] = set()
    after = None
    while True:
        page = await gateway.get(path, limit=100, after=after, **params)
        holds |= {item["hold_id"] for item in page["items"]}
        if not (after := page.get("next")):
            return holds


async def test_one_journey_of_each_state_is_where_its_staff_look_for_it(actors: Actors) -> None:
    """F3 to F5b, P5, P6: the states that lists of staff are made of, in nine regions."""
    registry, worker = Registry(actors.gateway), Worker(actors)
    places = asyncio.Semaphore(ABREAST)

    async def play_in(region: Region) -> None:
        async with places:  # an agent has one call in hand: the journeys of a region take turns
            for slot in SHORT:
                if slot.region == region and slot.state not in ALONE:
                    await worker.play(slot)

    try:
        await asyncio.gather(*map(play_in, REGIONS))
        for slot in SHORT:
            if slot.state in ALONE:
                await worker.play(slot)
        await worker.keep_callers()
        holds = {row.state: row.hold_id for row in (await registry.journeys()).values()}
        await _are_where_staff_look(actors, holds)
    finally:
        await worker.close()


async def _are_where_staff_look(actors: Actors, holds: dict[str, str]) -> None:
    osp, officer = (await actors.osp()).gateway, (await actors.officer("officer9")).gateway
    for tab, states in SHIPMENTS.items():
        shown = await listed(osp, "/api/shipping/v1/staff/shipments", tab=tab)
        assert {state for state in states if holds[state] not in shown} == set(), tab
    queue = await listed(officer, "/api/activation/v1/desk/queue")
    assert {holds[State.CONNECTION_QUEUED], holds[State.CONNECTION_CLAIMED]} <= queue
    incidents = await officer.get("/api/activation/v1/desk/incidents")
    assert holds[State.INCIDENT] in {item["hold_id"] for item in incidents["items"]}
    agent = (await actors.agent("agent9")).gateway
    waiting = (await agent.get("/api/videocall/v1/desk/queue"))["items"]
    assert holds[State.CALL_WAITING] in {call["hold_id"] for call in waiting}


async def test_work_that_was_broken_off_is_taken_up_and_reaches_the_target(actors: Actors) -> None:
    """A journey that was not finished is played again; one that was made is not."""
    registry = Registry(actors.gateway)
    await registry.want(len(BROKEN_OFF))
    first = asyncio.create_task(Worker(actors).run())
    while not await _places(registry, made=False):  # noqa: ASYNC110, the worker tells nobody
        await asyncio.sleep(0.05)
    first.cancel()
    with suppress(asyncio.CancelledError):
        await first
    before = await _places(registry, made=True)

    again = Worker(actors)
    while await again.play_next():
        pass
    await again.close()
    await registry.want(0)

    after = await _places(registry, made=True)
    assert set(after) == {slot.number for slot in BROKEN_OFF}
    assert before.items() <= after.items()


async def _places(registry: Registry, *, made: bool) -> dict[int, str]:
    """Return the holds of the places that were made, or that were begun only."""
    rows = await registry.journeys()
    taken = [rows[slot.number] for slot in BROKEN_OFF if slot.number in rows]
    return {row.number: row.hold_id for row in taken if row.made is made}
