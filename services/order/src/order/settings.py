"""The settings of the order service."""

from datetime import timedelta
from typing import Annotated

from pydantic import Field, SecretStr

from kit.dependencies import from_app
from kit.settings import ServiceSettings


class Settings(ServiceSettings, env_prefix="ORDER_"):
    """Every field is an environment variable: `payment_window` is `ORDER_PAYMENT_WINDOW`."""

    vnpay_url: str
    """Base of the payment gateway: pay page `/paymentv2/vpcpay.html` and merchant API under it."""
    vnpay_api_url: str | None = None
    """Base of the merchant API, where we reach it by another way than customers reach the page."""
    vnpay_tmn_code: str
    """The merchant's terminal code at VNPay."""
    vnpay_secret: SecretStr
    """The secret that signs what goes to VNPay and proves what comes from it."""
    vnpay_ip_addr: str = "127.0.0.1"
    """Sent as vnp_IpAddr: our own address, because a customer's has no place in a link."""
    gateway_seconds: float = Field(default=10, gt=0)
    """Seconds that one call of the payment gateway may take."""
    payment_window: timedelta = timedelta(minutes=15)
    """The time a customer has at the gateway (vnp_ExpireDate)."""
    payment_grace: timedelta = timedelta(minutes=5)
    """The time after that in which an unfinished payment is still waited for."""
    payment_poll: timedelta = timedelta(seconds=60)
    """The pause between two questions about an open payment."""
    late_payment_watch: timedelta = timedelta(hours=24)
    """The time after its end in which a payment is still asked about, less and less often."""
    refund_poll: timedelta = timedelta(seconds=10)
    """The pause before the first question about a refund at the bank; later ones grow."""
    refund_longest_pause: timedelta = timedelta(hours=6)
    """The longest pause between two such questions."""
    refund_unanswered_after: timedelta = timedelta(hours=24)
    """The time the gateway may leave a refund unanswered before a person looks at it."""
    refund_unsettled_after: timedelta = timedelta(days=30)
    """The time a bank may take for a refund before a person looks at it."""
    payment_attempts: int = Field(default=5, ge=1)
    """The most attempts to pay one order."""
    on_receipt_up_to_vnd: int = Field(default=20_000_000, ge=0)
    """The most that may be paid on receipt; what costs more is paid online before."""
    home_shipping_fee_vnd: int = Field(default=30_000, ge=0)
    """The price of delivery to the home, VAT included; store pick-up and eSIM cost nothing."""
    keep_refused_for: timedelta = timedelta(hours=72)
    """The time a paid number is kept while its refused parcel travels back (G21)."""
    refund_on_activation_expiry: bool = True
    """Whether the price is given back when nobody activated the number in time (G39)."""
    vat_percent: int = Field(default=10, ge=0, le=100)
    """VAT contained in every price."""
    invoice_symbol: str = Field(default="1C26TCS", pattern=r"^[1-9][CK]\d{2}[TDLMNBGHXF][A-Z]{2}$")
    """Template and symbol of the electronic invoices."""
    hold_patience_seconds: float = Field(default=2, ge=0)
    """Seconds that a request waits for a hold made a moment ago that has not arrived yet."""


RequestSettings = Annotated[Settings, from_app(Settings)]
