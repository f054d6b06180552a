"""A database from before signatures were bound upgrades in place, and its journeys go on."""

import asyncio
from datetime import datetime
from typing import Any

import pytest
from alembic import command
from sqlalchemy import text

from activation.activations.commands import get
from activation.activations.states import Stage
from events import HoldConfirmed
from events.ids import uuid7
from kit.db import Database
from kit.migrations import config_for

BEFORE = "0001"
ROW = text(
    "insert into activation (id, hold_id, number_id, sim, stage, confirmed_at, submission,"
    " request_id, incident, claimed_by, version)"
    " values (:id, :hold, :number, 'PHYSICAL', :stage, :confirmed, 1, :request, :incident, :by, 1)"
)
PHOTO = text(
    "insert into sim_photo (hold_id, sealed, sha256, taken_at)"
    " values (:hold, 'sealed', :sha256, :now)"
)


async def kept_from_before(db: Database, rows: list[dict[str, Any]], photo: dict[str, Any]) -> None:
    """Fill a database of the former version, and upgrade it."""
    config = config_for("activation", db.engine.url.render_as_string(hide_password=False))
    await db.engine.dispose()
    await asyncio.to_thread(command.downgrade, config, BEFORE)
    try:
        async with db.engine.begin() as connection:
            for row in rows:
                ids = {"id": uuid7(), "number": uuid7(), "request": uuid7()}
                await connection.execute(ROW, row | ids)
            await connection.execute(PHOTO, photo)
    finally:
        await db.engine.dispose()
        await asyncio.to_thread(command.upgrade, config, "head")


@pytest.mark.parametrize("is_confirmed", [True, False])
async def test_what_was_closed_signed_or_noticed_before_is_kept(
    db: Database, noon: datetime, *, is_confirmed: bool
) -> None:
    """An activation that an expiry closed before the payment may be paid for; no other reopens."""
    closed, queued = uuid7(), uuid7()
    rows: list[dict[str, Any]] = [
        {"hold": closed, "stage": "CLOSED", "incident": None, "by": None}
        | {"confirmed": noon if is_confirmed else None},
        {"hold": queued, "stage": "QUEUED", "incident": "APPROVER_CONFIRMED_AT_MSALE"}
        | {"confirmed": noon, "by": uuid7()},
    ]
    await kept_from_before(db, rows, {"hold": queued, "sha256": "a" * 64, "now": noon})

    async with db.transaction() as tx:
        waits, old = await get(tx, queued), await get(tx, closed)
        noticed = (await tx.execute(text("select kind, closed_at from incident"))).one()
        old.hear(HoldConfirmed(occurred_at=noon, hold_id=closed, number_id=uuid7(), because="PAID"))
        old.settle()

    assert (waits.sim_photo_sha256, waits.signed_for) == ("a" * 64, None)
    assert waits.claimed_at is not None
    assert tuple(noticed) == ("APPROVER_CONFIRMED_AT_MSALE", None)
    assert old.stage is (Stage.CLOSED if is_confirmed else Stage.OPEN)
