"""The lists of OSP's staff: exact counts, filters, order and search (F4.4)."""

import asyncio
from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from services.shipping.tests.world import Journey, Journeys
from sqlalchemy import func, select, text, update
from sqlalchemy.exc import IntegrityError

from events import NumberSoftLocked
from kit import clock
from kit.db import Database
from kit.testing import client, token_for
from shipping.shipments.states import TAB_OF, Status
from shipping.streams import commands
from shipping.streams.domain import PATIENCE, Filters
from shipping.tables import count_changes, counts, shipments

LIST = "/v1/staff/shipments"


async def counted(journey: Journey, query: str = "", *regions: str) -> dict[str, int]:
    async with journey.osp(*regions) as osp:
        answer = await osp.get(f"{LIST}/counts{query}")
    assert answer.status_code == 200, answer.text
    return {tab["tab"]: tab["count"] for tab in answer.json()["tabs"] if tab["count"]}


async def listed(journey: Journey, query: str) -> list[str]:
    async with journey.osp() as osp:
        answer = await osp.get(f"{LIST}?{query}")
    assert answer.status_code == 200, answer.text
    return [item["hold_id"] for item in answer.json()["items"]]


async def test_each_tab_is_counted_while_orders_move_through_them(
    new_journey: Journeys, db: Database
) -> None:
    """F4.4: the same before and after the changes are folded."""
    first, _ = await new_journey().begin(), await new_journey(payment="COD").begin()
    assert await counted(first) == {"PENDING": 2}

    await first.book()
    async with db.transaction() as tx:
        assert await commands.fold_counts(tx) > 0
        assert await tx.scalar(select(func.count()).select_from(count_changes)) == 0

    assert await counted(first) == {"PENDING": 1, "AWAITING_COLLECTION": 1}
    await first.staff("reject", {"reason_code": "OUT_OF_STOCK"})
    assert await counted(first) == {"PENDING": 1, "CANCELLED": 1}
    assert await counted(first, "?payment=COD") == {"PENDING": 1}
    assert await counted(first, "", "KV1") == {}


async def test_an_order_routed_anew_is_counted_in_its_new_region(new_journey: Journeys) -> None:
    journey = await new_journey().begin()

    await journey.hear(journey.routed("KV9"))

    assert await counted(journey, "", "KV2") == {}
    assert await counted(journey, "", "KV9") == {"PENDING": 1}


async def test_counts_are_exact_while_many_write_and_fold_at_once(
    new_journey: Journeys, db: Database
) -> None:
    journeys = [await new_journey().begin() for _ in range(6)]

    async def fold() -> None:
        for _ in range(4):
            async with db.transaction() as tx:
                await commands.fold_counts(tx)

    await asyncio.gather(*(journey.confirm() for journey in journeys[:4]), fold(), fold())

    async with db.transaction() as tx:
        rows = (await tx.execute(select(shipments.c.status, func.count()).group_by("status"))).all()
        summed: Counter[Any] = Counter()
        for table in (counts, count_changes):
            for status, number in await tx.execute(select(table.c.status, table.c.number)):
                summed[status] += number
    assert +summed == Counter(dict(map(tuple, rows)))
    assert await counted(journeys[0]) == {"PENDING": 2, "AWAITING_COLLECTION": 4}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("tab=PENDING", [0, 1, 2]),
        ("tab=PENDING&order=NEWEST", [2, 1, 0]),
        ("tab=PENDING&payment=COD", [1]),
        ("tab=PENDING&delivery=STORE", [2]),
        ("tab=PENDING&delivery=HOME&payment=ONLINE", [0]),
        ("tab=PENDING&overdue=true", [0]),
        ("tab=PENDING&overdue=false", [1, 2]),
        ("tab=PENDING&region=KV2", [0, 1, 2]),
        ("tab=PENDING&region=KV1", []),
        ("tab=PENDING&status=BOOKED", []),
        ("tab=AWAITING_COLLECTION", [3]),
        ("tab=AWAITING_COLLECTION&status=BOOKED", [3]),
        ("tab=AWAITING_COLLECTION&status=BOOKING", []),
    ],
)
async def test_a_list_is_filtered_and_ordered(
    new_journey: Journeys, db: Database, query: str, expected: list[int]
) -> None:
    journeys = [
        await new_journey().begin(),
        await new_journey(payment="COD").begin(),
        await new_journey(delivery="STORE").begin(),
        await (await new_journey().begin()).book(),
    ]
    long_ago = clock.now() - PATIENCE[Status.PENDING] - timedelta(minutes=1)
    async with db.transaction() as tx:
        of_first = shipments.c.hold_id == journeys[0].hold_id
        await tx.execute(update(shipments).where(of_first).values(since=long_ago))
        assert await commands.mark_overdue(tx, now=clock.now()) == 1

    assert await listed(journeys[0], query) == [str(journeys[n].hold_id) for n in expected]


