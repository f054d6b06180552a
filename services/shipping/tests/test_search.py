"""Staff find orders by everything that is printed on them, through indexes alone (F4.4)."""

import re
from typing import Any
from uuid import UUID

import pytest
from services.shipping.tests.world import HOME, Journey, Journeys
from sqlalchemy import text, update

from events import NumberSoftLocked
from kit import clock
from kit.db import Database
from kit.sealing import Sealer
from shipping.deliveries.commands import index_phone, without_phone_index
from shipping.lists.domain import Readings
from shipping.lists.queries import matching
from shipping.tables import deliveries

LIST = "/v1/staff/shipments"

# On tables that are nearly empty, reading an index to its end is the cheapest plan.
_EACH = "from generate_series(1, 2000) i"
_HOLD = "md5('hold' || i)::uuid"
_NUMBER = "md5('number' || i)::uuid"
MANY_ORDERS = (
    f"insert into number select {_NUMBER}, '849' || lpad(i::text, 8, '0') {_EACH}",
    f"insert into hold (id, hold_code, number_id) select {_HOLD}, 'GS' || i, {_NUMBER} {_EACH}",
    (
        "insert into delivery (id, hold_id, customer_id, kind, ward_code, region, phone_index,"
        f" changed_at) select {_HOLD}, {_HOLD}, {_HOLD}, 'HOME', '26740', 'KV2', md5(i::text),"
        f" now() {_EACH}"
    ),
    (
        "insert into shipment (id, hold_id, order_id, delivery, delivery_id, payment, cod_due_vnd,"
        " status, placed_at, carrier, tracking_code, sim_serial, since, version)"
        f" select {_HOLD}, {_HOLD}, {_HOLD}, 'HOME', {_HOLD}, 'ONLINE', 0, 'DELIVERED', now(),"
        f" 'ghn', 'G' || i, '898' || lpad(i::text, 16, '0'), now(), 1 {_EACH}"
    ),
    "analyze number, hold, delivery, shipment",
)


async def searched(journey: Journey, typed: str) -> list[str]:
    async with journey.osp() as osp:
        answer = await osp.post(f"{LIST}/search", json={"text": typed})
    assert answer.status_code == 200, answer.text
    return [item["hold_id"] for item in answer.json()["items"]]


async def test_an_order_is_found_by_everything_that_is_printed_on_it(
    new_journey: Journeys,
) -> None:
    journey = await (await new_journey().begin()).book()
    await new_journey(delivery="STORE").begin()
    await journey.pack("8984012345678901234")
    await journey.hear(
        NumberSoftLocked(
            occurred_at=clock.now(),
            number_id=journey.number_id,
            msisdn="84931266868",
            locked_until=clock.now(),
        )
    )
    shipment = await journey.shipment()
    texts = [
        f" {journey.hold_code.lower()}",
        "0931 266 868",
        "+84 912 345 678",
        "8984 0123 4567 8901 234",
        str(shipment.tracking_code),
        str(journey.hold_id),
        str(shipment.id),
    ]

    assert [await searched(journey, typed) for typed in texts] == [[str(journey.hold_id)]] * len(
        texts
    )
    assert await searched(journey, "0931 266 869") == []
    assert await searched(journey, "nothing like it") == []


async def test_another_regions_order_is_not_found(new_journey: Journeys) -> None:
    journey = await new_journey().begin()
    async with journey.osp("KV1") as other:
        answer = await other.post(f"{LIST}/search", json={"text": journey.hold_code})

    assert answer.json()["items"] == []


async def test_a_phone_sealed_before_phones_were_indexed_is_found_after_the_job(
    new_journey: Journeys, db: Database, keys_dir: Any
) -> None:
    journey = await new_journey().begin()
    async with db.transaction() as tx:
        await tx.execute(update(deliveries).values(phone_index=None))
    assert await searched(journey, str(HOME["phone"])) == []

    async with db.transaction() as tx:
        (delivery_id,) = (await tx.scalars(without_phone_index())).all()
        await index_phone(tx, Sealer(keys_dir, "shipping"), delivery_id)

    assert await searched(journey, str(HOME["phone"])) == [str(journey.hold_id)]


@pytest.mark.parametrize(
    "typed", ["GS2611027KM3QX", "0931266868", "8984012345678901234", "L79D75B4B", str(UUID(int=7))]
)
async def test_no_search_reads_a_table_from_end_to_end(
    db: Database, keys_dir: Any, typed: str
) -> None:
    """Among two thousand orders each index is asked for something (decision 0041)."""
    search = matching(Readings.read(typed), Sealer(keys_dir, "shipping"))
    literal = search.compile(db.engine.sync_engine, compile_kwargs={"literal_binds": True})
    async with db.transaction() as tx:
        for statement in MANY_ORDERS:
            await tx.execute(text(statement))
        plan = "\n".join(await tx.scalars(text(f"explain {literal}")))

    assert "Seq Scan" not in plan
    assert len(re.findall("Index (?:Only )?Scan", plan)) == plan.count("Index Cond"), plan
