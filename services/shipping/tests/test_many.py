"""Many orders at once, with a result for each; the file of a list; a store's list (F4.4-F4.13)."""

import csv
import io
from datetime import timedelta
from typing import Any
from uuid import UUID

from services.shipping.tests.world import Journey, Journeys
from sqlalchemy import select, update

from events.ids import uuid7
from kit import clock
from kit.db import Database
from kit.testing import published
from shipping.lists.domain import MOST_EXPORTED, cell
from shipping.shipments.states import Status
from shipping.streams import commands
from shipping.tables import counts, exports, shipments

MANY = "/v1/staff/shipments/bulk"


def collection(*shipment_ids: UUID) -> dict[str, Any]:
    return {
        "shipment_ids": [str(shipment_id) for shipment_id in shipment_ids],
        "collection_address": "Kho OSP, 5 Lê Duẩn",
        "collection_at": (clock.now() + timedelta(hours=3)).isoformat(),
    }


async def test_each_of_many_orders_has_a_result_and_none_holds_up_another(
    new_journey: Journeys, db: Database
) -> None:
    """F4.8: the second is collected at a store, the third is nobody's."""
    home, at_store, other = [
        await new_journey(delivery=way).begin() for way in ("HOME", "STORE", "HOME")
    ]
    ids = [(await journey.shipment()).id for journey in (home, at_store)]
    last = (await other.shipment()).id
    async with home.osp() as osp:
        answer = await osp.post(f"{MANY}/confirm", json=collection(*ids, uuid7(), last, last))
        again = await osp.post(f"{MANY}/confirm", json=collection(last))

    items = answer.json()["items"]
    assert [item["problem"] and item["problem"]["type"] for item in items] == [
        None,
        "/problems/not-that-way",
        "/problems/no-such-shipment",
        None,
    ]
    assert [item["shipment"] and item["shipment"]["status"] for item in items] == [
        "BOOKING",
        None,
        None,
        "BOOKING",
    ]
    assert items[1]["problem"]["delivery"] == "STORE"
    assert again.status_code == 200
    assert (await published(db)).count("ShipmentConfirmed") == 2


async def test_many_parcels_are_handed_over_but_those_that_are_not_packed(
    new_journey: Journeys,
) -> None:
    """F4.13, G20."""
    packed = await (await new_journey().begin()).book()
    await packed.pack()
    empty = await (await new_journey().begin()).book()
    ids = [str((await journey.shipment()).id) for journey in (packed, empty)]
    async with packed.osp() as osp, packed.osp("KV1") as others:
        foreign = await others.post(f"{MANY}/hand-over", json={"shipment_ids": ids})
        answer = await osp.post(f"{MANY}/hand-over", json={"shipment_ids": ids})

    assert {item["problem"]["type"] for item in foreign.json()["items"]} == {
        "/problems/no-such-shipment"
    }
    first, second = answer.json()["items"]
    assert first["shipment"]["status"] == "DELIVERING"
    assert second["problem"]["type"] == "/problems/not-packed"


async def test_no_more_than_a_hundred_and_no_collection_in_the_past(
    new_journey: Journeys,
) -> None:
    journey = await new_journey().begin()
    shipment_id = (await journey.shipment()).id
    past = collection(shipment_id) | {"collection_at": "2026-01-01T00:00:00+07:00"}
    async with journey.osp() as osp:
        answers = [
            await osp.post(f"{MANY}/confirm", json=collection(*(uuid7() for _ in range(101)))),
            await osp.post(f"{MANY}/confirm", json=collection()),
            await osp.post(f"{MANY}/confirm", json=past),
        ]

    assert [answer.status_code for answer in answers] == [422] * 3


async def export(journey: Journey, query: str = "") -> list[list[str]]:
    async with journey.osp() as osp:
        answer = await osp.get(f"/v1/staff/shipments/export.csv{query}")
    assert answer.status_code == 200, answer.text
    assert answer.content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))


