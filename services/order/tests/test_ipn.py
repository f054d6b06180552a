"""The gateway's word: every answer of the IPN, repeats, races, a second attempt."""

import asyncio
from datetime import timedelta

from services.order.tests.vnpay import opened, signed
from services.order.tests.world import World

from events import (
    InvoiceIssued,
    PaymentConfirmed,
    PaymentFailed,
    PaymentInitiated,
    RefundRequested,
)
from events.ids import uuid7
from kit import clock
from kit.db import Database
from kit.testing import client
from order.vnpay.domain import canonical
from order.vnpay.gateways import VnPay


async def test_money_in_time_confirms_pays_and_invoices_once(world: World) -> None:
    """F3.12 TH1, G07: a paid physical order enters Chờ xử lý like any other."""
    order = await world.paid()

    assert (order["status"], order["label_vi"]) == ("PENDING", "Chờ xử lý")
    assert order["payment_label_vi"] == "Đã thanh toán"
    assert (await world.topics())[-2:] == ["PaymentConfirmed", "InvoiceIssued"]
    [confirmed] = await world.published(PaymentConfirmed)
    assert confirmed.method == "ONLINE"
    assert abs(confirmed.paid_at - clock.now()) < timedelta(seconds=30)


async def test_a_paid_esim_says_so(world: World) -> None:
    order = await world.paid(sim="ESIM")

    assert (order["status"], order["label_vi"]) == ("PENDING", "Đã thanh toán")


async def test_the_ipn_answers_exactly_what_vnpay_expects(world: World) -> None:
    """The order of checks: signature, reference, amount, finality."""
    order = await world.place(await world.hold())
    url = order["payment_url"]
    forged = world.notice(url) | {"vnp_Amount": "100"}

    wrong_signature = await client(world.app).get("/v1/payments/vnpay/ipn", params=forged)
    unknown = await world.ipn(url, vnp_TxnRef=uuid7().hex)
    wrong_amount = await world.ipn(url, vnp_Amount="100")
    nonsense = await world.ipn(url, vnp_Amount="much")
    first = await world.ipn(url)
    second = await world.ipn(url)

    assert wrong_signature.json()["RspCode"] == "97"
    assert (unknown, wrong_amount, nonsense, first, second) == ("01", "04", "04", "00", "02")
    assert len(await world.published(PaymentConfirmed)) == 1


async def test_a_failure_is_also_taken_with_00_and_can_be_tried_again(world: World) -> None:
    """G10: the common bug of answering 99 would make VNPay repeat for an hour."""
    order = await world.place(await world.hold())

    assert await world.ipn(order["payment_url"], "24") == "00"
    assert await world.ipn(order["payment_url"], "24") == "02"
    [failed] = await world.published(PaymentFailed)
    assert failed.reason_code == "CUSTOMER_CANCELLED"
    assert (await world.read(order))["payment_status"] == "FAILED"

    again = await world.customer().post(f"/v1/orders/{order['order_id']}/payments")
    assert again.status_code == 201
    assert (
        opened(again.json()["payment_url"])["vnp_TxnRef"]
        != opened(order["payment_url"])["vnp_TxnRef"]
    )
    assert await world.ipn(again.json()["payment_url"]) == "00"
    assert (await world.read(order))["status"] == "PENDING"


async def test_trouble_of_ours_is_answered_with_99_and_the_repeat_is_taken(world: World) -> None:
    order = await world.place(await world.hold())
    away = Database("postgresql+psycopg://nobody@127.0.0.1:1/nothing")

    world.app.state.db = away
    assert await world.ipn(order["payment_url"]) == "99"
    world.app.state.db = world.db

    assert await world.ipn(order["payment_url"]) == "00"


async def test_of_many_racing_ipns_one_confirms(world: World) -> None:
    order = await world.place(await world.hold())

    calls = [world.ipn(order["payment_url"]) for _ in range(12)]
    answers = await asyncio.gather(*calls)

    assert sorted(answers) == ["00"] + ["02"] * 11
    assert len(await world.published(PaymentConfirmed)) == 1
    assert len(await world.published(InvoiceIssued)) == 1


async def test_two_paid_attempts_confirm_once_and_the_second_goes_back(world: World) -> None:
    """Money taken is money owed, also when a customer pays twice."""
    order = await world.place(await world.hold())
    more = await world.customer().post(f"/v1/orders/{order['order_id']}/payments")

    urls = [order["payment_url"], more.json()["payment_url"]]
    assert await asyncio.gather(*(world.ipn(url) for url in urls)) == ["00", "00"]
    await world.run_tasks()

    assert len(await world.published(PaymentConfirmed)) == 1
    [refund] = await world.published(RefundRequested)
    assert refund.reason_code == "PAID_TWICE"
    assert len(world.vnpay.refunds) == 1
    assert (await world.read(order))["payment_status"] == "PAID"


