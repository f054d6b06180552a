"""What carriers tell us, once, late, twice, in any order (F4.13.2 to F4.23, G21 to G23)."""

import json
from itertools import permutations
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI
from services.shipping.tests.conftest import Journey, Journeys, stated
from sqlalchemy import select
from structlog.testing import capture_logs

from events.ids import uuid7
from kit.db import Database
from kit.sealing import Sealer
from kit.testing import client, published
from shipping.tables import carrier_news

SECRET = "the-secret-of-the-webhook"


@pytest.fixture
async def mine(journey: Journeys) -> Journey:
    made = await (await journey().begin()).book()
    await made.pack()
    return made


@pytest.fixture
async def cod(journey: Journeys) -> Journey:
    made = await (await journey(payment="COD").begin()).book()
    await made.pack()
    return made


async def since_packing(db: Database) -> list[str]:
    said = await published(db)
    return said[said.index("ShipmentPacked") + 1 :]


async def test_a_parcel_goes_through_the_carriers_words_to_the_customer(
    mine: Journey, db: Database
) -> None:
    """F4.13.2, F4.15 TH2, F4.19 TH1, F4.21 to F4.23: paid online, nothing is collected."""
    words = ["picking", "picked", "storing", "transporting", "sorting", "delivering", "delivered"]
    tabs = []
    async with mine.customer() as me:
        for n, word in enumerate(words):
            await mine.carrier(word, at=n)
            seen = await me.get(f"/v1/shipments/by-hold/{mine.hold_id}")
            tabs.append(seen.json()["tab_label"])

    assert tabs == ["Chờ lấy hàng", *["Đang giao hàng"] * 5, "Đã giao"]
    assert await since_packing(db) == ["ShipmentHandedOver", "ShipmentDelivered"]


async def test_the_courier_collects_the_money_and_then_confirms_the_delivery(
    cod: Journey, db: Database
) -> None:
    """F4.19 TH2, F4.20, F4.21."""
    await cod.carrier("picked")
    await cod.carrier("money_collect_delivering", at=1)
    await cod.carrier("delivered", at=2)

    assert await since_packing(db) == ["ShipmentHandedOver", "CodCollected", "ShipmentDelivered"]
    money = (await stated(db))[-2]
    assert (money.amount_vnd, money.collected_by) == (110_000, "CARRIER")
    assert money.collected_at == (await cod.shipment()).delivered_at


@pytest.mark.parametrize(
    ("word", "code", "reason"),
    [
        ("waiting_to_return", "GHN-DCD0A8", "CUSTOMER_CHANGED_MIND"),
        ("return", "", "CUSTOMER_REFUSED"),
        ("cancel", "GHN-NEW999", "CUSTOMER_REFUSED"),
    ],
)
async def test_a_refused_parcel_is_cancelled_with_the_reason_and_travels_back(
    cod: Journey, db: Database, word: str, code: str, reason: str
) -> None:
    """F4.15 TH1, F4.16 to F4.18, G21."""
    await cod.carrier("delivering")

    await cod.carrier(word, at=1, Reason="Chị Mai ở 12 Nguyễn Huệ không nhận", ReasonCode=code)
    async with cod.customer() as me:
        seen = (await me.get(f"/v1/shipments/by-hold/{cod.hold_id}")).json()
    await cod.carrier("returning", at=2)
    await cod.carrier("returned", at=3)

    assert (seen["tab_label"], seen["status_label"]) == ("Đã hủy", "Đang hoàn hàng")
    assert seen["reason_code"] == reason
    assert await since_packing(db) == [
        "ShipmentHandedOver",
        "DeliveryRefused",
        "ShipmentReturned",
    ]
    assert (await stated(db))[-2].reason_code == reason
    assert "Mai" not in "".join(fact.model_dump_json() for fact in await stated(db))


async def test_a_vain_collection_and_a_vain_delivery_are_tried_again(
    mine: Journey, db: Database
) -> None:
    """G23."""
    states = []
    for n, (word, reason) in enumerate(
        [
            ("ready_to_pick", "GHN-PFA2A3"),
            ("picking", ""),
            ("picked", ""),
            ("delivery_fail", "GHN-DFC1A4"),
            ("delivering", ""),
            ("delivered", ""),
        ]
    ):
        await mine.carrier(word, at=n, Reason="không nghe máy" * bool(reason), ReasonCode=reason)
        states.append(await mine.status())

    assert states == [
        "COLLECTION_FAILED",
        "BOOKED",
        "DELIVERING",
        "DELIVERY_RETRY",
        "DELIVERING",
        "DELIVERED",
    ]
    failed = next(f for f in await stated(db) if f.topic == "CollectionFailed")
    assert failed.reason_code == "SENDER_UNREACHABLE"