async def test_a_list_goes_into_a_file_that_names_nobody_and_is_noted(
    new_journey: Journeys, db: Database
) -> None:
    journey = await new_journey(payment="COD").begin()
    await (await new_journey().begin()).book()

    heading, row = await export(journey, "?tab=PENDING&payment=COD")

    fields = dict(zip(heading, row, strict=True))
    assert fields["Mã giữ số"] == journey.hold_code
    assert fields["Thu khi giao (đồng)"] == "110000"
    assert fields["Nơi nhận"] == "Phường Sài Gòn, Thành phố Hồ Chí Minh"
    assert "Mai" not in str(row)
    async with db.transaction() as tx:
        noted = (await tx.execute(select(exports))).one()
    assert (noted.rows, noted.filters) == (1, {"tab": "PENDING", "payment": "COD"})
    assert len(await export(journey)) == 3


async def test_a_file_of_too_many_orders_is_refused(new_journey: Journeys, db: Database) -> None:
    journey = await new_journey().begin()
    async with db.transaction() as tx:
        await commands.fold_counts(tx)
        await tx.execute(
            update(counts).where(counts.c.status == Status.PENDING).values(number=MOST_EXPORTED + 1)
        )
    async with journey.osp() as osp:
        answer = await osp.get("/v1/staff/shipments/export.csv?tab=PENDING")

    assert (answer.status_code, answer.json()["most"]) == (409, MOST_EXPORTED)


def test_text_that_a_sheet_would_run_stays_text() -> None:
    texts = ["=1+1", "+84", "-1", "@SUM(A1)", "\tx", "Quận 7", None, 5]

    assert [cell(text) for text in texts] == [
        "'=1+1",
        "'+84",
        "'-1",
        "'@SUM(A1)",
        "'\tx",
        "Quận 7",
        "",
        "5",
    ]


async def parts(journey: Journey) -> dict[str, int]:
    async with journey.store() as store:
        answer = (await store.get("/v1/store/counts")).json()
        for part in answer["parts"]:
            listed = await store.get(f"/v1/store/shipments?part={part['part']}")
            assert len(listed.json()["items"]) == part["count"]
    return {part["part"]: part["count"] for part in answer["parts"] if part["count"]}


async def test_a_store_sees_what_to_prepare_what_waits_and_who_did_not_come(
    new_journey: Journeys, db: Database
) -> None:
    """F4.6, F4.7."""
    fresh, ready, given, late, left = [
        await new_journey(delivery="STORE").begin() for _ in range(5)
    ]
    async with fresh.store() as store:
        for journey in (ready, late, left):
            await store.post(f"/v1/store/shipments/{(await journey.shipment()).id}/ready")
        body = {"hold_code": given.hold_code, "sim_serial": "1234567890"}
        await store.post("/v1/store/hand-overs", json=body)
    await left.hear(left.released("NOT_PICKED_UP"))
    async with db.transaction() as tx:
        of_late = shipments.c.hold_id == late.hold_id
        await tx.execute(update(shipments).where(of_late).values(overdue=True))

    assert await parts(fresh) == {
        "OPEN": 3,
        "TO_PREPARE": 1,
        "READY": 2,
        "NO_SHOW": 2,
        "TODAY": 1,
    }


async def test_the_counter_reads_what_a_hold_code_stands_for(new_journey: Journeys) -> None:
    """F4.7."""
    journey = await new_journey(delivery="STORE", payment="COD").begin()
    home = await new_journey().begin()
    code = journey.hold_code.lower()
    async with journey.store() as ours, journey.store("2HCM0002") as theirs:
        path = "/v1/store/shipments/by-code"
        seen = (await ours.get(f"{path}/{code[:2]}-{code[2:]}")).json()
        hidden = [
            await theirs.get(f"{path}/{code}"),
            await ours.get(f"{path}/{home.hold_code}"),
        ]
        await ours.post(
            "/v1/store/hand-overs",
            json={"hold_code": code, "sim_serial": "1234567890", "collected_vnd": 110_000},
        )
        after = (await ours.get(f"{path}/{code}")).json()

    assert (seen["may_be_given"], seen["cod_due_vnd"]) == (True, 110_000)
    assert [answer.status_code for answer in hidden] == [404, 404]
    assert (after["may_be_given"], after["status"]) == (False, "DELIVERED")
