"""Languages, pages behind messages, spelling of amounts, moments and Vietnamese letters."""

import unicodedata
from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any, Final, Literal

from kit.clock import VIETNAM

Locale = Literal["vi", "en"]
Facts = dict[str, Any]
"""The fields of an event as JSON: ids, amounts, codes and times; never a name or an address."""


class AppPage(StrEnum):
    """The pages of the customer's app that a message may open, as paths of its web app."""

    SLIP = "/holds/{hold_id}"
    PAYMENT = "/holds/{hold_id}/pay"
    ORDER = "/orders/{order_id}"
    ACTIVATION = "/activate/{hold_id}"
    ESIM = "/esim/{hold_id}"


PAGES: Final[Mapping[str, AppPage]] = {
    "payment_failed": AppPage.PAYMENT,
    "payment_confirmed": AppPage.ORDER,
    "order_cancelled": AppPage.ORDER,
    "refund_at_bank": AppPage.ORDER,
    "refund_completed": AppPage.ORDER,
    "refund_by_hand": AppPage.ORDER,
    "invoice_issued": AppPage.ORDER,
    "parcel_delivered": AppPage.ACTIVATION,
    "kyc_passed": AppPage.ACTIVATION,
    "kyc_failed": AppPage.ACTIVATION,
    "kyc_review": AppPage.ACTIVATION,
    "call_approved": AppPage.ACTIVATION,
    "call_rejected": AppPage.ACTIVATION,
    "call_retry": AppPage.ACTIVATION,
    "call_revoked": AppPage.ACTIVATION,
    "call_reopened": AppPage.ACTIVATION,
    "appointment_booked": AppPage.ACTIVATION,
    "connection_rejected": AppPage.ACTIVATION,
    "connection_delayed": AppPage.ACTIVATION,
    "activation_ending": AppPage.ACTIVATION,
    "esim_ready": AppPage.ESIM,
    "esim_failed": AppPage.ESIM,
    "esim_installed": AppPage.ESIM,
}
"""The page that a message opens; the slip, with the whole journey, where none is named."""


def without_accents(text: str) -> str:
    """Spell Vietnamese in ASCII."""
    plain = text.replace("đ", "d").replace("Đ", "D").replace("₫", "d")
    letters = unicodedata.normalize("NFD", plain)
    return "".join(c for c in letters if not unicodedata.combining(c))


def money(amount_vnd: int) -> str:
    """Write an amount: 1.234.000 ₫."""
    return f"{amount_vnd:,}".replace(",", ".") + " ₫"


def moment(when: str) -> str:
    """Write a moment by the clock of Vietnam: 14:05 ngày 02/11/2026 without the word."""
    return datetime.fromisoformat(when).astimezone(VIETNAM).strftime("%H:%M %d/%m/%Y")
