"""Rules that nobody can break on the way to the network."""

import asyncio
from typing import Any

import pytest
from services.activation.tests.journey import Journey
from services.activation.tests.msale import MsaleStandIn
from services.activation.tests.told import HOUR
from sqlalchemy import select

from activation.tables import dossiers
from events import ConnectionCompleted, ConnectionRejected, OrderCancelled, VideoCallRevoked
from events.ids import uuid7
from kit.testing import facts, published

REFUSAL = {"reason_code": "PHOTO_UNCLEAR", "reason_text": "Ảnh giấy tờ bị mờ"}


async def test_nobody_signs_before_the_earlier_steps_are_done(
    esim: Journey, physical: Journey
) -> None:
    """LAW08: no connection without identity check, call and, for a card, the right serial."""
    await esim.hears(
        VideoCallRevoked(
            occurred_at=esim.at + 3 * HOUR,
            hold_id=esim.hold_id,
            call_id=uuid7(),
            revoked_by=uuid7(),
            reason_code="SUPERVISOR",
        )
    )
    unrevoked = await esim.signs()
    async with physical.caller() as caller:
        wrong = await caller.put(physical.url("/sim"), json={"sim_serial": "8984010000000000021"})
        early = await caller.post(physical.url("/signature"), json=physical.signature())

    assert (unrevoked.status_code, unrevoked.json()["waiting_for"]) == (409, ["VIDEO_CALL"])
    assert (wrong.status_code, wrong.json()["type"]) == (422, "/problems/serial-mismatch")
    assert (early.status_code, early.json()["waiting_for"]) == (409, ["SIM_SERIAL"])
    assert await published(esim.db) == []


async def test_a_refusal_reopens_the_step_it_names_and_the_dossier_can_be_sent_again(
    physical: Journey,
) -> None:
    """F5a.13 TH2, F5a.16, F5a.18 TH1 (G32)."""
    await physical.queues()
    await physical.decided("refuse", uuid7(), REFUSAL)
    await physical.tasks_run()
    refused = await physical.status()
    too_early = await physical.signs()
    [rejected] = [f for f in await facts(physical.db) if isinstance(f, ConnectionRejected)]
    later = rejected.occurred_at
    await physical.hears(physical.kyc_passed(later + HOUR), physical.approved(later + 2 * HOUR))
    await physical.is_connected()

    assert (refused["status"], refused["label_vi"]) == ("REFUSED", "Từ chối hòa mạng")
    assert (refused["repeat"], refused["reason_text"]) == ("PHOTO", REFUSAL["reason_text"])
    assert too_early.json()["waiting_for"] == ["KYC", "VIDEO_CALL"]
    assert rejected.repeat == "PHOTO"
    assert (await physical.status())["status"] == "ACTIVATED"


async def test_whoever_approved_the_call_may_not_decide_about_the_connection(
    esim: Journey,
) -> None:
    """G28: claim, confirm and refuse are all closed to the agent of the call."""
    await esim.queues()

    tried = [
        await esim.decided("confirm", esim.agent_id),
        await esim.decided("refuse", esim.agent_id, REFUSAL),
    ]

    assert [t.status_code for t in tried] == [403, 403]
    assert tried[0].json()["type"] == "/problems/approver-may-not-decide"
    assert "ConnectionConfirmed" not in await published(esim.db)


async def test_a_connection_made_by_the_approver_elsewhere_is_an_incident_not_a_success(
    esim: Journey, msale: MsaleStandIn
) -> None:
    """Settled question 45: mSale names the officer, and ours may not be the one of the call."""
    msale.officer_override = str(esim.agent_id)
    await esim.is_connected()

    async with esim.officer() as desk:
        seen = (await desk.get("/v1/desk/queue", params={"stage": "CONNECTING"})).json()

    assert [item["incident"] for item in seen["items"]] == ["APPROVER_CONFIRMED_AT_MSALE"]
    assert not [f for f in await facts(esim.db) if isinstance(f, ConnectionCompleted)]