async def test_the_way_back_from_vnpay_changes_nothing(world: World) -> None:
    """An app is told how the payment stands, a browser comes to the page that waits for it."""
    order = await world.place(await world.hold())
    params = world.notice(order["payment_url"])

    shown = await client(world.app).get("/v1/payments/vnpay/return", params=params)
    browser = await client(world.app).get(
        "/v1/payments/vnpay/return", params=params, headers={"Accept": "text/html,*/*;q=0.8"}
    )

    assert shown.json()["payment_status"] == "INITIATED"
    assert browser.status_code == 303
    assert browser.headers["location"] == f"/holds/{order['hold_id']}/pay?returned=1"
    assert (await world.read(order))["status"] == "AWAITING_PAYMENT"


async def test_a_way_back_that_vnpay_did_not_sign_leads_to_no_order(world: World) -> None:
    order = await world.place(await world.hold())
    forged = world.notice(order["payment_url"]) | {"vnp_Amount": "1"}

    page = await client(world.app).get(
        "/v1/payments/vnpay/return", params=forged, headers={"Accept": "text/html"}
    )

    assert page.status_code == 200
    assert "Liên kết không hợp lệ" in page.text
    assert order["hold_id"] not in page.text


async def test_only_vnpays_own_parameters_are_signed(world: World) -> None:
    """Parameters that advertisers add to a link break neither the way back nor a call."""
    order = await world.place(await world.hold())
    params = world.notice(order["payment_url"]) | {"fbclid": "IwAR0", "utm_source": "x"}

    shown = await client(world.app).get("/v1/payments/vnpay/return", params=params)
    told = await client(world.app).get("/v1/payments/vnpay/ipn", params=params)
    added = await client(world.app).get(
        "/v1/payments/vnpay/return", params=params | {"vnp_Added": "1"}
    )

    assert shown.json()["payment_status"] == "INITIATED"
    assert told.json()["RspCode"] == "00"
    assert added.json()["payment_status"] is None


async def test_suspicious_money_is_neither_success_nor_failure(world: World) -> None:
    order = await world.place(await world.hold())

    assert await world.ipn(order["payment_url"], "07", vnp_TransactionStatus="07") == "00"

    assert (await world.read(order))["payment_status"] == "PENDING"
    assert await world.published(PaymentConfirmed, PaymentFailed) == []


async def test_nobody_tries_to_pay_without_end(world: World) -> None:
    order = await world.place(await world.hold())
    path = f"/v1/orders/{order['order_id']}/payments"

    codes = [(await world.customer().post(path)).status_code for _ in range(5)]

    assert codes == [201, 201, 201, 201, 429]
    assert len(await world.published(PaymentInitiated)) == 5


async def test_a_paid_order_cannot_be_paid_again(world: World) -> None:
    order = await world.paid()

    answer = await world.customer().post(f"/v1/orders/{order['order_id']}/payments")

    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/nothing-to-pay")


def test_our_signature_is_that_of_vnpays_own_library(world: World) -> None:
    params = {
        "vnp_Amount": "15000000",
        "vnp_Command": "pay",
        "vnp_CreateDate": "20261122140000",
        "vnp_CurrCode": "VND",
        "vnp_ExpireDate": "20261122141500",
        "vnp_IpAddr": "127.0.0.1",
        "vnp_Locale": "vn",
        "vnp_OrderInfo": "Thanh toan phieu giu so 0931266868",
        "vnp_OrderType": "other",
        "vnp_ReturnUrl": "https://example.test/return",
        "vnp_TmnCode": "TESTTMN1",
        "vnp_TxnRef": "PGS2611220001",
        "vnp_Version": "2.1.0",
        "vnp_BankCode": "",
    }
    vnpay = world.app.state.vnpay
    assert isinstance(vnpay, VnPay)

    hash_ = vnpay.sign(canonical(params))

    assert hash_ == (
        "bd3872ce0a057b21d2fb333d3aa039861b6b5c76be267f391eb27dfcee7c8fe2"
        "896c459c9312468ad8335e3c667537a679ce07f7e7b3ecf9f7ea03342d598eb2"
    )
    assert vnpay.signed_by_vnpay(signed({"vnp_TxnRef": "a b*"} | {"vnp_Amount": "1"})) is False