async def test_the_next_state_is_not_overdue(new_journey: Journeys, db: Database) -> None:
    journey = await new_journey().begin()
    async with db.transaction() as tx:
        later = clock.now() + PATIENCE[Status.PENDING]
        assert await commands.mark_overdue(tx, now=later) == 1

    confirmed = (await journey.confirm()).json()

    assert confirmed["overdue"] is False
    assert confirmed["since"] > confirmed["placed_at"]


async def test_a_row_shows_number_recipient_and_place(new_journey: Journeys) -> None:
    journey = await new_journey().begin()
    at_store = await new_journey(delivery="STORE").begin()
    await journey.hear(
        NumberSoftLocked(
            occurred_at=clock.now(),
            number_id=journey.number_id,
            msisdn="84931266868",
            locked_until=clock.now(),
        )
    )
    async with journey.osp() as osp:
        home, store = (await osp.get(f"{LIST}?tab=PENDING")).json()["items"]

    assert (home["display"], home["recipient"]) == ("0931 266 868", "Nguyễn Thị Mai")
    assert home["goes_to"] == "Phường Sài Gòn, Thành phố Hồ Chí Minh"
    assert (store["hold_id"], store["display"], store["recipient"], store["goes_to"]) == (
        str(at_store.hold_id),
        None,
        None,
        "Cửa hàng Sài Gòn",
    )


async def test_a_supervisor_reads_the_lists_and_packs_nothing(new_journey: Journeys) -> None:
    journey = await new_journey().begin()
    token = token_for(journey.keys, "staff", roles=["region_manager"], regions=["KV2"])
    shipment = await journey.shipment()
    async with client(journey.app, token) as supervisor:
        read = [
            await supervisor.get(f"{LIST}?tab=PENDING"),
            await supervisor.get(f"{LIST}/counts"),
            await supervisor.get(f"{LIST}/{shipment.id}"),
        ]
        done = await supervisor.post(f"{LIST}/{shipment.id}/pack", json={"sim_serial": "1" * 12})

    assert [answer.status_code for answer in read] == [200] * 3
    assert done.status_code == 403


@pytest.mark.parametrize("status", [status for status, tab in TAB_OF.items() if tab])
async def test_every_state_is_counted_and_listed_in_its_tab(
    new_journey: Journeys, db: Database, status: Status
) -> None:
    journey = await new_journey().begin()
    async with db.transaction() as tx:
        await tx.execute(update(shipments).values(status=status))

    assert await counted(journey) == {TAB_OF[status]: 1}
    assert await listed(journey, f"tab={TAB_OF[status]}") == [str(journey.hold_id)]
    assert status in Filters(tab=TAB_OF[status]).statuses


async def test_auditors_read_who_exported_what_the_newest_first(new_journey: Journeys) -> None:
    """LAW19: of their regions; who exports does not read it."""
    journey = await new_journey().begin()
    log = "/v1/access-log"
    async with journey.osp("KV2") as clerk, journey.osp("KV1") as elsewhere:
        for query in ("?tab=PENDING&payment=ONLINE", "", "?overdue=true"):
            assert (await clerk.get(f"{LIST}/export.csv{query}")).status_code == 200
        await elsewhere.get(f"{LIST}/export.csv?region=KV1")
        refused = await clerk.get(log)
    head_office = token_for(journey.keys, "staff", roles=["auditor"])
    of_the_south = token_for(journey.keys, "staff", roles=["auditor"], regions=["KV2"])

    async with client(journey.app, head_office) as auditor:
        everywhere = (await auditor.get(log)).json()["items"]
        theirs = everywhere[0]["id"]
    async with client(journey.app, of_the_south) as auditor:
        first = (await auditor.get(log, params={"limit": 2})).json()
        second = (await auditor.get(log, params={"limit": 2, "after": first["next"]})).json()
        foreign = await auditor.get(log, params={"after": theirs})
        by_another = await auditor.get(log, params={"staff_id": everywhere[0]["staff_id"]})

    assert (refused.status_code, foreign.status_code) == (403, 422)
    assert [item["region"] for item in everywhere] == ["KV1", None, None, None]
    read = first["items"] + second["items"]
    assert read == everywhere[1:]
    assert [(item["rows"], item["label"], item["overdue"]) for item in read] == [
        (0, None, True),
        (1, None, None),
        (1, "Chờ xử lý", None),
    ]
    assert (second["next"], by_another.json()["items"]) == (None, [])


@pytest.mark.parametrize(
    "change", ["update shipment_export set rows = 0", "delete from shipment_export"]
)
async def test_an_export_stays_noted(new_journey: Journeys, db: Database, change: str) -> None:
    journey = await new_journey().begin()
    async with journey.osp() as clerk:
        await clerk.get(f"{LIST}/export.csv")

    with pytest.raises(IntegrityError):
        async with db.transaction() as tx:
            await tx.execute(text(change))
