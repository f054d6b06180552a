"""A merchant that talks VNPay's protocol, and its customer."""

from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

from simulators.payment import protocol
from simulators.testing import Outside

SECRET = "SECRETKEY0123456789"


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
