"""VNPay 2.1.0: links that send the customer there, its calls, our questions and refunds."""

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

import httpx
from pydantic import SecretStr

from events.ids import uuid7
from kit.errors import Unavailable
from kit.tasks import PermanentError, Tasks, error_of
from kit.tasks.errors import REFUSALS
from order.payments.domain import Notice, Outcome, Payment
from order.refunds.domain import Refund, Returned
from order.vnpay.domain import (
    QUERY,
    QUERY_ANSWER,
    REFUND,
    REFUND_REFUSED,
    VERSION,
    canonical,
    moment,
    notice_of,
    returned,
    short,
)

tasks = Tasks()
"""Where errands to the gateway are noted."""


class GatewayAway(Unavailable):
    """The payment gateway does not answer just now; try again in a moment."""


@dataclass(frozen=True)
class VnPay:
    """The merchant's side of VNPay."""

    http: httpx.AsyncClient
    url: str
    api_url: str
    tmn_code: str
    secret: SecretStr
    return_url: str
    ip_addr: str = "127.0.0.1"

    def pay_url(self, payment: Payment, *, locale: str = "vn") -> str:
        """Return the link to the pay page; it names the attempt and nobody."""
        assert payment.pay_before, "only an attempt online has a link"
        params = {
            "vnp_Version": VERSION,
            "vnp_Command": "pay",
            "vnp_TmnCode": self.tmn_code,
            "vnp_Amount": str(payment.amount_vnd * 100),
            "vnp_CurrCode": "VND",
            "vnp_TxnRef": payment.txn_ref or "",
            "vnp_OrderInfo": f"Thanh toan don hang {short(payment.order_id)}",
            "vnp_OrderType": "other",
            "vnp_Locale": locale,
            "vnp_ReturnUrl": self.return_url,
            "vnp_IpAddr": self.ip_addr,
            "vnp_CreateDate": moment(payment.created_at),
            "vnp_ExpireDate": moment(payment.pay_before),
        }
        query = canonical(params)
        return f"{self.url}/paymentv2/vpcpay.html?{query}&vnp_SecureHash={self.sign(query)}"

    def sign(self, text: str) -> str:
        """Sign as VNPay does: HMAC-SHA512, hexadecimal, lower case."""
        key = self.secret.get_secret_value().encode()
        return hmac.new(key, text.encode(), hashlib.sha512).hexdigest()

    def signed_by_vnpay(self, params: Mapping[str, str]) -> bool:
        """Tell whether the parameters of a call are VNPay's own words."""
        said = params.get("vnp_SecureHash", "").lower()
        return hmac.compare_digest(said.encode(), self.sign(canonical(params)).encode())

    async def query(self, payment: Payment, *, now: datetime) -> Notice:
        """Ask what became of an attempt (querydr)."""
        answer = await self._ask("querydr", payment, uuid7(), QUERY, {}, now=now)
        reference = payment.txn_ref or ""
        if answer.get("vnp_ResponseCode") == "91":
            return Notice(reference, Outcome.UNKNOWN)
        if answer.get("vnp_ResponseCode") != "00":
            raise _no_answer(answer)
        # Here the response code is about the question; how the payment failed is not said.
        notice = notice_of(answer | {"vnp_TxnRef": reference})
        late = payment.pay_before is not None and now >= payment.pay_before
        reason = "PAYMENT_EXPIRED" if late else "NOT_PAID"
        amount = notice.amount_vnd if notice.outcome is Outcome.PAID else payment.amount_vnd
        return replace(notice, reason_code=reason, amount_vnd=amount)

    async def refund(self, refund: Refund, payment: Payment, now: datetime) -> Returned:
        """Give all of a payment back; a repeat under the same reference gives nothing twice."""
        more = {
            "vnp_TransactionType": "02",
            "vnp_Amount": str(refund.amount_vnd * 100),
            "vnp_TransactionNo": payment.gateway_no or "0",
            "vnp_CreateBy": "chonso",
        }
        answer = await self._ask("refund", payment, refund.id, REFUND, more, now=now)
        code = answer.get("vnp_ResponseCode", "99")
        if code == "00":
            return returned(answer, refund)
        if code == "94":  # asked for before: what became of that?
            return await self.query_refund(refund, payment, now)
        if code in REFUND_REFUSED:
            return Returned.by_hand(REFUND_REFUSED[code])
        raise _no_answer(answer)

    async def query_refund(self, refund: Refund, payment: Payment, now: datetime) -> Returned:
        """Ask how far the bank is with a refund the gateway has taken on (querydr)."""
        more = {"vnp_TransactionNo": refund.gateway_no} if refund.gateway_no else {}
        answer = await self._ask("querydr", payment, uuid7(), QUERY, more, now=now)
        if answer.get("vnp_ResponseCode") not in ("00", "91"):
            raise _no_answer(answer)
        return returned(answer, refund)

    async def _ask(
        self,
        command: str,
        payment: Payment,
        request_id: UUID,
        signed: tuple[str, ...],
        more: Mapping[str, str],
        *,
        now: datetime,
    ) -> dict[str, str]:
        body = {
            "vnp_RequestId": request_id.hex,
            "vnp_Version": VERSION,
            "vnp_Command": command,
            "vnp_TmnCode": self.tmn_code,
            "vnp_TxnRef": payment.txn_ref or "",
            "vnp_OrderInfo": f"{command} {short(payment.order_id)}",
            "vnp_TransactionDate": moment(payment.created_at),
            "vnp_CreateDate": moment(now),
            "vnp_IpAddr": self.ip_addr,
            **more,
        }
        body["vnp_SecureHash"] = self.sign("|".join(body[name] for name in signed))
        address = f"{self.api_url}/merchant_webapi/api/transaction"
        try:
            answer = await self.http.post(address, json=body)
        except httpx.HTTPError as error:
            raise GatewayAway from error
        if answer.status_code in REFUSALS:
            raise error_of(answer.status_code)
        if not answer.is_success:
            raise GatewayAway
        return self._checked({name: str(value) for name, value in answer.json().items()}, command)

    def _checked(self, answer: dict[str, str], command: str) -> dict[str, str]:
        # Later versions of the gateway sign their answers; the first line of defence is TLS.
        said = answer.get("vnp_SecureHash")
        names = QUERY_ANSWER if command == "querydr" else QUERY_ANSWER[:-2]
        if said and said.lower() != self.sign("|".join(answer.get(name, "") for name in names)):
            raise GatewayAway
        return answer


def _no_answer(answer: Mapping[str, str]) -> Exception:
    """Say whether asking the same again helps: not if VNPay does not accept how we ask."""
    code = answer.get("vnp_ResponseCode", "99")
    return PermanentError(f"VNPAY_{code}") if code in ("02", "03", "97") else GatewayAway()
