"""Cancelling an eSIM's order and connecting it: one of both happens (G18)."""

import asyncio
import random

import pytest
from services.activation.tests.journey import Journey
from services.activation.tests.msale import MsaleStandIn

from events import (
    ActivationStopped,
    ActivationStopRefused,
)
from events.ids import uuid7
from kit.testing import facts, published


def states(msale: MsaleStandIn) -> list[str]:
    return [connection["state"] for connection in msale.connections.values()]


async def test_an_unsent_esim_is_cancelled_at_once(esim: Journey) -> None:
    """G18: nothing is at mSale, and nothing will be."""
    await esim.signs()
    await esim.hears(esim.cancel_asked())

    sent = await esim.submits()
    [answer] = [f for f in await facts(esim.db) if isinstance(f, ActivationStopped)]
    assert answer.order_id == esim.order_id
    assert sent.status_code == 409
    assert (await esim.status())["status"] == "CLOSED"


async def test_a_queued_esim_is_withdrawn_before_its_order_is_cancelled(
    esim: Journey, msale: MsaleStandIn
) -> None:
    await esim.queues()
    await esim.hears(esim.cancel_asked())
    waits = await published(esim.db)
    await esim.tasks_run()

    assert "ActivationStopped" not in waits
    assert (states(msale), (await published(esim.db))[-1]) == (["WITHDRAWN"], "ActivationStopped")
    assert (await esim.status())["status"] == "CLOSED"


@pytest.mark.parametrize("connected", [False, True])
async def test_what_an_officer_has_decided_is_not_cancelled_any_more(
    esim: Journey, msale: MsaleStandIn, *, connected: bool
) -> None:
    await esim.queues()
    await esim.decided("confirm", uuid7())
    if connected:
        await esim.tasks_run()
    await esim.hears(esim.cancel_asked())
    await esim.tasks_run()

    [answer] = [f for f in await facts(esim.db) if isinstance(f, ActivationStopRefused)]
    assert answer.reason_code == ("ALREADY_CONNECTED" if connected else "CONNECTION_UNDER_WAY")
    assert states(msale) == ["CONNECTED"]
    assert (await esim.status())["status"] == "ESIM_QR_SENT"


async def test_a_cancelling_that_msale_outran_is_refused_and_the_connection_stands(
    esim: Journey, msale: MsaleStandIn
) -> None:
    await esim.queues()
    await msale.connects_at_once()
    await esim.hears(esim.cancel_asked())
    await esim.tasks_run()

    assert "ActivationStopRefused" in await published(esim.db)
    assert (await esim.status())["status"] == "ESIM_QR_SENT"
    assert await esim.incidents() == []


@pytest.mark.parametrize("seed", range(4))
async def test_of_cancelling_and_sending_one_wins_and_msale_keeps_no_orphan(
    esim: Journey, msale: MsaleStandIn, seed: int
) -> None:
    """Many press "send" while many ask to cancel: both may be answered, one happens."""
    msale.lose_answers = seed % 2
    await esim.signs()
    racers = [esim.submits() for _ in range(4)]
    racers += [esim.hears(esim.cancel_asked()) for _ in range(4)]  # type: ignore[misc] # both are awaited
    racers += [esim.tasks_run() for _ in range(2)]  # type: ignore[misc]
    random.Random(seed).shuffle(racers)
    await asyncio.gather(*racers)
    await esim.tasks_run()

    assert (await esim.status())["status"] == "CLOSED"
    assert "ActivationStopped" in await published(esim.db)
    assert [state for state in states(msale) if state != "WITHDRAWN"] == []


async def test_of_cancelling_and_confirming_one_wins(esim: Journey, msale: MsaleStandIn) -> None:
    await esim.queues()
    await asyncio.gather(
        *(esim.hears(esim.cancel_asked()) for _ in range(4)),
        *(esim.decided("confirm", uuid7()) for _ in range(4)),
    )
    await esim.tasks_run()

    [state], said = states(msale), await published(esim.db)
    assert state in ("WITHDRAWN", "CONNECTED")
    assert ("ActivationStopped" in said) == (state == "WITHDRAWN")
    assert ("ConnectionCompleted" in said) == (state == "CONNECTED")


async def test_a_parcel_is_not_this_services_to_stop(physical: Journey) -> None:
    """42: shipping answers for orders with a parcel."""
    await physical.hears(physical.cancel_asked())

    assert await published(physical.db) == []
    assert (await physical.signs()).status_code == 200


@pytest.mark.parametrize("own_trouble", ["LINE_DOWN", "SIGNATURE_INVALID"])
async def test_what_msale_has_refused_is_cancelled_at_once(
    esim: Journey, msale: MsaleStandIn, own_trouble: str
) -> None:
    """Delayed or refused, nothing of it is at mSale, and nobody sends it again."""
    msale.own_trouble = own_trouble
    await esim.is_connected()
    await esim.hears(esim.cancel_asked())
    async with esim.officer() as desk:
        again = await desk.post(f"/v1/desk/{esim.hold_id}/send-again")

    assert (await published(esim.db))[-1] == "ActivationStopped"
    assert ((await esim.status())["status"], again.status_code) == ("CLOSED", 409)
