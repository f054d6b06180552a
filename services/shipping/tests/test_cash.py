"""Cash on delivery that a carrier has not said to have collected (F4.19, F4.20)."""

from typing import Any

import pytest
from services.shipping.tests.world import Journey, Journeys
from sqlalchemy import text

from kit.db import Database
from kit.testing import client, token_for

CASH = "/v1/staff/open-cash"


async def delivered(journey: Journey, amount: object) -> Journey:
    """Let a carrier deliver a parcel, and say how much was taken at the door."""
    await journey.begin()
    await journey.book()
    await journey.pack()
    await journey.carrier("delivered", CODAmount=amount)
    return journey


async def open_cash(journey: Journey, *regions: str) -> tuple[list[dict[str, Any]], dict[str, int]]:
    async with journey.osp(*regions) as clerk:
        listed, counted = await clerk.get(CASH), await clerk.get(f"{CASH}/counts")
    return listed.json()["items"], counted.json()


@pytest.mark.parametrize(("said", "left"), [(None, 110_000), (0, 110_000), (60_000, 50_000)])
async def test_cash_that_the_carrier_did_not_report_is_open(
    new_journey: Journeys, said: int | None, left: int
) -> None:
    """F4.19, F4.20: with amount, carrier and age."""
    cod = await delivered(new_journey(payment="COD"), said)

    [parcel], counted = await open_cash(cod)

    assert parcel["hold_id"] == str(cod.hold_id)
    assert (parcel["cod_due_vnd"], parcel["cod_open_vnd"]) == (110_000, left)
    assert (parcel["carrier"], parcel["tracking_code"]) == ("ghn", "G00001")
    shipment = await cod.shipment()
    assert shipment.delivered_at
    assert parcel["delivered_at"] == shipment.delivered_at.isoformat().replace("+00:00", "Z")
    assert counted == {"count": 1, "open_vnd": left}
    assert await open_cash(cod, "KV1") == ([], {"count": 0, "open_vnd": 0})


async def test_reported_or_prepaid_money_is_not_open(new_journey: Journeys) -> None:
    """F4.19: also money of which the carrier took more than was due."""
    cod = await delivered(new_journey(payment="COD"), 110_000)
    await delivered(new_journey(payment="COD"), 120_000)
    await delivered(new_journey(payment="ONLINE"), None)

    assert await open_cash(cod) == ([], {"count": 0, "open_vnd": 0})


async def test_a_later_word_about_the_money_closes_it(new_journey: Journeys) -> None:
    cod = await delivered(new_journey(payment="COD"), None)

    await cod.carrier("delivered", at=1, CODAmount=110_000)

    assert await open_cash(cod) == ([], {"count": 0, "open_vnd": 0})


async def test_open_cash_is_for_the_orders_desk_a_page_at_a_time(new_journey: Journeys) -> None:
    parcels = [await delivered(new_journey(payment="COD"), None) for _ in range(3)]
    [first, *_] = parcels
    auditor = token_for(first.keys, "staff", roles=["auditor"])

    async with first.osp() as clerk, client(first.app, auditor) as curious:
        page = (await clerk.get(CASH, params={"limit": 2})).json()
        await first.carrier("delivered", at=1, CODAmount=110_000)
        rest = (await clerk.get(CASH, params={"limit": 2, "after": page["next"]})).json()
        refused = [(await curious.get(path)).status_code for path in (CASH, f"{CASH}/counts")]

    read = [item["hold_id"] for item in page["items"] + rest["items"]]
    assert read == [str(parcel.hold_id) for parcel in parcels]
    assert (rest["next"], refused) == (None, [403, 403])


async def test_open_cash_is_read_by_an_index_that_knows_nothing_else(db: Database) -> None:
    """Decision 0041: a million delivered orders cost this list nothing."""
    async with db.transaction() as tx:
        await tx.execute(text("set local enable_seqscan = off"))
        plan = await tx.scalars(
            text(
                "explain select count(*), sum(cod_open_vnd) from shipment"
                " where cod_open_vnd > 0 and region in ('KV2')"
            )
        )
        assert "shipment_cash_idx" in "\n".join(plan)
