"""The parts of the service that make an order's page for its customer."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated, Final
from uuid import UUID

from fastapi import Depends

from kit.dependencies import RequestSealer, RequestSigner
from order.payments.domain import Payment
from order.payments.gateways import pay_url
from order.vnpay.gateways import RequestVnPay

CONTACT_TTL: Final = timedelta(days=1)
"""A client asks for the order again to get a new contact slip."""


@dataclass(frozen=True)
class PageParts:
    """Opens the e-mail address, links to VNPay's page, signs the contact for notification."""

    sealer: RequestSealer
    vnpay: RequestVnPay
    signer: RequestSigner

    def pay_url(self, attempt: Payment, locale: str) -> str:
        """Return the link to VNPay's page of an attempt, in the language `vn` or `en`."""
        return pay_url(self.vnpay, attempt, locale=locale)

    def contact(self, hold_id: UUID, customer_id: UUID, email: str | None) -> str | None:
        """Sign the address of mails about a journey, for its customer to hand over (F5b.13)."""
        if email is None:
            return None
        claims = {"hold_id": str(hold_id), "customer_id": str(customer_id), "email": email}
        return self.signer.sign("contact", claims, ttl=CONTACT_TTL)


RequestPageParts = Annotated[PageParts, Depends()]
