"""The price of an order and all that comes with it, in words a customer can agree to (SB.7)."""

from dataclasses import dataclass, field
from typing import Any, Final, Literal
from uuid import UUID

from events import Delivery, PaymentMethod, SimKind
from kit.errors import Conflict, Invalid
from order.journeys.domain import Journey

Pay = Literal["ONLINE", "COD"]
"""The ways to pay a customer chooses from; a channel has its customer's money already."""


@dataclass(frozen=True)
class Promotion:
    """A promotional code and the package it grants, both as the hold says them (G01)."""

    code: str
    package_code: str | None
    text_vi: str
    text_en: str


@dataclass(frozen=True)
class Line:
    """A line of a quote or an invoice, in đồng with VAT."""

    code: str
    text_vi: str
    text_en: str
    amount_vnd: int


@dataclass(frozen=True, kw_only=True)
class Quote:
    """The whole price of an order with all that is promised for it."""

    hold_id: UUID
    sim: SimKind
    delivery: Delivery
    payment: PaymentMethod
    lines: tuple[Line, ...]
    total_vnd: int
    commitment_vnd_per_month: int
    commitment_months: int
    promotion: Promotion | None
    vat_percent: int

    def check_on_receipt(self, limit_vnd: int) -> None:
        """Refuse to keep a number on trust that is worth more than a limit."""
        if self.payment == "COD" and self.total_vnd > limit_vnd:
            raise TooMuchOnReceipt(self.total_vnd, limit_vnd)

    @property
    def commitment_text_vi(self) -> str:
        """The customer's monthly commitment, in Vietnamese."""
        if not self.commitment_months:
            return "Số không kèm cam kết cước hằng tháng."
        monthly = f"{self.commitment_vnd_per_month:,}".replace(",", ".")
        return (
            f"Cam kết cước tối thiểu {monthly} đồng mỗi tháng trong {self.commitment_months} tháng."
        )

    @property
    def commitment_text_en(self) -> str:
        """The customer's monthly commitment, in English."""
        if not self.commitment_months:
            return "No monthly commitment comes with this number."
        monthly = f"{self.commitment_vnd_per_month:,}"
        return f"You commit to at least {monthly} VND a month for {self.commitment_months} months."


TEXTS: Final = {
    ("KMTN4G", "TN4G"): (
        (
            "Khuyến mại KMTN4G: tặng gói TN4G 15 GB dữ liệu tốc độ cao, 1,5 GB/ngày, sử dụng trong "
            "10 ngày kể từ khi hòa mạng, dành cho thuê bao phát triển mới dùng eSIM."
        ),
        (
            "Promotion KMTN4G: package TN4G free of charge, 15 GB of data, 1.5 GB a day, for 10 "
            "days from activation, for new subscribers that use an eSIM."
        ),
    )
}
"""Promises in full words, by promotion and package."""
OF_OLD: Final = {"KMTN4G": "TN4G"}
"""The package of promotions whose holds were made before holds named it."""


@dataclass(eq=False)
class PriceChanged(Conflict):
    """The price is not the one that was agreed to: look at the new quote and agree again."""

    quote: dict[str, Any] = field(default_factory=dict)


@dataclass(eq=False)
class TooMuchOnReceipt(Invalid):
    """This is too much to be paid on receipt: pay online, and the number is kept at once."""

    total_vnd: int
    limit_vnd: int


@dataclass(eq=False)
class PromotionNotConfirmed(Invalid):
    """A promotion comes with this order: it must be shown and confirmed before payment (SB.7)."""

    promotion_code: str | None


def promotion_of(code: str | None, package: str | None) -> Promotion | None:
    """Return the promotion behind a code; one without words of its own is shown bare."""
    if code is None:
        return None
    package = package or OF_OLD.get(code)
    if package is None:
        return Promotion(code, None, f"Khuyến mại {code}.", f"Promotion {code}.")
    bare = (
        f"Khuyến mại {code}: tặng gói {package} khi hòa mạng.",
        f"Promotion {code}: package {package} free of charge on activation.",
    )
    return Promotion(code, package, *TEXTS.get((code, package), bare))


def price(
    journey: Journey,
    *,
    delivery: Delivery,
    payment: PaymentMethod,
    home_shipping_fee_vnd: int,
    vat_percent: int,
) -> Quote:
    """Add up what is due for a hold, received and paid in one of the ways."""
    shipping_vnd = home_shipping_fee_vnd if delivery == "HOME" else 0
    lines = lines_of(journey, delivery, payment, shipping_vnd=shipping_vnd)
    return Quote(
        hold_id=journey.hold_id,
        sim=journey.sim,
        delivery=delivery,
        payment=payment,
        lines=lines,
        total_vnd=sum(line.amount_vnd for line in lines),
        commitment_vnd_per_month=journey.commitment_vnd_per_month,
        commitment_months=journey.commitment_months,
        promotion=promotion_of(journey.promotion_code, journey.package_code),
        vat_percent=vat_percent,
    )


def agreed_lines(
    journey: Journey, delivery: Delivery, payment: PaymentMethod, total_vnd: int
) -> tuple[Line, ...]:
    """Split a total that was agreed to into its lines: what the hold does not name is shipping.

    Nothing is priced again: the fee for shipping may be another by now.
    """
    shipping_vnd = total_vnd - journey.price_vnd - journey.sim_fee_vnd
    return lines_of(journey, delivery, payment, shipping_vnd=shipping_vnd)


def lines_of(
    journey: Journey, delivery: Delivery, payment: PaymentMethod, *, shipping_vnd: int
) -> tuple[Line, ...]:
    """Return one line for each thing that is paid for, in đồng with VAT."""
    lines = [
        Line("NUMBER", "Giá số", "Number", journey.price_vnd),
        Line("SIM_FEE", *_SIM_FEE[journey.sim], journey.sim_fee_vnd),
    ]
    if delivery == "HOME":
        lines.append(Line("SHIPPING", "Phí giao hàng tại nhà", "Home delivery", shipping_vnd))
    if payment == "COD":
        lines.append(Line("COD_FEE", "Phí thu hộ", "Cash on delivery fee", 0))
    return tuple(lines)


_SIM_FEE: Final[dict[SimKind, tuple[str, str]]] = {
    "PHYSICAL": ("Phí SIM vật lý", "SIM card"),
    "ESIM": ("Phí eSIM", "eSIM"),
}
