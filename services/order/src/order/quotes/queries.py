"""A quote as the customer sees it."""

from uuid import UUID

from pydantic import BaseModel, ConfigDict

from events import Delivery, PaymentMethod, SimKind
from order.journeys.domain import Journey
from order.quotes.domain import Quote, price
from order.settings import Settings


class LineView(BaseModel):
    """A line of the price, in đồng with VAT."""

    model_config = ConfigDict(from_attributes=True)

    code: str
    text_vi: str
    text_en: str
    amount_vnd: int


class PromotionView(BaseModel):
    """The promotion of the order, complete before anybody pays (SB.7)."""

    model_config = ConfigDict(from_attributes=True)

    code: str
    package_code: str | None
    text_vi: str
    text_en: str


class QuoteView(BaseModel):
    """The price of an order with all that is promised for it."""

    model_config = ConfigDict(from_attributes=True)

    hold_id: UUID
    sim: SimKind
    delivery: Delivery
    payment: PaymentMethod
    lines: list[LineView]
    total_vnd: int
    vat_percent: int
    commitment_vnd_per_month: int
    commitment_months: int
    commitment_text_vi: str
    commitment_text_en: str
    promotion: PromotionView | None


def quote_for(
    journey: Journey, delivery: Delivery, payment: PaymentMethod, settings: Settings
) -> Quote:
    """Price a hold with a way to receive the SIM and a way to pay."""
    return price(
        journey,
        delivery=delivery,
        payment=payment,
        home_shipping_fee_vnd=settings.home_shipping_fee_vnd,
        vat_percent=settings.vat_percent,
    )
