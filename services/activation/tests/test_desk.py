"""The connection desk: no dead claims, the evidence a decision needs, mSale's own trouble."""

from datetime import timedelta
from uuid import UUID

import httpx
import pytest
from services.activation.tests.journey import Journey, a_photo
from services.activation.tests.msale import MsaleStandIn

from activation.activations.domain import Officer
from activation.activations.domain.connecting import ClaimedByAnother
from activation.connections import commands
from events import ConnectionDelayed, ConnectionRejected
from events.ids import uuid7
from kit import clock
from kit.db import Database
from kit.tasks import task
from kit.testing import client, facts, published, token_for

LASTS = timedelta(minutes=30)


def manager(journey: Journey, manager_id: UUID | None = None) -> httpx.AsyncClient:
    roles, regions = ["region_manager"], ["KV2"]
    token = token_for(journey.keys, "staff", subject_id=manager_id, roles=roles, regions=regions)
    return client(journey.app, token)


async def test_a_claim_can_be_released_and_a_supervisor_takes_over(esim: Journey) -> None:
    await esim.queues()
    first, second, boss = uuid7(), uuid7(), uuid7()
    desk = f"/v1/desk/{esim.hold_id}"
    async with esim.officer(first) as one, esim.officer(second) as other:
        await one.post(f"{desk}/claim")
        stolen = await other.post(f"{desk}/release")
        assert (await one.post(f"{desk}/release")).json()["claimed_by"] is None
        assert (await other.post(f"{desk}/claim")).json()["claimed_by"] == str(second)
        too_much = await other.post(f"{desk}/take-over")
    async with manager(esim, boss) as supervisor:
        taken = await supervisor.post(f"{desk}/take-over")
        confirmed = await supervisor.post(f"{desk}/confirm")

    assert (stolen.status_code, too_much.status_code) == (409, 403)
    assert (taken.json()["claimed_by"], confirmed.status_code) == (str(boss), 200)


async def test_a_claim_nobody_acts_on_is_anybodys_again(esim: Journey) -> None:
    await esim.queues()
    gone, other = (Officer(uuid7(), frozenset()) for _ in range(2))
    now = clock.now()
    async with esim.db.transaction() as tx:
        await commands.claim(tx, esim.hold_id, gone, good_for=LASTS, now=now)
    with pytest.raises(ClaimedByAnother):
        async with esim.db.transaction() as tx:
            await commands.claim(tx, esim.hold_id, other, good_for=LASTS, now=now + LASTS / 2)
    async with esim.db.transaction() as tx:
        taken = await commands.claim(tx, esim.hold_id, other, good_for=LASTS, now=now + LASTS)

    assert taken.claimed_by == other.id


async def test_an_officer_sees_the_evidence_of_their_own_case_and_the_auditor_sees_them_look(
    physical: Journey,
) -> None:
    """LAW19: every look is written down; who has no case to decide sees nothing."""
    await physical.queues()
    officer, desk = uuid7(), f"/v1/desk/{physical.hold_id}"
    async with physical.officer(officer) as one:
        early = await one.get(f"{desk}/dossier")
        await one.post(f"{desk}/claim")
        dossier = await one.get(f"{desk}/dossier")
        drawn = await one.get(f"{desk}/signature")
        photo = await one.get(f"{desk}/sim-photo")
        curious = await one.get("/v1/access-log")
    async with physical.officer(region="KV5") as elsewhere:
        hidden = await elsewhere.get(f"{desk}/dossier")
    auditor = token_for(physical.keys, "staff", roles=["auditor"])
    async with client(physical.app, auditor) as audit:
        looks = (
            await audit.get("/v1/access-log", params={"hold_id": str(physical.hold_id)})
        ).json()
        unknown = await audit.get("/v1/access-log", params={"hold": "x"})

    assert [early.status_code, hidden.status_code, curious.status_code] == [409, 404, 403]
    assert dossier.headers["cache-control"] == "no-store"
    assert dossier.json()["form"]["full_name"] == "Nguyễn Thị Mẫu"
    assert dossier.json()["bound_to"]["attempt"] == 1
    assert drawn.content.startswith(b"\x89PNG")
    assert photo.content.startswith(b"\xff\xd8")
    assert [look["what"] for look in looks["items"]] == ["SIM_PHOTO", "SIGNATURE", "DOSSIER"]
    assert {look["staff_id"] for look in looks["items"]} == {str(officer)}
    assert unknown.status_code == 422


async def test_an_esim_has_no_photo_of_a_card(esim: Journey) -> None:
    await esim.queues()
    async with manager(esim) as supervisor:
        assert (await supervisor.get(f"/v1/desk/{esim.hold_id}/sim-photo")).status_code == 404


async def test_msales_own_trouble_asks_nothing_of_the_customer(
    esim: Journey, msale: MsaleStandIn
) -> None:
    """The desk sends the same dossier again, under a new request, and it is confirmed again."""
    msale.own_trouble = "connection system down"
    await esim.is_connected()
    delayed = await esim.status()
    msale.own_trouble = None
    async with esim.officer() as desk:
        seen = (await desk.get("/v1/desk/queue", params={"stage": "DELAYED"})).json()["items"]
        again = [await desk.post(f"/v1/desk/{esim.hold_id}/send-again") for _ in range(2)]
    await esim.tasks_run()
    await esim.decided("confirm", uuid7())
    await esim.tasks_run()

    assert (delayed["status"], delayed["waiting_for"]) == ("QUEUED", [])
    assert [item["hold_id"] for item in seen] == [str(esim.hold_id)]
    assert [answer.status_code for answer in again] == [200, 200]
    said = await facts(esim.db)
    assert [f.reason_code for f in said if isinstance(f, ConnectionDelayed)] == ["MSALE_REFUSED"]
    assert (await published(esim.db)).count("DossierSigned") == 1
    assert [c["state"] for c in msale.connections.values()] == ["REFUSED", "CONNECTED"]
    assert (await esim.status())["status"] == "ESIM_QR_SENT"


