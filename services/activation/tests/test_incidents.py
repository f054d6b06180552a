"""Incidents: a person sees what could not be stopped, and decides (G28, decision 0024)."""

from uuid import UUID

import pytest
from services.activation.tests.journey import Journey
from services.activation.tests.msale import MsaleStandIn
from services.activation.tests.told import HOUR

from activation.msale.gateways import SYNC, tasks
from events import (
    ConnectionCompleted,
)
from events.ids import uuid7
from kit.testing import facts, published


async def test_a_revocation_that_msale_outran_is_a_case_and_no_success(
    esim: Journey, msale: MsaleStandIn
) -> None:
    """The connection is checked again in the transaction that hears mSale's result."""
    await esim.queues()
    await esim.decided("confirm", uuid7())
    await msale.connects_at_once()
    await esim.hears(esim.revoked(esim.at + 3 * HOUR))
    await esim.tasks_run()

    [incident] = await esim.incidents()
    assert (incident["kind"], incident["found"]) == ("CONNECTED_WITHOUT_PROOF", ["VIDEO_CALL"])
    assert "ConnectionCompleted" not in await published(esim.db)
    async with esim.caller() as caller:
        assert (await caller.get(esim.url("/esim"))).status_code == 404


@pytest.mark.parametrize("resolution", ["STANDS", "UNDONE"])
async def test_a_withheld_connection_goes_on_or_ends_as_a_person_decides(
    esim: Journey, msale: MsaleStandIn, resolution: str
) -> None:
    msale.officer_override = str(esim.agent_id)
    await esim.is_connected()
    [incident] = await esim.incidents()
    body = {"resolution": resolution, "note": "Đã đối chiếu lại hồ sơ"}
    url = f"/v1/desk/incidents/{incident['id']}/close"
    async with esim.officer(esim.agent_id) as agent, esim.officer(colleague := uuid7()) as desk:
        own = await agent.post(url, json=body)
        closed = await desk.post(url, json=body)
        again = await desk.post(url, json=body)
        otherwise = await desk.post(url, json=body | {"resolution": "UNDONE"})
    await esim.tasks_run()

    assert (own.status_code, own.json()["type"]) == (403, "/problems/involved-may-not-close")
    assert [closed.status_code, again.status_code] == [200, 200]
    refused = {"STANDS": (409, str(colleague)), "UNDONE": (200, None)}[resolution]
    assert (otherwise.status_code, otherwise.json().get("decided_by")) == refused
    assert await esim.incidents() == []
    [kept] = await esim.incidents("CLOSED")
    assert (kept["closed_by"], kept["resolution"]) == (str(colleague), resolution)
    said = [f for f in await facts(esim.db) if isinstance(f, ConnectionCompleted)]
    if resolution == "STANDS":
        assert [fact.officer_id for fact in said] == [colleague]
        assert (await esim.status())["status"] == "ESIM_QR_SENT"
    else:
        assert said == []
        assert (await esim.status())["status"] == "REFUSED"


async def test_a_revocation_after_the_connection_is_a_case_and_locks_the_esim(
    esim: Journey,
) -> None:
    await esim.is_connected()
    revoked = esim.revoked(esim.at + 3 * HOUR)
    await esim.hears(revoked)
    await esim.hears(revoked.model_copy(update={"event_id": uuid7()}))

    [incident] = await esim.incidents()
    assert incident["kind"] == "CALL_REVOKED_AFTER_CONNECTION"
    async with esim.caller() as caller:
        card = await caller.get(esim.url("/esim"))
        more = await caller.post(esim.url("/esim/reissue"))
    assert [card.status_code, more.status_code] == [409, 409]
    assert card.json()["type"] == "/problems/under-review"
    async with esim.officer() as desk:
        body = {"resolution": "STANDS", "note": "Khách hàng đã đến cửa hàng"}
        await desk.post(f"/v1/desk/incidents/{incident['id']}/close", json=body)
    async with esim.caller() as caller:
        assert (await caller.get(esim.url("/esim"))).status_code == 200


