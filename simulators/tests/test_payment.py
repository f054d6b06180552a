"""VNPay 2.1.0 as merchants know it (F3.6, F3.12, P2.2)."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlsplit

import pytest
from fastapi.responses import JSONResponse, Response

from simulators.payment import protocol
from simulators.settings import Settings
from simulators.testing import Outside, Shop, outside_world, until

SECRET = "SECRETKEY0123456789"
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


def pay_params(txn_ref: str = "PGS1", **changes: str) -> dict[str, str]:
    now = datetime.now(UTC)
    return {
        "vnp_Version": "2.1.0",
        "vnp_Command": "pay",
        "vnp_TmnCode": "TESTTMN1",
        "vnp_Amount": "15000000",
        "vnp_CurrCode": "VND",
        "vnp_TxnRef": txn_ref,
        "vnp_OrderInfo": "Thanh toan phieu giu so 0931266868",
        "vnp_OrderType": "other",
        "vnp_Locale": "vn",
        "vnp_ReturnUrl": "https://shop.test/return?from=vnpay",
        "vnp_IpAddr": "127.0.0.1",
        "vnp_CreateDate": protocol.stamp(now),
        "vnp_ExpireDate": protocol.stamp(now + timedelta(minutes=15)),
    } | changes


def pay_url(params: dict[str, str], secret: str = SECRET) -> str:
    return f"/payment/paymentv2/vpcpay.html?{protocol.signed_query(secret, params)}"


async def opened(outside: Outside, txn_ref: str = "PGS1", **changes: str) -> dict[str, str]:
    params = pay_params(txn_ref, **changes)
    page = await outside.http.get(pay_url(params))
    assert page.status_code == 200, page.text
    return params


async def pay(outside: Outside, txn_ref: str = "PGS1", choice: str = "SUCCEED") -> dict[str, str]:
    """Press a button; return what the browser takes back to the shop."""
    answer = await outside.http.post(f"/payment/pay/{txn_ref}/{choice}")
    assert answer.status_code == 303, answer.text
    back = urlsplit(answer.headers["location"])
    assert (back.hostname, back.path) == ("shop.test", "/return")
    return {name: values[0] for name, values in parse_qs(back.query).items()}


async def ask(outside: Outside, command: str, secret: str = SECRET, **changes: str) -> Any:
    sent = {
        "vnp_RequestId": "request-1",
        "vnp_Version": "2.1.0",
        "vnp_Command": command,
        "vnp_TmnCode": "TESTTMN1",
        "vnp_TxnRef": "PGS1",
        "vnp_OrderInfo": "Hoi giao dich",
        "vnp_TransactionDate": protocol.stamp(datetime.now(UTC)),
        "vnp_CreateDate": protocol.stamp(datetime.now(UTC)),
        "vnp_IpAddr": "127.0.0.1",
    }
    if command == "refund":
        sent |= {
            "vnp_TransactionType": "02",
            "vnp_Amount": "15000000",
            "vnp_TransactionNo": "",
            "vnp_CreateBy": "order",
        }
    sent |= changes
    names = (
        "RequestId Version Command TmnCode TxnRef TransactionDate CreateDate IpAddr OrderInfo"
        if command == "querydr"
        else "RequestId Version Command TmnCode TransactionType TxnRef Amount TransactionNo"
        " TransactionDate CreateBy CreateDate IpAddr OrderInfo"
    )
    text = "|".join(sent.get(f"vnp_{name}", "") for name in names.split())
    sent["vnp_SecureHash"] = protocol.secure_hash(secret, text)
    answer = await outside.http.post("/payment/merchant_webapi/api/transaction", json=sent)
    assert answer.status_code == 200, answer.text
    return answer.json()


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

    await until(lambda: len(shop.heard) == 1)
    ipn = shop.messages()[0]
    for told in (back, ipn):
        signature = told["vnp_SecureHash"]
        signed = {name: value for name, value in told.items() if name != "from"}
        assert protocol.is_signed(SECRET, protocol.query(signed), signature)
        assert (told["vnp_ResponseCode"], told["vnp_TransactionStatus"]) == (code, status)
        assert (told["vnp_Amount"], told["vnp_TxnRef"]) == ("15000000", "PGS1")
    assert shop.heard[0].method == "GET"
    assert await outside.count("charges", "PGS1") == charges


async def test_pressing_again_charges_once_and_changes_nothing(
    outside: Outside, shop: Shop
) -> None:
    await opened(outside)
    first = await pay(outside)

    again = await pay(outside, choice="CANCEL")

    assert again == first
    assert await outside.count("charges") == 1
    assert len(shop.heard) == 1


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
    await until(lambda: len(shop.heard) == 1)
    assert await outside.count("charges") == 0


@pytest.mark.parametrize("end", ["00", "02"])
async def test_the_ipn_is_repeated_until_the_merchant_has_understood(
    outside: Outside, shop: Shop, end: str
) -> None:
    shop.answers = [Response("busy", 500), JSONResponse({"RspCode": "99"})]
    shop.answers += [JSONResponse({"RspCode": end}), JSONResponse({"RspCode": "97"})]
    await opened(outside)

    await pay(outside)

    await until(lambda: len(shop.heard) == 3)
    async with asyncio.timeout(10):
        while await ipn_state(outside) != ("DONE", 3):  # noqa: ASYNC110, over HTTP
            await asyncio.sleep(0.02)
    assert len({str(one.url) for one in shop.heard}) == 1
    assert len(shop.heard) == 3


async def ipn_state(outside: Outside) -> tuple[str, int]:
    (ipn,) = (await outside.http.get("/callbacks", params={"ref": "PGS1"})).json()["items"]
    return ipn["state"], ipn["attempts"]


async def test_an_ipn_that_was_not_heard_survives_a_restart(settings: Settings, shop: Shop) -> None:
    shop.answers = [Response("down", 503)] * 2
    async with outside_world(settings, shop.app()) as before:
        await opened(before)
        await pay(before)
        await until(lambda: len(shop.heard) == 2)  # the next repeat is a second away

    async with outside_world(settings, shop.app()) as after:
        await until(lambda: len(shop.heard) == 3)

        assert shop.messages()[2]["vnp_TxnRef"] == "PGS1"
        assert await after.count("charges") == 1


async def test_a_query_tells_the_state_under_signature(outside: Outside, shop: Shop) -> None:
    await opened(outside)
    before = await ask(outside, "querydr")
    await pay(outside)

    after = await ask(outside, "querydr")

    assert (before["vnp_ResponseCode"], before["vnp_TransactionStatus"]) == ("00", "01")
    assert (after["vnp_ResponseCode"], after["vnp_TransactionStatus"]) == ("00", "00")
    assert after["vnp_Amount"] == "15000000"
    names = (
        "ResponseId Command ResponseCode Message TmnCode TxnRef Amount BankCode PayDate"
        " TransactionNo TransactionType TransactionStatus OrderInfo"
    )
    signed = [after.get(f"vnp_{name}", "") for name in names.split()]
    text = "|".join([*signed, "", ""])
    assert protocol.is_signed(SECRET, text, after["vnp_SecureHash"])
    assert len(shop.heard) == 1


async def test_a_query_after_the_time_is_up_says_that_it_failed(
    outside: Outside, move_clock: Callable[[int], None]
) -> None:
    await opened(outside)
    move_clock(1000)

    assert (await ask(outside, "querydr"))["vnp_TransactionStatus"] == "02"


@pytest.mark.parametrize(
    ("how", "code"),
    [
        ({"vnp_TxnRef": "NEVER"}, "91"),
        ({"vnp_TransactionDate": "20200101000000"}, "91"),
        ({"secret": "wrong"}, "97"),
        ({"vnp_TmnCode": "OTHER"}, "02"),
        ({"vnp_Version": "1"}, "03"),
        ({"vnp_RequestId": "a b"}, "03"),
        ({"vnp_TxnRef": ""}, "03"),
        ({"vnp_TxnRef": "\x00"}, "03"),
    ],
)
async def test_a_wrong_query_gets_its_code(
    outside: Outside, how: dict[str, str], code: str
) -> None:
    await opened(outside)

    assert (await ask(outside, "querydr", **how))["vnp_ResponseCode"] == code


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b'{"vnp_Command": {}}', b"\xff"])
async def test_nonsense_is_answered_with_code_03(outside: Outside, body: bytes) -> None:
    answer = await outside.http.post("/payment/merchant_webapi/api/transaction", content=body)

    assert (answer.status_code, answer.json()["vnp_ResponseCode"]) == (200, "03")


async def test_a_refund_is_made_once_however_often_it_is_asked_for(outside: Outside) -> None:
    await opened(outside)
    await pay(outside)

    first = await ask(outside, "refund")
    again = await ask(outside, "refund")
    another = await ask(outside, "refund", vnp_RequestId="request-2")

    assert (first["vnp_ResponseCode"], first["vnp_TransactionStatus"]) == ("00", "05")
    assert again["vnp_ResponseCode"] == "00"
    assert another["vnp_ResponseCode"] == "94"
    assert await outside.count("refunds", "PGS1") == 1
    assert (await ask(outside, "querydr"))["vnp_TransactionType"] == "02"


async def test_parts_can_be_refunded_but_never_more_than_was_paid(outside: Outside) -> None:
    await opened(outside)
    await pay(outside)
    part = {"vnp_TransactionType": "03", "vnp_Amount": "10000000"}

    codes = [
        (await ask(outside, "refund", vnp_RequestId=f"r{number}", **part))["vnp_ResponseCode"]
        for number in range(2)
    ]

    assert codes == ["00", "03"]
    assert (await ask(outside, "querydr"))["vnp_TransactionType"] == "03"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"vnp_Amount": "100"}, "03"),
        ({"vnp_Amount": "0"}, "03"),
        ({"vnp_TransactionType": "04"}, "03"),
        ({"vnp_TxnRef": "NEVER"}, "91"),
        ({"secret": "wrong"}, "97"),
    ],
)
async def test_a_wrong_refund_gets_its_code(
    outside: Outside, changes: dict[str, str], code: str
) -> None:
    await opened(outside)
    await pay(outside)

    assert (await ask(outside, "refund", **changes))["vnp_ResponseCode"] == code
    assert await outside.count("refunds") == 0


async def test_what_was_not_paid_is_not_refunded(outside: Outside) -> None:
    await opened(outside)

    assert (await ask(outside, "refund"))["vnp_ResponseCode"] == "95"


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
    await until(lambda: len(shop.heard) == 1)
    assert shop.messages()[0]["vnp_TransactionStatus"] == "00"
    assert await outside.count("charges") == 1
