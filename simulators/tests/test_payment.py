"""VNPay 2.1.0 as merchants know it (F3.6, F3.12, P2.2)."""

import asyncio
from collections.abc import Callable
from urllib.parse import parse_qsl

import pytest
from fastapi.responses import JSONResponse, Response
from simulators.tests.vnpay import SECRET, ask, opened, pay, pay_params, pay_url

from simulators.payment import protocol
from simulators.settings import Settings
from simulators.testing import Outside, Shop, outside_world, until

VECTOR = (
    "vnp_Amount=15000000&vnp_Command=pay&vnp_CreateDate=20261122140000&vnp_CurrCode=VND"
    "&vnp_ExpireDate=20261122141500&vnp_IpAddr=127.0.0.1&vnp_Locale=vn"
    "&vnp_OrderInfo=Thanh+toan+phieu+giu+so+0931266868&vnp_OrderType=other"
    "&vnp_ReturnUrl=https%3A%2F%2Fexample.test%2Freturn&vnp_TmnCode=TESTTMN1"
    "&vnp_TxnRef=PGS2611220001&vnp_Version=2.1.0"
)
VECTOR_HASH = (
    "bd3872ce0a057b21d2fb333d3aa039861b6b5c76be267f391eb27dfcee7c8fe2"
    "896c459c9312468ad8335e3c667537a679ce07f7e7b3ecf9f7ea03342d598eb2"
)


def test_the_signature_is_that_of_the_published_vector() -> None:
    params = dict(parse_qsl(VECTOR))

    assert protocol.query(params) == VECTOR
    assert protocol.secure_hash(SECRET, VECTOR) == VECTOR_HASH
    assert protocol.is_signed(SECRET, VECTOR, VECTOR_HASH.upper())
    assert not protocol.is_signed(SECRET, VECTOR + "0", VECTOR_HASH)


def test_values_are_written_as_forms_are_and_empty_ones_left_out() -> None:
    params = {"vnp_B": "a b*~ệ", "vnp_A": "", "vnp_SecureHash": "x"}

    assert protocol.query(params) == "vnp_B=a+b*%7E%E1%BB%87"


async def test_a_signed_address_opens_the_payment_page(outside: Outside) -> None:
    page = await outside.http.get(pay_url(pay_params()))

    assert page.status_code == 200
    assert "150.000 đ" in page.text
    assert 'action="../../payment/pay/PGS1/SUCCEED"' in page.text


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"vnp_TmnCode": "OTHER"}, "72"),
        ({"vnp_Version": "2.0.0"}, "03"),
        ({"vnp_Command": "refund"}, "03"),
        ({"vnp_Amount": "0"}, "03"),
        ({"vnp_Amount": "15000050"}, "03"),
        ({"vnp_Amount": "-100"}, "03"),
        ({"vnp_CurrCode": "USD"}, "03"),
        ({"vnp_TxnRef": "a/b"}, "03"),
        ({"vnp_OrderInfo": "Thanh toán"}, "03"),
        ({"vnp_ReturnUrl": "javascript:alert(1)"}, "03"),
        ({"vnp_ReturnUrl": "http://[bad"}, "03"),
        ({"vnp_CreateDate": "20261399000000"}, "03"),
        ({"vnp_ExpireDate": ""}, "03"),
        ({"vnp_ExpireDate": "20200101000000"}, "15"),
    ],
)
async def test_a_wrong_address_is_refused_with_its_code(
    outside: Outside, changes: dict[str, str], code: str
) -> None:
    page = await outside.http.get(pay_url(pay_params(**changes)))

    assert page.status_code == 400
    assert f"mã lỗi {code}" in page.text
    assert (await outside.http.post("/payment/pay/PGS1/SUCCEED")).status_code == 404


async def test_a_changed_address_is_refused(outside: Outside) -> None:
    address = pay_url(pay_params())

    page = await outside.http.get(address.replace("15000000", "100"))

    assert "mã lỗi 70" in page.text


async def test_a_txn_ref_belongs_to_one_amount(outside: Outside) -> None:
    await opened(outside)

    page = await outside.http.get(pay_url(pay_params(vnp_Amount="100")))

    assert "mã lỗi 01" in page.text


