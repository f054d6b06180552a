"""VNPay's words: what is signed and how, and what its codes mean (2.1.0)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final
from urllib.parse import quote_plus
from uuid import UUID

from kit.clock import VIETNAM

VERSION: Final = "2.1.0"
MOMENT: Final = "%Y%m%d%H%M%S"

REASONS: Final = {
    "09": "CARD_NOT_REGISTERED",
    "10": "CARD_NOT_VERIFIED",
    "11": "PAYMENT_EXPIRED",
    "12": "CARD_LOCKED",
    "13": "WRONG_BANK_OTP",
    "24": "CUSTOMER_CANCELLED",
    "51": "NO_FUNDS",
    "65": "DAILY_LIMIT",
    "75": "BANK_MAINTENANCE",
    "79": "WRONG_BANK_PASSWORD",
}
SUSPICIOUS: Final = "07"
UNSIGNED: Final = ("vnp_SecureHash", "vnp_SecureHashType")
REFUNDS: Final = ("02", "03")
"""Transaction types: all given back, a part given back; 01 is the payment itself."""
QUERY_ANSWER: Final = (
    "vnp_ResponseId",
    "vnp_Command",
    "vnp_ResponseCode",
    "vnp_Message",
    "vnp_TmnCode",
    "vnp_TxnRef",
    "vnp_Amount",
    "vnp_BankCode",
    "vnp_PayDate",
    "vnp_TransactionNo",
    "vnp_TransactionType",
    "vnp_TransactionStatus",
    "vnp_OrderInfo",
    "vnp_PromotionCode",
    "vnp_PromotionAmount",
)
QUERY: Final = (
    "vnp_RequestId",
    "vnp_Version",
    "vnp_Command",
    "vnp_TmnCode",
    "vnp_TxnRef",
    "vnp_TransactionDate",
    "vnp_CreateDate",
    "vnp_IpAddr",
    "vnp_OrderInfo",
)


class Outcome(StrEnum):
    """The end of an attempt, by the gateway's word."""

    PAID = "PAID"
    FAILED = "FAILED"
    UNDECIDED = "UNDECIDED"
    """Not finished, or money was taken and the gateway itself doubts it: wait, ask again."""
    UNKNOWN = "UNKNOWN"
    """The customer never opened the payment page."""


@dataclass(frozen=True)
class Notice:
    """The gateway's checked word about one attempt: by its call (IPN) or on our question."""

    txn_ref: str
    outcome: Outcome
    amount_vnd: int | None = None
    reason_code: str = "GATEWAY_ERROR"
    gateway_no: str | None = None
    paid_at: datetime | None = None


class IpnAnswer(StrEnum):
    """Our answer to VNPay's call (IPN), by the code that VNPay reads."""

    APPLIED = "00"
    UNKNOWN_REFERENCE = "01"
    ALREADY_FINAL = "02"
    WRONG_AMOUNT = "04"
    BAD_SIGNATURE = "97"
    FAILED = "99"


def canonical(params: Mapping[str, str]) -> str:
    """Write parameters as VNPay signs them: its own, sorted, form-encoded, empty ones left out."""
    signed = {
        name: value
        for name, value in params.items()
        if value and name.startswith("vnp_") and name not in UNSIGNED
    }
    return "&".join(f"{_encode(k)}={_encode(v)}" for k, v in sorted(signed.items()))


def notice_of(params: Mapping[str, str]) -> Notice:
    """Read VNPay's words: success needs both codes (TransactionStatus and ResponseCode)."""
    response = params.get("vnp_ResponseCode", "99")
    status = params.get("vnp_TransactionStatus", "")
    outcome = Outcome.FAILED
    if params.get("vnp_TransactionType") in REFUNDS:
        outcome = Outcome.UNDECIDED  # of money somebody gave back at VNPay: not of the payment
    elif status == "00" and response == "00":
        outcome = Outcome.PAID
    elif status == "01" or SUSPICIOUS in (response, status):
        outcome = Outcome.UNDECIDED
    return Notice(
        txn_ref=params.get("vnp_TxnRef", ""),
        outcome=outcome,
        amount_vnd=dong(params.get("vnp_Amount", "")),
        reason_code=REASONS.get(response, "GATEWAY_ERROR"),
        gateway_no=params.get("vnp_TransactionNo"),
        paid_at=_time(params.get("vnp_PayDate", "")),
    )


def dong(hundredths: str) -> int | None:
    """Read an amount, which VNPay writes in hundredths of a đồng; None if it is no whole đồng."""
    whole = hundredths.isascii() and hundredths.isdecimal() and hundredths.endswith("00")
    return int(hundredths) // 100 if whole else None


def _time(moment: str) -> datetime | None:
    try:
        return datetime.strptime(moment, MOMENT).replace(tzinfo=VIETNAM)
    except ValueError:
        return None


def moment(at: datetime) -> str:
    """Write a time as VNPay does: in Vietnam, without separators."""
    return at.astimezone(VIETNAM).strftime(MOMENT)


def short(order_id: UUID) -> str:
    """Name an order in a few plain characters."""
    return order_id.hex[-12:].upper()


def _encode(text: str) -> str:
    return quote_plus(text, safe="*").replace("~", "%7E")
