"""Refunds at VNPay: asking for one, and asking how far the customer's bank is with it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from events.ids import uuid7
from order.payments.domain import Payment
from order.payments.gateways import named
from order.refunds.domain import Refund, RefundNotice, RefundState
from order.vnpay.domain import QUERY, REFUNDS, dong
from order.vnpay.gateways import VnPay, no_answer

REFUSED: Final = {
    "91": "REFUND_NOT_FOUND",
    "93": "REFUND_AMOUNT_INVALID",
    "95": "REFUND_REFUSED",
}
REFUSED_BY_BANK: Final = ("02", "09")
SIGNED: Final = (
    "vnp_RequestId",
    "vnp_Version",
    "vnp_Command",
    "vnp_TmnCode",
    "vnp_TransactionType",
    "vnp_TxnRef",
    "vnp_Amount",
    "vnp_TransactionNo",
    "vnp_TransactionDate",
    "vnp_CreateBy",
    "vnp_CreateDate",
    "vnp_IpAddr",
    "vnp_OrderInfo",
)


async def give_back(vnpay: VnPay, refund: Refund, payment: Payment, now: datetime) -> RefundNotice:
    """Give all of a payment back; a repeat under the same reference gives nothing twice."""
    params = named(payment, "refund") | {
        "vnp_TransactionType": "02",
        "vnp_Amount": str(refund.amount_vnd * 100),
        "vnp_TransactionNo": payment.gateway_no or "0",
        "vnp_CreateBy": "chonso",
    }
    answer = await vnpay.ask("refund", refund.id, SIGNED, params, now=now)
    code = answer.get("vnp_ResponseCode", "99")
    if code == "00":
        return _notice_of(answer, refund)
    if code == "94":  # asked for before: what became of that?
        return await query(vnpay, refund, payment, now)
    if code in REFUSED:
        return RefundNotice.by_hand(REFUSED[code])
    raise no_answer(answer)


async def query(vnpay: VnPay, refund: Refund, payment: Payment, now: datetime) -> RefundNotice:
    """Ask how far the bank is with a refund the gateway has taken on (querydr)."""
    params = named(payment, "querydr")
    if refund.gateway_no:
        params["vnp_TransactionNo"] = refund.gateway_no
    answer = await vnpay.ask("querydr", uuid7(), QUERY, params, now=now)
    if answer.get("vnp_ResponseCode") not in ("00", "91"):
        raise no_answer(answer)
    return _notice_of(answer, refund)


def _notice_of(answer: Mapping[str, str], refund: Refund) -> RefundNotice:
    """Read how a refund stands; VNPay's word on the payment itself says nothing about it."""
    at_bank = RefundNotice(RefundState.AT_BANK)
    if answer.get("vnp_TransactionType") not in REFUNDS:
        return at_bank
    status = answer.get("vnp_TransactionStatus", "")
    if status in REFUSED_BY_BANK:
        return RefundNotice.by_hand("REFUND_REFUSED_BY_BANK")
    if dong(answer.get("vnp_Amount", "")) != refund.amount_vnd:
        return RefundNotice.by_hand("REFUND_AMOUNT_DIFFERS")
    state = RefundState.SETTLED if status == "00" else RefundState.AT_BANK
    return RefundNotice(state, gateway_no=answer.get("vnp_TransactionNo") or None)
