"""VNPay as the merchant sees it, written apart from our side of it: it checks every signature."""

import asyncio
import hashlib
import hmac
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl, quote_plus, urlsplit
from zoneinfo import ZoneInfo

from fastapi import FastAPI, Response

SECRET = "SECRETKEY0123456789"
TMN_CODE = "TESTTMN1"
QUERY = "RequestId Version Command TmnCode TxnRef TransactionDate CreateDate IpAddr OrderInfo"
REFUND = (
    "RequestId Version Command TmnCode TransactionType TxnRef Amount TransactionNo "
    "TransactionDate CreateBy CreateDate IpAddr OrderInfo"
)


def sign(text: str) -> str:
    return hmac.new(SECRET.encode(), text.encode(), hashlib.sha512).hexdigest()


def signed(params: dict[str, str]) -> dict[str, str]:
    pairs = sorted((k, v) for k, v in params.items() if v)
    text = "&".join(f"{quote_plus(k)}={quote_plus(v)}" for k, v in pairs)
    return dict(pairs) | {"vnp_SecureHash": sign(text)}


def opened(pay_url: str) -> dict[str, str]:
    """Read a pay link, as the gateway does."""
    params = dict(parse_qsl(urlsplit(pay_url).query))
    signature = params.pop("vnp_SecureHash")
    assert signed(params)["vnp_SecureHash"] == signature, "the link is not signed by the merchant"
    return params


def stamp(at: datetime) -> str:
    return at.astimezone(ZoneInfo("Asia/Ho_Chi_Minh")).strftime("%Y%m%d%H%M%S")


@dataclass
class VnPayStandIn:
    """Remembers what was paid and what was given back, and misbehaves when told to."""

    status: dict[str, str] = field(default_factory=dict)
    """TransactionStatus by TxnRef: 00 paid, 01 not finished, 02 failed; absent: never opened."""
    amounts: dict[str, int] = field(default_factory=dict)
    refunds: dict[str, str] = field(default_factory=dict)
    """RequestId of the refund by TxnRef."""
    refund_calls: int = 0
    lose_answers: int = 0
    """So many refunds take effect and their answer is lost."""
    refuse_refunds: bool = False
    refunded_by_hand: bool = False
    refund_code: str | None = None
    """Answered to every refund, which has no effect."""
    refund_status: str = "06"
    """TransactionStatus of refunds: 05, 06 at the bank, 00 settled, 09 refused by the bank."""
    refund_amount: int | None = None
    """The amount that was given back, if it is not all."""
    knows_refunds: bool = True
    """Whether a question about a refunded payment is answered about the refund."""
    queries: int = 0

    def app(self) -> FastAPI:
        app = FastAPI()

        @app.post("/payment/merchant_webapi/api/transaction", response_model=None)
        async def transaction(body: dict[str, str]) -> Response | dict[str, Any]:
            names = QUERY if body["vnp_Command"] == "querydr" else REFUND
            text = "|".join(body[f"vnp_{name}"] for name in names.split())
            assert body["vnp_SecureHash"] == sign(text), "the merchant's signature is wrong"
            return self._query(body) if names is QUERY else await self._refund(body)

        return app

    def _query(self, body: dict[str, str]) -> dict[str, str]:
        self.queries += 1
        reference = body["vnp_TxnRef"]
        if reference not in self.status:
            return {"vnp_ResponseCode": "91", "vnp_Message": "Khong tim thay"}
        if self.knows_refunds and (reference in self.refunds or self.refunded_by_hand):
            return self._about_refund(reference)
        return {
            "vnp_ResponseCode": "00",
            "vnp_TxnRef": reference,
            "vnp_Amount": str(self.amounts[reference] * 100),
            "vnp_TransactionStatus": self.status[reference],
            "vnp_TransactionNo": "14000001",
            "vnp_TransactionType": "01",
            "vnp_PayDate": stamp(datetime.now(UTC)),
        }

    def _about_refund(self, reference: str) -> dict[str, str]:
        amount = self.amounts[reference] if self.refund_amount is None else self.refund_amount
        return {
            "vnp_ResponseCode": "00",
            "vnp_TxnRef": reference,
            "vnp_Amount": str(amount * 100),
            "vnp_TransactionStatus": self.refund_status,
            "vnp_TransactionNo": "14000099",
            "vnp_TransactionType": "02",
        }

    async def _refund(self, body: dict[str, str]) -> Response | dict[str, str]:
        self.refund_calls += 1
        await asyncio.sleep(0)
        reference, request_id = body["vnp_TxnRef"], body["vnp_RequestId"]
        if self.refuse_refunds:
            return {"vnp_ResponseCode": "95", "vnp_Message": "Tu choi"}
        if self.refunded_by_hand:
            return {"vnp_ResponseCode": "94", "vnp_Message": "Da yeu cau"}
        if self.refund_code:
            return {"vnp_ResponseCode": self.refund_code, "vnp_Message": "Loi"}
        if reference in self.refunds:
            return {"vnp_ResponseCode": "94", "vnp_Message": "Da yeu cau"}
        self.refunds[reference] = request_id
        if self.lose_answers:
            self.lose_answers -= 1
            return Response(status_code=504)
        return self._about_refund(reference) | {"vnp_TransactionStatus": "05"}
