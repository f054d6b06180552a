"""Attempts to pay at VNPay: the link that sends a customer there, the question how one ended."""

from dataclasses import replace
from datetime import datetime

from events.ids import uuid7
from order.payments.domain import Payment
from order.vnpay.domain import QUERY, Notice, Outcome, moment, notice_of, short
from order.vnpay.gateways import VnPay, no_answer


def pay_url(vnpay: VnPay, payment: Payment, *, locale: str = "vn") -> str:
    """Return the link to the pay page; it names the attempt and nobody."""
    assert payment.pay_before, "only an attempt online has a link"
    return vnpay.link(
        {
            "vnp_Amount": str(payment.amount_vnd * 100),
            "vnp_CurrCode": "VND",
            "vnp_TxnRef": payment.txn_ref or "",
            "vnp_OrderInfo": f"Thanh toan don hang {short(payment.order_id)}",
            "vnp_OrderType": "other",
            "vnp_Locale": locale,
            "vnp_CreateDate": moment(payment.created_at),
            "vnp_ExpireDate": moment(payment.pay_before),
        }
    )


def named(payment: Payment, command: str) -> dict[str, str]:
    """Return the parameters by which VNPay knows a payment."""
    return {
        "vnp_TxnRef": payment.txn_ref or "",
        "vnp_OrderInfo": f"{command} {short(payment.order_id)}",
        "vnp_TransactionDate": moment(payment.created_at),
    }


async def query(vnpay: VnPay, payment: Payment, *, now: datetime) -> Notice:
    """Ask VNPay how an attempt ended (querydr)."""
    answer = await vnpay.ask("querydr", uuid7(), QUERY, named(payment, "querydr"), now=now)
    reference = payment.txn_ref or ""
    if answer.get("vnp_ResponseCode") == "91":
        return Notice(reference, Outcome.UNKNOWN)
    if answer.get("vnp_ResponseCode") != "00":
        raise no_answer(answer)
    # Here the response code is about the question; how the payment failed is not said.
    notice = notice_of(answer | {"vnp_TxnRef": reference})
    late = payment.pay_before is not None and now >= payment.pay_before
    reason = "PAYMENT_EXPIRED" if late else "NOT_PAID"
    amount = notice.amount_vnd if notice.outcome is Outcome.PAID else payment.amount_vnd
    return replace(notice, reason_code=reason, amount_vnd=amount)