@pytest.mark.parametrize(
    ("choice", "code", "status", "charges"),
    [("SUCCEED", "00", "00", 1), ("CANCEL", "24", "02", 0), ("NO_FUNDS", "51", "02", 0)],
)
async def test_the_merchant_hears_what_the_customer_did(
    outside: Outside, shop: Shop, choice: str, code: str, status: str, charges: int
) -> None:
    await opened(outside)

    back = await pay(outside, choice=choice)

    await until(lambda: len(shop.received) == 1)
    ipn = shop.messages()[0]
    for told in (back, ipn):
        signature = told["vnp_SecureHash"]
        signed = {name: value for name, value in told.items() if name != "from"}
        assert protocol.is_signed(SECRET, protocol.query(signed), signature)
        assert (told["vnp_ResponseCode"], told["vnp_TransactionStatus"]) == (code, status)
        assert (told["vnp_Amount"], told["vnp_TxnRef"]) == ("15000000", "PGS1")
    assert shop.received[0].method == "GET"
    assert await outside.count("charges", "PGS1") == charges


async def test_pressing_again_charges_once_and_changes_nothing(
    outside: Outside, shop: Shop
) -> None:
    await opened(outside)
    first = await pay(outside)

    again = await pay(outside, choice="CANCEL")

    assert again == first
    assert await outside.count("charges") == 1
    assert len(shop.received) == 1


async def test_two_charges_of_one_order_are_seen_as_two(outside: Outside) -> None:
    for txn_ref in ("PGS1-1", "PGS1-2", "PGS2-1"):
        await opened(outside, txn_ref)
        await pay(outside, txn_ref)

    assert await outside.count("charges", "PGS1") == 2
    assert await outside.count("charges", "0931266868") == 3  # the last word of OrderInfo
    assert await outside.count("charges", "31266868") == 0


async def test_nobody_pays_after_the_time_is_up(
    outside: Outside, shop: Shop, move_clock: Callable[[int], None]
) -> None:
    await opened(outside)
    move_clock(1000)

    back = await pay(outside)

    assert back["vnp_ResponseCode"] == "11"
    await until(lambda: len(shop.received) == 1)
    assert await outside.count("charges") == 0


@pytest.mark.parametrize("end", ["00", "02"])
async def test_the_ipn_is_repeated_until_the_merchant_has_understood(
    outside: Outside, shop: Shop, end: str
) -> None:
    shop.answers = [Response("busy", 500), JSONResponse({"RspCode": "99"})]
    shop.answers += [JSONResponse({"RspCode": end}), JSONResponse({"RspCode": "97"})]
    await opened(outside)

    await pay(outside)

    await until(lambda: len(shop.received) == 3)
    async with asyncio.timeout(10):
        while await ipn_state(outside) != ("DONE", 3):  # noqa: ASYNC110, over HTTP
            await asyncio.sleep(0.02)
    assert len({str(one.url) for one in shop.received}) == 1
    assert len(shop.received) == 3


async def ipn_state(outside: Outside) -> tuple[str, int]:
    (ipn,) = (await outside.http.get("/callbacks", params={"ref": "PGS1"})).json()["items"]
    return ipn["state"], ipn["attempts"]


async def test_an_ipn_that_was_not_received_survives_a_restart(
    settings: Settings, shop: Shop
) -> None:
    shop.answers = [Response("down", 503)] * 2
    async with outside_world(settings, shop.app()) as before:
        await opened(before)
        await pay(before)
        await until(lambda: len(shop.received) == 2)  # the next repeat is a second away

    async with outside_world(settings, shop.app()) as after:
        await until(lambda: len(shop.received) == 3)

        assert shop.messages()[2]["vnp_TxnRef"] == "PGS1"
        assert await after.count("charges") == 1


async def test_a_late_success_is_unfinished_first_and_paid_in_the_end(
    outside: Outside, shop: Shop, move_clock: Callable[[int], None]
) -> None:
    await outside.fault("payment", "late_success", times=1, delay_seconds=0.5)
    await opened(outside)

    back = await pay(outside)
    move_clock(1000)  # the shop's time is up meanwhile
    meanwhile = await ask(outside, "querydr")

    assert (back["vnp_ResponseCode"], back["vnp_TransactionStatus"]) == ("99", "01")
    assert meanwhile["vnp_TransactionStatus"] == "01"
    await until(lambda: len(shop.received) == 1)
    assert shop.messages()[0]["vnp_TransactionStatus"] == "00"
    assert await outside.count("charges") == 1


async def test_a_customer_may_leave_the_page_to_where_they_came_from_and_nothing_is_decided(
    outside: Outside,
) -> None:
    params = pay_params()
    came_from = {"referer": "http://sim.test/holds/h1/pay"}

    page = await outside.http.get(pay_url(params), headers=came_from)

    assert 'href="../../../holds/h1/pay">Bỏ dở' in page.text
    for elsewhere in ({}, {"referer": "https://evil.test/holds/h1/pay"}, {"referer": "//["}):
        page = await outside.http.get(pay_url(params), headers=elsewhere)
        assert page.status_code == 200
        assert 'href="../../../">Bỏ dở' in page.text
    assert await outside.count("charges", "PGS1") == 0
