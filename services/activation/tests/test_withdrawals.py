"""A connection that is not made yet is stopped, a made one becomes a case (G18, decision 0024)."""

import asyncio
import random

import pytest
from services.activation.tests.journey import Journey
from services.activation.tests.msale import MsaleStandIn
from services.activation.tests.told import HOUR

from events import (
    ConnectionCompleted,
    HoldConfirmed,
    HoldExpired,
    OrderCancelled,
)
from events.ids import uuid7
from kit.testing import facts, published


def states(msale: MsaleStandIn) -> list[str]:
    return [connection["state"] for connection in msale.connections.values()]


async def test_a_revoked_approval_takes_the_dossier_back_from_msale(
    esim: Journey, msale: MsaleStandIn
) -> None:
    """44: a revocation before the connection stops it; the customer calls again."""
    await esim.queues()
    await esim.hears(esim.revoked(esim.at + 3 * HOUR))
    await esim.tasks_run()

    status = await esim.status()
    assert states(msale) == ["WITHDRAWN"]
    assert (status["status"], status["waiting_for"]) == ("VIDEO_WAITING", ["VIDEO_CALL"])
    await esim.hears(esim.approved(esim.at + 4 * HOUR))
    await esim.is_connected()
    assert states(msale) == ["WITHDRAWN", "CONNECTED"]


async def test_a_withdrawal_whose_answer_was_lost_is_asked_for_again(
    esim: Journey, msale: MsaleStandIn
) -> None:
    await esim.queues()
    msale.lose_answers = 1
    await esim.hears(esim.revoked(esim.at + 3 * HOUR))
    await esim.tasks_run()

    assert (states(msale), msale.lose_answers) == (["WITHDRAWN"], 0)
    assert (await esim.status())["status"] == "VIDEO_WAITING"


@pytest.mark.parametrize("seed", range(3))
async def test_of_revoking_and_connecting_nobody_is_told_connected_by_a_revoked_approval(
    esim: Journey, msale: MsaleStandIn, seed: int
) -> None:
    """Officers confirm while tasks run and the approval is taken back, in any order."""
    await esim.queues()
    revoked = esim.revoked(esim.at + 3 * HOUR)
    racers = [esim.tasks_run() for _ in range(3)]
    racers += [esim.decided("confirm", uuid7()) for _ in range(3)]  # type: ignore[misc] # all are awaited
    racers += [esim.hears(revoked) for _ in range(3)]
    random.Random(seed).shuffle(racers)
    await asyncio.gather(*racers)
    await esim.tasks_run()

    [state], said = states(msale), await published(esim.db)
    kinds = [incident["kind"] for incident in await esim.incidents()]
    if state == "WITHDRAWN":
        assert ("ConnectionCompleted" in said, kinds) == (False, [])
    else:
        outrun = ["CONNECTED_WITHOUT_PROOF"], ["CALL_REVOKED_AFTER_CONNECTION"]
        assert kinds == outrun["ConnectionCompleted" in said]


async def test_a_revocation_heard_before_the_decision_has_left_stops_it(
    esim: Journey, msale: MsaleStandIn
) -> None:
    """Confirm 200, revoke 200, and then nobody is connected."""
    await esim.queues()
    assert (await esim.decided("confirm", uuid7())).status_code == 200
    await esim.hears(esim.revoked(esim.at + 3 * HOUR))
    await esim.tasks_run()

    assert states(msale) == ["WITHDRAWN"]
    assert not [f for f in await facts(esim.db) if isinstance(f, ConnectionCompleted)]
    assert await esim.incidents() == []


async def test_what_msale_connected_before_it_told_its_id_is_found_all_the_same(
    esim: Journey, msale: MsaleStandIn
) -> None:
    """The answer to the dossier was lost; the answer to the withdrawal names the connection."""
    await esim.signs()
    await esim.submits()
    msale.lose_answers = 1
    await esim.tasks_tried_once()
    await msale.connects_at_once()
    await esim.hears(esim.revoked(esim.at + 3 * HOUR))
    await esim.tasks_run()

    assert [i["kind"] for i in await esim.incidents()] == ["CONNECTED_WITHOUT_PROOF"]


async def test_a_hold_that_goes_while_its_dossier_is_queued_is_withdrawn(
    esim: Journey, msale: MsaleStandIn
) -> None:
    await esim.queues()
    await esim.hears(esim.released(esim.at + 3 * HOUR))
    await esim.tasks_run()

    assert states(msale) == ["WITHDRAWN"]
    assert (await esim.status())["status"] == "CLOSED"


async def test_a_number_connected_without_its_hold_is_stated_and_is_a_case(
    esim: Journey, msale: MsaleStandIn
) -> None:
    """A connection made by the network stays: nobody else may be sold this number."""
    await esim.queues()
    await msale.connects_at_once()
    await esim.hears(esim.released(esim.at + 3 * HOUR))
    await esim.tasks_run()

    assert [i["kind"] for i in await esim.incidents()] == ["CONNECTED_WITHOUT_ORDER"]
    assert "ConnectionCompleted" in await published(esim.db)


async def test_paid_in_time_and_heard_late_revives_the_activation(esim: Journey) -> None:
    """35: an expiry, and the order's echo of it, are not final."""
    expired = HoldExpired(
        occurred_at=esim.at + HOUR, hold_id=esim.hold_id, number_id=esim.number_id
    )
    echo = OrderCancelled(
        occurred_at=esim.at + HOUR,
        hold_id=esim.hold_id,
        order_id=esim.order_id,
        cancelled_by="SYSTEM",
        reason_code="HOLD_EXPIRED",
        refund_due_vnd=0,
        keep_number_until=None,
    )
    await esim.hears(expired, echo)
    gone = await esim.status()
    paid = HoldConfirmed(
        occurred_at=esim.at + 2 * HOUR,
        hold_id=esim.hold_id,
        number_id=esim.number_id,
        because="PAID",
    )
    await esim.hears(paid)

    assert gone["status"] == "CLOSED"
    assert (await esim.signs()).status_code == 200


async def test_a_revived_hold_does_not_forget_that_only_a_store_can_help(esim: Journey) -> None:
    """35 brings the number back, and not what an officer refused (G32)."""
    await esim.queues()
    why = {"reason_code": "FRAUD_SUSPECTED", "reason_text": "Nghi ngờ giả mạo"}
    assert (await esim.decided("refuse", uuid7(), why)).status_code == 200
    await esim.tasks_run()
    hold, number = esim.hold_id, esim.number_id
    expired = HoldExpired(occurred_at=esim.at + HOUR, hold_id=hold, number_id=number)
    later = esim.at + 2 * HOUR
    paid = HoldConfirmed(occurred_at=later, hold_id=hold, number_id=number, because="PAID")
    await esim.hears(expired)
    gone = await esim.status()
    await esim.hears(paid)

    status = await esim.status()
    assert gone["status"] == "CLOSED"
    assert (status["status"], status["repeat"]) == ("REFUSED", "STORE")
    assert (await esim.signs()).json()["type"] == "/problems/activation-closed"