async def test_incidents_are_seen_by_region_a_page_at_a_time(esim: Journey) -> None:
    await esim.is_connected()
    await esim.hears(esim.revoked(esim.at + 3 * HOUR))
    [incident] = await esim.incidents()

    async with esim.officer(region="KV5") as elsewhere:
        nothing = await elsewhere.get("/v1/desk/incidents")
        refused = await elsewhere.post(
            f"/v1/desk/incidents/{incident['id']}/close",
            json={"resolution": "STANDS", "note": "không phải của tôi"},
        )
    async with esim.officer() as desk:
        after = await desk.get("/v1/desk/incidents", params={"after": incident["id"]})
        strange = [
            (await desk.get(path, params={"after": str(uuid7())})).json()["type"]
            for path in ("/v1/desk/incidents", "/v1/desk/queue")
        ]

    assert (nothing.json()["items"], refused.status_code) == ([], 404)
    assert after.json() == {"items": [], "next": None}
    assert strange == ["/problems/unknown-cursor"] * 2


async def test_a_result_is_asked_for_until_it_is_there(esim: Journey, msale: MsaleStandIn) -> None:
    """A case is noticed once, however often mSale is asked."""
    msale.officer_override = str(esim.agent_id)
    await esim.is_connected()
    [connection] = msale.connections.values()
    for _ in range(2):
        async with esim.db.transaction() as tx:
            await tasks.add(tx, SYNC, ref=UUID(connection["request_id"]))
        await esim.tasks_run()

    assert len(await esim.incidents()) == 1


async def test_a_newer_attempt_after_the_connection_is_a_case(esim: Journey) -> None:
    """Another person is checked than was connected: a person looks."""
    await esim.is_connected()
    await esim.hears(*esim.new_check(esim.at + 3 * HOUR)[:2])

    [incident] = await esim.incidents()
    assert incident["kind"] == "CHECK_REPLACED_AFTER_CONNECTION"
    async with esim.caller() as caller:
        assert (await caller.get(esim.url("/esim"))).status_code == 409


async def test_what_our_officer_refused_and_msale_connected_is_a_case_and_no_success(
    esim: Journey, msale: MsaleStandIn
) -> None:
    """P6.1: a colleague at mSale was quicker; the refusal is not overruled in silence."""
    await esim.queues()
    why = {"reason_code": "FRAUD_SUSPECTED", "reason_text": "Nghi ngờ giả mạo"}
    assert (await esim.decided("refuse", uuid7(), why)).status_code == 200
    await msale.connects_at_once()
    await esim.tasks_run()

    [incident] = await esim.incidents()
    assert (incident["kind"], incident["found"]) == ("CONNECTED_WITHOUT_PROOF", ["DECISION"])
    assert "ConnectionCompleted" not in await published(esim.db)
    async with esim.officer() as desk:
        body = {"resolution": "UNDONE", "note": "Đã hủy tại mSale"}
        await desk.post(f"/v1/desk/incidents/{incident['id']}/close", json=body)
    status = await esim.status()
    assert (status["status"], status["repeat"]) == ("REFUSED", "STORE")


async def test_a_connection_that_nobody_is_named_for_is_a_case_though_its_order_is_gone(
    esim: Journey, msale: MsaleStandIn
) -> None:
    """Else the task failed for ever, and no person ever heard of it."""
    await esim.queues()
    await msale.connects_at_once()
    [connection] = msale.connections.values()
    connection["officer_id"] = None
    await esim.hears(esim.released(esim.at + 3 * HOUR))
    await esim.tasks_run()

    [incident] = await esim.incidents()
    assert incident["kind"] == "CONNECTED_WITHOUT_PROOF"
    async with esim.officer(closes := uuid7()) as desk:
        body = {"resolution": "STANDS", "note": "Số đã hòa mạng tại mSale"}
        await desk.post(f"/v1/desk/incidents/{incident['id']}/close", json=body)
    await esim.tasks_run()
    said = [f for f in await facts(esim.db) if isinstance(f, ConnectionCompleted)]
    assert [fact.officer_id for fact in said] == [closes]


async def test_a_case_is_not_closed_onto_nothing_while_msale_is_asked(
    esim: Journey, msale: MsaleStandIn
) -> None:
    """A decision that fell between two answers of mSale would leave the customer for ever."""
    msale.officer_override = str(esim.agent_id)
    await esim.is_connected()
    [incident] = await esim.incidents()
    await esim.hears(esim.revoked(esim.at + 3 * HOUR))
    body = {"resolution": "STANDS", "note": "Đã đối chiếu lại hồ sơ"}
    url = f"/v1/desk/incidents/{incident['id']}/close"

    async with esim.officer(uuid7()) as desk:
        early = await desk.post(url, json=body)
        await esim.tasks_run()
        closed = await desk.post(url, json=body)
    await esim.tasks_run()

    assert [early.status_code, closed.status_code] == [409, 200]
    assert early.json()["type"] == "/problems/activation-closed"
    assert "ConnectionCompleted" in await published(esim.db)
