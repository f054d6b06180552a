"""Every hold has a clock: the activation's starts when the customer has the SIM (G39)."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from fastapi import FastAPI
from services.activation.tests.journey import Journey
from services.activation.tests.told import HOUR

from activation.jobs import jobs
from activation.settings import Settings
from events import ActivationEnding, HoldConfirmed, ShipmentDelivered
from events.ids import uuid7
from kit.db import Database
from kit.testing import facts, published

DAYS = timedelta(days=1)


async def tick(journey: Journey, now: datetime) -> None:
    """Let the clock strike."""
    url = journey.db.engine.url.render_as_string(hide_password=False)
    settings = Settings(database_url=url, keys_dir=journey.keys)  # type: ignore[arg-type] # pydantic reads it
    for job in jobs(settings).all:
        await job.work(journey.db, now)


async def test_an_activation_nobody_finished_is_reminded_of_and_expires(esim: Journey) -> None:
    """G39: a reminder before, and the number goes back on sale, once."""
    for days in (26, 27, 28, 29):
        await tick(esim, esim.at + days * DAYS)
    reminded = await published(esim.db)
    for days in (30, 31):
        await tick(esim, esim.at + days * DAYS)

    assert reminded == ["ActivationEnding"]
    assert await published(esim.db) == ["ActivationEnding", "ActivationExpired"]
    [ending, _] = await facts(esim.db)
    assert isinstance(ending, ActivationEnding)
    assert ending.ends_at == esim.at + 30 * DAYS
    assert (await esim.signs()).json()["type"] == "/problems/activation-closed"


@pytest.mark.parametrize("ago", [timedelta(days=40), timedelta()], ids=["a month ago", "now"])
async def test_the_clock_of_a_card_starts_at_its_receipt_and_never_before_its_sale(
    db: Database, app: FastAPI, keys_dir: Path, noon: datetime, ago: timedelta
) -> None:
    """A delivery that is dated before the sale frees no number that was just sold."""
    journey = Journey(db, app, keys_dir, "PHYSICAL", noon)
    *told, delivered = journey.told()
    assert isinstance(delivered, ShipmentDelivered)
    dated = delivered.model_copy(update={"delivered_at": journey.at - ago})
    await journey.hears(*told)
    waits = (await journey.status())["deadline"]
    await journey.hears(dated)
    await tick(journey, journey.at + 29 * DAYS)

    assert waits is None
    assert datetime.fromisoformat((await journey.status())["deadline"]) == noon + 30 * DAYS
    assert "ActivationExpired" not in await published(db)


async def test_a_receipt_of_tomorrow_was_today(physical: Journey) -> None:
    """Nobody's clock postpones the deadline for good."""
    twin = Journey(physical.db, physical.app, physical.keys, "PHYSICAL", physical.at)
    *told, delivered = twin.told()
    late = delivered.model_copy(update={"delivered_at": twin.at + 900 * DAYS})
    await twin.hears(*told, late)

    assert datetime.fromisoformat((await twin.status())["deadline"]) == twin.at + 30 * DAYS


async def test_what_is_with_the_desk_does_not_expire(esim: Journey) -> None:
    """The operator's own time is not the customer's."""
    await esim.queues()
    await tick(esim, esim.at + 40 * DAYS)

    assert "ActivationExpired" not in await published(esim.db)


async def test_the_clock_starts_only_with_the_confirmation(
    db: Database, app: FastAPI, keys_dir: Path, noon: datetime
) -> None:
    esim = Journey(db, app, keys_dir, "ESIM", noon)
    told = [fact for fact in esim.told() if not isinstance(fact, HoldConfirmed)]
    await esim.hears(*told)
    await tick(esim, noon + 40 * DAYS)
    unpaid = await published(db)
    await esim.hears(
        HoldConfirmed(
            occurred_at=noon + HOUR, hold_id=esim.hold_id, number_id=uuid7(), because="PAID"
        )
    )
    await tick(esim, noon + 40 * DAYS)

    assert unpaid == []
    assert await published(db) == ["ActivationExpired"]
