"""A database from before upgrades in place, and its orders go on."""

import asyncio
from datetime import timedelta
from uuid import UUID

import pytest
from alembic import command
from services.order.tests.parcels import says
from services.order.tests.world import World
from sqlalchemy import text

from events import HoldConfirmed, HoldExpired, HoldReleased, ShipmentHandedOver
from kit import clock
from kit.db import Database
from kit.migrations import config_for
from order.journeys.domain import Journey

BEFORE = "0004"


async def _upgraded(db: Database) -> None:
    """Take the schema back to the release before, and forward again, with its rows in it."""
    settings = config_for("order", db.engine.url.render_as_string(hide_password=False))
    await db.engine.dispose()
    try:
        await asyncio.to_thread(command.downgrade, settings, BEFORE)
    finally:
        await asyncio.to_thread(command.upgrade, settings, "head")


@pytest.mark.parametrize("ending", [HoldExpired, HoldReleased])
async def test_what_was_heard_of_a_hold_before_is_kept(
    world: World, ending: type[HoldExpired | HoldReleased]
) -> None:
    """An expiry is turned back by a confirmation, a release never: also after an upgrade."""
    order = await world.place(await world.hold(), "COD")
    hold_id, now = UUID(order["hold_id"]), clock.now()
    handed = says(ShipmentHandedOver, hold_id)
    await world.consumes(says(HoldConfirmed, hold_id, at=now), handed)
    await world.consumes(says(ending, hold_id, at=now + timedelta(seconds=1)))
    async with world.db.transaction() as tx:
        before = (await tx.get_one(Journey, hold_id)).closed_because

    await _upgraded(world.db)

    async with world.db.transaction() as tx:
        assert (await tx.get_one(Journey, hold_id)).closed_because == before
    await world.consumes(says(HoldConfirmed, hold_id, at=now + timedelta(seconds=2)))
    shown = await world.read(order)
    assert (shown["status"] == "CANCELLED") is (ending is HoldReleased)


async def test_a_parcel_on_the_road_is_still_there(world: World) -> None:
    order = await world.place(await world.hold(), "COD")
    await world.consumes(says(ShipmentHandedOver, order["hold_id"]))

    await _upgraded(world.db)

    async with world.db.transaction() as tx:
        assert await tx.scalar(text('select reached from "order"')) == "DELIVERING"