async def test_of_many_officers_who_claim_a_dossier_one_gets_it(esim: Journey) -> None:
    await esim.queues()

    async def claims() -> int:
        async with esim.officer(uuid7()) as desk:
            return (await desk.post(f"/v1/desk/{esim.hold_id}/claim")).status_code

    assert sorted(await asyncio.gather(*(claims() for _ in range(8)))) == [200] + [409] * 7


async def test_an_officer_of_another_region_sees_nothing(esim: Journey) -> None:
    await esim.queues()

    async with esim.officer(region="KV5") as desk:
        seen = (await desk.get("/v1/desk/queue")).json()["items"]
        claimed = await desk.post(f"/v1/desk/{esim.hold_id}/claim")

    assert (seen, claimed.status_code) == ([], 404)


async def test_an_answer_of_msale_that_was_lost_makes_no_second_connection(
    esim: Journey, msale: MsaleStandIn
) -> None:
    """P4.1: the request id is the same at every attempt."""
    msale.lose_answers = 1

    await esim.is_connected()

    assert len(msale.requests) == 2
    assert len(msale.connections) == 1
    assert (await published(esim.db)).count("ConnectionQueued") == 1


async def test_pressing_send_twice_sends_once(esim: Journey, msale: MsaleStandIn) -> None:
    """F5b.9."""
    await esim.signs()
    await asyncio.gather(esim.submits(), esim.submits())
    await esim.tasks_run()

    assert len(msale.connections) == 1
    assert (await published(esim.db)).count("DossierSubmitted") == 1


async def test_one_code_from_the_phone_signs_one_dossier(esim: Journey, physical: Journey) -> None:
    body = esim.signature()
    async with esim.caller() as caller:
        first = await caller.post(esim.url("/signature"), json=body)
        again = await caller.post(esim.url("/signature"), json=body)
    other = physical.signature(phone_proof=body["phone_proof"])
    async with physical.caller() as caller:
        stolen = await caller.post(physical.url("/signature"), json=other)

    assert [first.status_code, again.status_code, stolen.status_code] == [200, 200, 409]
    assert (await published(esim.db)).count("DossierSigned") == 1


async def test_what_was_signed_can_be_read_by_nobody_who_only_has_the_database(
    esim: Journey,
) -> None:
    await esim.signs()

    async with esim.db.transaction() as tx:
        sealed = await tx.scalar(select(dossiers.c.sealed))
    assert sealed
    assert "Mẫu".encode() not in sealed
    assert "Mẫu" not in str(await facts(esim.db))


async def test_a_cancelled_order_ends_the_activation(esim: Journey) -> None:
    await esim.hears(
        OrderCancelled(
            occurred_at=esim.at,
            hold_id=esim.hold_id,
            order_id=uuid7(),
            cancelled_by="CUSTOMER",
            reason_code="CHANGED_MIND",
            refund_due_vnd=0,
            keep_number_until=None,
        )
    )

    assert (await esim.status())["label_vi"] == "Đã hủy"
    assert (await esim.signs()).status_code == 409


async def test_another_customer_finds_nothing_here(esim: Journey) -> None:
    bodies: dict[str, Any] = {
        "/signature": esim.signature(),
        "/submit": None,
        "/esim/scan": {"result": "FAILED"},
        "/esim/reissue": None,
    }
    async with esim.caller(uuid7()) as stranger:
        tried = [(await stranger.get(esim.url(step))).status_code for step in ("", "/esim")]
        for step, body in bodies.items():
            tried.append((await stranger.post(esim.url(step), json=body)).status_code)

    assert tried == [404] * 6


@pytest.mark.parametrize(
    "change",
    [
        {"declaration": "made up"},
        {"phone_proof": "made up"},
        {"signature_png_base64": "not a picture"},
        {"signature_png_base64": "bm90IGEgcGljdHVyZQ=="},
        {"consents": ["CONTRACT"]},
        {"consents": ["EVERYTHING"]},
    ],
    ids=["form", "phone", "no base64", "no PNG", "too few consents", "unknown consent"],
)
async def test_a_signature_that_cannot_be_right_is_refused_and_changes_nothing(
    esim: Journey, change: dict[str, Any]
) -> None:
    async with esim.caller() as caller:
        answer = await caller.post(esim.url("/signature"), json=esim.signature(**change))

    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert await published(esim.db) == []