@pytest.mark.parametrize(
    ("word", "status", "reason"),
    [
        ("lost", "LOST", "CARRIER_LOST"),
        ("damage", "DAMAGED", "CARRIER_DAMAGED"),
        ("exception", "DAMAGED", "CARRIER_DAMAGED"),
    ],
)
async def test_a_parcel_the_carrier_lost_or_broke_is_given_up(
    mine: Journey, db: Database, word: str, status: str, reason: str
) -> None:
    """G23."""
    await mine.carrier("transporting")

    await mine.carrier(word, at=1)

    assert await mine.status() == status
    assert (await stated(db))[-1].topic == "ShipmentLost"
    assert (await stated(db))[-1].reason_code == reason


async def test_a_carrier_who_will_not_collect_cancels_the_order(
    mine: Journey, db: Database
) -> None:
    await mine.carrier("cancel", Reason="Hàng không vận chuyển", ReasonCode="GHN-PFA4A2")

    assert await mine.status() == "CANCELLED"
    assert (await stated(db))[-1].topic == "ShipmentCancelled"
    assert (await stated(db))[-1].reason_code == "CARRIER_CANCELLED"


async def test_words_that_were_left_out_are_made_up_for_in_order(
    cod: Journey, db: Database
) -> None:
    """A lost `picked` still leaves a hand-over before the delivery."""
    await cod.carrier("delivered")

    assert await since_packing(db) == ["ShipmentHandedOver", "CodCollected", "ShipmentDelivered"]


async def test_a_return_without_the_words_before_it_is_still_a_refusal(
    mine: Journey, db: Database
) -> None:
    await mine.carrier("returned")

    assert await since_packing(db) == ["ShipmentHandedOver", "DeliveryRefused", "ShipmentReturned"]


async def test_news_told_twice_is_stored_once_and_acted_on_once(
    mine: Journey, db: Database
) -> None:
    """G22: the carrier repeats until it hears 200."""
    at = "2030-01-01T00:00:00.000Z"

    for _ in range(3):
        await mine.carrier("picked", time=at)

    async with db.transaction() as tx:
        kept = (await tx.execute(select(carrier_news.c.word))).scalars().all()
    assert kept == ["picked"]
    assert await since_packing(db) == ["ShipmentHandedOver"]


async def test_news_in_any_order_never_takes_a_parcel_back(journey: Journeys, db: Database) -> None:
    words = ["picking", "picked", "delivering", "delivered"]
    for n, order in enumerate(permutations(range(4))):
        mine = await (await journey().begin()).book()
        await mine.pack(f"{10**12 + n}")
        ranks = []
        for index in order:
            await mine.carrier(words[index], at=index)
            tab = {"BOOKED": 0, "DELIVERING": 1, "DELIVERED": 2}
            ranks.append(tab[await mine.status()])

        assert ranks == sorted(ranks)
        assert ranks[-1] == 2
        said = [f.topic for f in await stated(db) if f.hold_id == mine.hold_id]
        assert said[-2:] == ["ShipmentHandedOver", "ShipmentDelivered"]
        assert len(said) == 5


async def test_a_failed_delivery_heard_after_the_next_attempt_is_old_news(mine: Journey) -> None:
    await mine.carrier("delivering", at=5)

    await mine.carrier("delivery_fail", at=3)

    assert await mine.status() == "DELIVERING"


@pytest.mark.parametrize("word", ["returned", "lost", "waiting_to_return", "cancel", "picked"])
async def test_a_delivered_parcel_stays_delivered(mine: Journey, db: Database, word: str) -> None:
    await mine.carrier("delivered")
    before = await published(db)

    await mine.carrier(word, at=9)

    assert await mine.status() == "DELIVERED"
    assert await published(db) == before


async def test_an_unknown_word_changes_nothing_and_raises_an_alarm(
    mine: Journey, db: Database
) -> None:
    before = await published(db)

    with capture_logs() as logs:
        answer = await mine.carrier("teleported")

    assert answer.json() == {"status": "heard"}
    assert await mine.status() == "BOOKED"
    assert await published(db) == before
    (alarm,) = [entry for entry in logs if entry["event"] == "carrier_alarm"]
    assert (alarm["because"], alarm["word"]) == ("UNKNOWN_WORD", "teleported")


async def test_a_parcel_that_leaves_although_it_was_cancelled_raises_an_alarm(
    mine: Journey,
) -> None:
    await mine.hear(mine.cancel_requested())

    with capture_logs() as logs:
        await mine.carrier("picked")

    assert await mine.status() == "CANCELLED"
    assert [e["because"] for e in logs if e["event"] == "carrier_alarm"] == ["NOT_POSSIBLE"]


