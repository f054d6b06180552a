"""The tabs follow the parcel, cash is noted, the activation is shown (flow 4, F5a.14-16)."""

from datetime import timedelta
from itertools import permutations
from typing import Any

import pytest
from services.order.tests.parcels import says
from services.order.tests.world import World

from events import (
    CodCollected,
    CollectionFailed,
    ConnectionCompleted,
    ConnectionQueued,
    ConnectionRejected,
    DossierSigned,
    EsimInstalled,
    EsimProfileIssued,
    Event,
    InvoiceIssued,
    PaymentConfirmed,
    ShipmentConfirmed,
    ShipmentDelivered,
    ShipmentHandedOver,
    StorePickupDone,
    StorePickupReady,
)
from kit import clock


async def test_a_home_parcel_goes_through_the_tabs(world: World) -> None:
    """F4.2, F4.8.1, F4.14, F4.23."""
    order = await world.place(await world.hold(), "COD")

    labels = [order["label_vi"]]
    for step in (ShipmentConfirmed, ShipmentHandedOver, ShipmentDelivered):
        await world.consumes(says(step, order["hold_id"]))
        labels.append((await world.read(order))["label_vi"])

    assert labels == ["Chờ xử lý", "Chờ lấy hàng", "Đang giao hàng", "Đã giao"]


async def test_a_store_parcel_waits_for_its_customer(world: World) -> None:
    """F4.6, F4.7, G15."""
    order = await world.place(await world.hold(), "COD")
    hold_id = order["hold_id"]

    await world.consumes(says(StorePickupReady, hold_id))
    waiting = await world.read(order)
    await world.consumes(says(StorePickupDone, hold_id))

    assert (waiting["label_vi"], waiting["sub_label_vi"]) == ("Chờ lấy hàng", "Chờ khách đến lấy")
    assert (await world.read(order))["label_vi"] == "Đã giao"


async def test_a_failed_collection_shows_in_its_tab(world: World) -> None:
    """G23."""
    order = await world.place(await world.hold(), "COD")
    hold_id = order["hold_id"]

    await world.consumes(says(ShipmentConfirmed, hold_id), says(CollectionFailed, hold_id))
    failed = await world.read(order)
    await world.consumes(says(ShipmentHandedOver, hold_id))

    assert failed["sub_status"] == "COLLECTION_FAILED"
    assert (await world.read(order))["sub_status"] is None


@pytest.mark.parametrize(
    "steps", list(permutations([ShipmentConfirmed, ShipmentHandedOver, ShipmentDelivered]))
)
async def test_words_in_any_order_never_lead_back(
    world: World, steps: tuple[type[Event], ...]
) -> None:
    order = await world.place(await world.hold(), "COD")

    for step in steps:
        await world.consumes(says(step, order["hold_id"]))

    assert (await world.read(order))["status"] == "DELIVERED"


@pytest.mark.parametrize("delivered_first", [True, False])
async def test_cash_on_delivery_is_noted_and_invoiced_once(
    world: World, *, delivered_first: bool
) -> None:
    """F4.19 TH2, F4.20, SB.3.4: the hold was confirmed long ago, so nothing is confirmed again."""
    order = await world.place(await world.hold(), "COD")
    hold_id, total = order["hold_id"], order["total_vnd"]
    cash = says(CodCollected, hold_id, amount_vnd=total)
    repeated = says(CodCollected, hold_id, amount_vnd=total)
    there = says(ShipmentDelivered, hold_id)

    await world.consumes(*((there, cash) if delivered_first else (cash, there)), repeated)

    shown = await world.read(order)
    assert (shown["status"], shown["payment_label_vi"]) == ("DELIVERED", "Đã thu hộ")
    assert len(await world.published(InvoiceIssued)) == 1
    assert await world.published(PaymentConfirmed) == []


async def test_a_parcel_paid_online_needs_no_cash(world: World) -> None:
    """F4.19 TH1."""
    order = await world.paid()
    await world.consumes(says(ShipmentDelivered, order["hold_id"]))

    shown = await world.read(order)

    assert (shown["status"], shown["payment_status"]) == ("DELIVERED", "PAID")


async def test_the_invoice_splits_the_vat_and_names_the_promotion(world: World) -> None:
    """SB.3.4, G35."""
    order = await world.place(
        hold := await world.hold(sim="ESIM", promotion_code="KMTN4G"),
        invoice={"name": "Công ty Thử", "address": "1 Lê Lợi", "tax_code": "0100686209"},
    )
    path = f"/v1/orders/{order['order_id']}/invoice"
    assert (await world.customer().get(path)).status_code == 404
    await world.ipn(order["payment_url"])

    invoice = (await world.customer().get(path)).json()

    assert invoice["total_vnd"] == hold.price_vnd + hold.sim_fee_vnd
    assert invoice["net_vnd"] + invoice["vat_vnd"] == invoice["total_vnd"]
    assert invoice["buyer"]["name"] == "Công ty Thử"
    *goods, gift = invoice["lines"]
    assert (gift["kind"], gift["code"], gift["total_vnd"]) == (2, "TN4G", 0)
    assert [line["vat_vnd"] for line in goods] == [13_636, 2_273]


async def test_a_physical_sim_is_joined_when_it_is_connected(world: World) -> None:
    """F5a.14."""
    order = await world.paid()

    await world.consumes(says(ConnectionCompleted, order["hold_id"]))

    shown = await world.read(order)
    assert (shown["activation_status"], shown["activation_label_vi"]) == (
        "ACTIVATED",
        "Đã hòa mạng",
    )


async def test_a_refused_connection_shows_its_reason(world: World) -> None:
    """F5a.16, F5b.18."""
    order = await world.paid()

    await world.consumes(says(ConnectionRejected, order["hold_id"], reason_code="SIM_SERIAL_WRONG"))

    shown = await world.read(order)
    assert shown["activation_label_vi"] == "Từ chối hòa mạng"
    assert shown["activation_reason"] == "SIM_SERIAL_WRONG"


async def test_an_esim_is_joined_when_it_is_on_the_phone(world: World) -> None:
    """F5b.12-F5b.16, G30; and the order's own label follows, for there is no parcel."""
    order = await world.paid(sim="ESIM")
    hold_id = order["hold_id"]

    labels = []
    for step in (ConnectionQueued, ConnectionCompleted, EsimProfileIssued, EsimInstalled):
        await world.consumes(says(step, hold_id))
        labels.append((await world.read(order))["label_vi"])

    assert labels == ["Chờ đấu nối (hàng đợi)", "Đang đấu nối", "Đã gửi mã QR", "Đã hòa mạng"]


async def test_an_older_step_of_the_activation_changes_nothing(world: World) -> None:
    order = await world.paid()
    hold_id, now = order["hold_id"], clock.now()
    signed: Any = DossierSigned(
        occurred_at=now - timedelta(minutes=1),
        hold_id=hold_id,
        dossier_id=hold_id,
        sha256="0" * 64,
        signed_at=now,
    )

    await world.consumes(says(ConnectionQueued, hold_id, at=now), signed)

    assert (await world.read(order))["activation_status"] == "QUEUED"