async def test_a_delayed_dossier_that_is_the_customers_to_mend_is_refused(
    esim: Journey, msale: MsaleStandIn
) -> None:
    msale.own_trouble = "E_1042"
    await esim.is_connected()
    why = {"reason_code": "DATA_MISMATCH", "reason_text": "Sai ngày sinh"}
    refused = await esim.decided("refuse", uuid7(), why)

    assert refused.status_code == 200
    assert (await esim.status())["repeat"] == "EDIT"


async def test_a_customer_sent_to_a_store_goes_on_when_a_supervisor_says_so(
    esim: Journey,
) -> None:
    await esim.queues()
    why = {"reason_code": "FRAUD_SUSPECTED", "reason_text": "Nghi ngờ giả mạo"}
    await esim.decided("refuse", uuid7(), why)
    await esim.tasks_run()
    stuck = await esim.signs()
    body = {"repeat": "SIGN", "reason_text": "Đã đối chiếu tại cửa hàng"}
    async with esim.officer() as officer, manager(esim) as supervisor:
        too_much = await officer.post(f"/v1/desk/{esim.hold_id}/reopen", json=body)
        opened = await supervisor.post(f"/v1/desk/{esim.hold_id}/reopen", json=body)
        again = await supervisor.post(f"/v1/desk/{esim.hold_id}/reopen", json=body)

    assert [stuck.status_code, too_much.status_code] == [409, 403]
    assert [opened.status_code, again.status_code] == [200, 409]
    said = [f.repeat for f in await facts(esim.db) if isinstance(f, ConnectionRejected)]
    assert said == ["STORE", "SIGN"]
    await esim.is_connected()


@pytest.mark.parametrize("moment", ["0001-01-01T00:00:00+07:00", "9999-12-31T23:59:59Z", "soon"])
async def test_msales_clock_is_not_believed_beyond_ours(
    esim: Journey, msale: MsaleStandIn, moment: str
) -> None:
    """A moment from outside is bounded, and no connection is older than its sale."""
    await esim.queues()
    await esim.decided("confirm", uuid7())
    await msale.connects_at_once()
    [connection] = msale.connections.values()
    connection["connected_at"] = moment
    await esim.tasks_run()

    status = await esim.status()
    assert status["status"] == "ESIM_QR_SENT"
    assert esim.at.isoformat()[:4] <= status["connected_at"][:4] <= clock.now().isoformat()[:4]


async def test_a_dossier_msale_will_not_take_in_waits_at_the_desk_with_the_reason(
    esim: Journey, msale: MsaleStandIn
) -> None:
    """A permanent refusal is no outage: it is not repeated, and somebody looks."""
    msale.refuses = 422
    await esim.signs()
    await esim.submits()
    await esim.tasks_run()
    tried = len(msale.requests)
    msale.refuses = None
    [delayed] = [f for f in await facts(esim.db) if isinstance(f, ConnectionDelayed)]
    async with esim.officer() as desk:
        again = await desk.post(f"/v1/desk/{esim.hold_id}/send-again")
    await esim.tasks_run()

    assert (tried, delayed.reason_code) == (1, "ANSWERED_422")
    assert again.status_code == 200
    assert [c["state"] for c in msale.connections.values()] == ["QUEUED"]


async def test_the_result_of_another_dossier_is_not_taken_for_ours(
    esim: Journey, msale: MsaleStandIn
) -> None:
    await esim.queues()
    await esim.decided("confirm", uuid7())
    await msale.connects_at_once()
    [connection] = msale.connections.values()
    connection["request_id"] = str(uuid7())
    await esim.tasks_run()

    assert "ConnectionCompleted" not in await published(esim.db)
    assert (await esim.status())["status"] == "CONNECTING"


async def test_an_outage_of_msale_is_waited_for(esim: Journey, msale: MsaleStandIn) -> None:
    msale.refuses = 503
    await esim.signs()
    await esim.submits()
    await esim.tasks_run()
    msale.refuses = None
    await esim.tasks_run()

    assert "ConnectionDelayed" not in await published(esim.db)
    assert [c["state"] for c in msale.connections.values()] == ["QUEUED"]


async def test_a_new_code_that_msale_refuses_for_good_is_on_the_work_list(
    esim: Journey, db: Database, msale: MsaleStandIn
) -> None:
    await esim.is_connected()
    msale.connections.clear()
    async with esim.caller() as caller:
        await caller.post(esim.url("/esim/reissue"))
    await esim.tasks_run()

    async with db.transaction() as tx:
        [row] = (await tx.execute(task.select().where(task.c.done_at.is_(None)))).mappings()
    listed = (row["kind"], row["region"], row["reason_code"])
    assert listed == ("reissue-at-msale", "KV2", "ANSWERED_404")
    assert row["listed_at"] is not None


async def test_the_serial_may_be_pasted_as_it_is_printed(physical: Journey) -> None:
    async with physical.caller() as caller:
        answer = await caller.put(
            physical.url("/sim"), json={"sim_serial": "８９８４ 0100 0000 0000 013"}
        )
        await caller.put(
            physical.url("/sim-photo"), content=a_photo(), headers={"content-type": "image/jpg"}
        )
        signed = await caller.post(physical.url("/signature"), json=physical.signature())

    assert (answer.status_code, signed.status_code) == (200, 200)
