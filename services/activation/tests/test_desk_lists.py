"""The lists of the connection desk: exact counts, filters, and conflicts that name a colleague."""

from services.activation.tests.journey import Journey
from services.activation.tests.test_desk import manager

from events.ids import uuid7


async def test_a_conflict_tells_which_colleague_was_quicker_and_when(esim: Journey) -> None:
    """P4.1, P6.1: a claim names its officer, a decision its decision, officer and time."""
    await esim.queues()
    first, second = uuid7(), uuid7()
    desk = f"/v1/desk/{esim.hold_id}"
    async with esim.officer(first) as quick, esim.officer(second) as slow:
        await quick.post(f"{desk}/claim")
        claimed = (await slow.post(f"{desk}/claim")).json()
        released = (await slow.post(f"{desk}/release")).json()
        undecided = (await slow.post(f"{desk}/confirm")).json()
        shown = (await slow.get(desk)).json()
        await quick.post(f"{desk}/confirm")
        why = {"reason_code": "DATA_MISMATCH", "reason_text": "Sai ngày sinh"}
        decided = [
            (await slow.post(f"{desk}/{verb}", json=why)).json() for verb in ("claim", "refuse")
        ]

    for conflict in (claimed, released, undecided):
        assert (conflict["status"], conflict["claimed_by"]) == (409, str(first))
        assert conflict["claimed_at"] == shown["claimed_at"]
    for conflict in decided:
        assert (conflict["status"], conflict["decided_by"]) == (409, str(first))
        assert conflict["decision"] == "CONFIRM"
        assert conflict["decided_at"]


async def test_the_desk_counts_and_lists_its_work_exactly(esim: Journey, physical: Journey) -> None:
    """P4.1: by stage and region, what is unclaimed, what is mine, and since when it waits."""
    await esim.queues()
    await physical.queues()
    officer = uuid7()
    async with esim.officer(officer) as desk, esim.officer(region="KV5") as elsewhere:
        await desk.post(f"/v1/desk/{esim.hold_id}/claim")
        counts = (await desk.get("/v1/desk/counts")).json()
        lists = {
            asked: (await desk.get(f"/v1/desk/queue?{asked}")).json()["items"]
            for asked in ("", "claimed_by_me=true", "sim=PHYSICAL", "region=KV1", "region=KV2")
        }
        other = (await elsewhere.get("/v1/desk/counts")).json()
        hidden = await elsewhere.get(f"/v1/desk/{esim.hold_id}")
        strange = await desk.get("/v1/desk/queue?msisdn=0901")

    assert [(s["stage"], s["region"], s["waiting"], s["unclaimed"]) for s in counts["stages"]] == [
        ("QUEUED", "KV2", 2, 1)
    ]
    assert counts["stages"][0]["oldest"] == lists["claimed_by_me=true"][0]["waiting_since"]
    assert (counts["claimed_by_me"], counts["incidents"]) == (1, 0)
    assert [len(items) for items in lists.values()] == [2, 1, 1, 0, 2]
    assert other == {"stages": [], "claimed_by_me": 0, "incidents": 0}
    assert (hidden.status_code, strange.status_code) == (404, 422)


async def test_a_refused_customer_in_a_store_is_listed_with_the_reason(esim: Journey) -> None:
    """F5a.18: only those whom a refusal sent to a store; the others go on by themselves."""
    await esim.queues()
    why = {"reason_code": "FRAUD_SUSPECTED", "reason_text": "Nghi ngờ giả mạo"}
    await esim.decided("refuse", uuid7(), why)
    await esim.tasks_run()
    asked = {"stage": "REFUSED"}
    async with esim.officer() as desk:
        [item] = (await desk.get("/v1/desk/queue", params=asked)).json()["items"]
        counts = (await desk.get("/v1/desk/counts")).json()
    async with manager(esim) as supervisor:
        body = {"repeat": "SIGN", "reason_text": "Đã đối chiếu tại cửa hàng"}
        await supervisor.post(f"/v1/desk/{esim.hold_id}/reopen", json=body)
        gone = (await supervisor.get("/v1/desk/queue", params=asked)).json()["items"]

    assert (item["reason_code"], item["repeat"], item["decision"]) == (
        "FRAUD_SUSPECTED",
        "STORE",
        "REFUSE",
    )
    assert [(s["stage"], s["waiting"]) for s in counts["stages"]] == [("REFUSED", 1)]
    assert gone == []


async def test_every_reason_of_a_refusal_names_the_step_to_repeat(esim: Journey) -> None:
    async with esim.officer() as desk:
        reasons = (await desk.get("/v1/desk/reasons")).json()["items"]
    async with esim.caller() as customer:
        not_theirs = await customer.get("/v1/desk/reasons")

    assert {reason["reason_code"]: reason["repeat"] for reason in reasons} == {
        "DATA_MISMATCH": "EDIT",
        "PHOTO_UNCLEAR": "PHOTO",
        "CALL_INSUFFICIENT": "CALL",
        "SERIAL_MISMATCH": "SERIAL",
        "SIGNATURE_INVALID": "SIGN",
        "ID_QUOTA_EXCEEDED": "STORE",
        "FRAUD_SUSPECTED": "STORE",
    }
    assert not_theirs.status_code == 403
