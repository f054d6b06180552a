"""Requests of a merchant to VNPay: the state of a payment, and refunds (F3.12)."""

import asyncio
from collections.abc import Callable

import pytest
from simulators.tests.vnpay import SECRET, ask, opened, pay

from simulators.payment import protocol
from simulators.testing import Outside, Shop


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
    assert len(shop.received) == 1


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
    assert again["vnp_ResponseCode"] == "94"
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


async def test_a_refund_is_settled_when_the_customers_bank_has_booked_it(outside: Outside) -> None:
    await opened(outside)
    number = (await pay(outside))["vnp_TransactionNo"]
    await outside.fault("payment", "slow_refund", times=1, delay_seconds=0.3)
    taken_on = await ask(outside, "refund")

    meanwhile = await ask(outside, "querydr")
    about_payment = await ask(outside, "querydr", vnp_TransactionNo=number)

    assert meanwhile["vnp_TransactionNo"] == taken_on["vnp_TransactionNo"]
    assert (meanwhile["vnp_TransactionType"], meanwhile["vnp_TransactionStatus"]) == ("02", "05")
    assert (about_payment["vnp_TransactionType"], about_payment["vnp_TransactionNo"]) == (
        "01",
        number,
    )
    assert await booked(outside) == "00"


async def test_a_bank_may_refuse_a_refund_in_the_end(outside: Outside) -> None:
    await opened(outside)
    await pay(outside)
    await outside.fault("payment", "refuse_refund", times=1)

    await ask(outside, "refund")

    assert await booked(outside) == "09"
    assert (await ask(outside, "refund", vnp_RequestId="request-2"))["vnp_ResponseCode"] == "00"


async def test_a_refund_may_be_answered_with_any_code_and_then_has_no_effect(
    outside: Outside,
) -> None:
    await opened(outside)
    await pay(outside)
    await outside.fault("payment", "refund_code", times=1)

    assert (await ask(outside, "refund"))["vnp_ResponseCode"] == "99"
    assert await outside.count("refunds") == 0


async def test_a_bank_may_take_another_amount(outside: Outside) -> None:
    await opened(outside)
    await outside.fault("payment", "wrong_amount", times=1)

    back = await pay(outside)

    assert back["vnp_Amount"] == "15100000"
    assert (await ask(outside, "querydr"))["vnp_Amount"] == "15100000"


async def booked(outside: Outside) -> str:
    async with asyncio.timeout(10):
        while (status := (await ask(outside, "querydr"))["vnp_TransactionStatus"]) == "05":  # noqa: ASYNC110
            await asyncio.sleep(0.02)  # over HTTP
    return str(status)