async def test_the_carriers_echo_of_our_own_cancellation_is_no_alarm(
    mine: Journey, db: Database
) -> None:
    await mine.hear(mine.cancel_requested())
    before = await published(db)

    with capture_logs() as logs:
        await mine.carrier("cancel", Reason="Người gửi hủy đơn")

    assert logs == []
    assert await published(db) == before


async def test_a_parcel_that_left_unpacked_can_still_be_given_its_serial(
    journey: Journeys, db: Database
) -> None:
    mine = await (await journey().begin()).book()

    with capture_logs() as logs:
        await mine.carrier("picked")
    packed = await mine.pack("1231231231")
    other = await mine.pack("3213213213")

    assert "left_without_serial" in [entry["event"] for entry in logs]
    assert (packed.status_code, other.status_code) == (200, 409)
    assert await published(db) == [
        "ShipmentConfirmed",
        "ShipmentBooked",
        "ShipmentHandedOver",
        "ShipmentPacked",
    ]


async def test_news_that_overtakes_the_answer_to_the_booking_books_the_parcel(
    journey: Journeys, db: Database
) -> None:
    mine = await journey().begin()
    await mine.confirm()

    await mine.carrier("ready_to_pick", OrderCode="G00001", Type="create")
    await mine.work()

    assert await mine.status() == "BOOKED"
    assert (await mine.shipment()).tracking_code == "G00001"
    assert await published(db) == ["ShipmentConfirmed", "ShipmentBooked"]


async def test_news_is_kept_as_it_came_sealed(mine: Journey, db: Database, keys_dir: Path) -> None:
    await mine.carrier("delivery_fail", Reason="Chị Mai hẹn mai")

    async with db.transaction() as tx:
        row = (await tx.execute(select(carrier_news.c.id, carrier_news.c.body))).one()
    assert b"Mai" not in row.body
    body = json.loads(Sealer(keys_dir, "shipping").open(row.body, about=str(row.id)))
    assert body["Reason"] == "Chị Mai hẹn mai"


async def send(app: FastAPI, path: str, content: bytes) -> httpx.Response:
    async with client(app) as carrier:
        return await carrier.post(path, content=content)


async def test_a_wrong_secret_or_carrier_finds_nothing(
    mine: Journey, app: FastAPI, db: Database
) -> None:
    body = json.dumps(
        {"OrderCode": "G00001", "Status": "delivered", "Time": "2030-01-01T00:00:00Z"}
    ).encode()
    for path in ("ghn/webhook/wrong", "ghn/webhook/ü", f"ghtk/webhook/{SECRET}", "ghn/webhook/"):
        assert (await send(app, f"/v1/carriers/{path}", body)).status_code == 404

    assert await mine.status() == "BOOKED"
    async with db.transaction() as tx:
        assert (await tx.execute(select(carrier_news.c.id))).all() == []


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"{", b'{"OrderCode": "X"}', b"\xff", b"null", b'{"Status": 1}']
)
async def test_what_is_not_ghns_message_is_a_422(app: FastAPI, body: bytes) -> None:
    answer = await send(app, f"/v1/carriers/ghn/webhook/{SECRET}", body)

    assert (answer.status_code, answer.json()["type"]) == (422, "/problems/unreadable-news")


async def test_news_of_a_parcel_we_do_not_know_is_kept_and_answered_with_200(
    app: FastAPI, db: Database
) -> None:
    body = {
        "OrderCode": "STRANGE",
        "ClientOrderCode": str(uuid7()),
        "Status": "picked",
        "Time": "2030-01-01T00:00:00Z",
    }

    with capture_logs() as logs:
        answer = await send(app, f"/v1/carriers/ghn/webhook/{SECRET}", json.dumps(body).encode())

    assert answer.status_code == 200
    assert [entry["event"] for entry in logs] == ["news_of_no_shipment"]
    async with db.transaction() as tx:
        kept = (await tx.execute(select(carrier_news.c.shipment_id))).scalars().all()
    assert kept == [None]


async def test_news_is_matched_by_the_tracking_code_if_our_own_is_missing(
    mine: Journey, app: FastAPI
) -> None:
    body = {
        "OrderCode": (await mine.shipment()).tracking_code,
        "ClientOrderCode": "",
        "Status": "picked",
        "Time": "2030-01-01 07:00:00",
    }

    await send(app, f"/v1/carriers/ghn/webhook/{SECRET}", json.dumps(body).encode())

    assert await mine.status() == "DELIVERING"


async def test_another_parcel_under_our_own_code_moves_nothing(mine: Journey) -> None:
    with capture_logs() as logs:
        await mine.carrier("delivered", OrderCode="SOMETHING-ELSE")

    assert await mine.status() == "BOOKED"
    assert [entry["event"] for entry in logs] == ["news_of_another_parcel"]
