"""What routes need besides the database: the payment gateway, seals, other services' slips."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated, Final
from uuid import UUID

from fastapi import Depends

from kit.dependencies import RequestSealer, from_app
from kit.tokens import Signer, Verifier
from order.settings import RequestSettings
from order.vnpay.gateways import VnPay

WORD_TTL: Final = timedelta(days=1)
"""A client asks for the order again to get a new word."""


class Contacts:
    """Vouches to the notification service for the e-mail address that an order demanded."""

    def __init__(self, signer: Signer) -> None:
        self._signer = signer

    def word(self, hold_id: UUID, customer_id: UUID, email: str | None) -> str | None:
        """Sign where mails about a journey go, for its customer to hand over (F5b.13)."""
        if email is None:
            return None
        said = {"hold_id": str(hold_id), "customer_id": str(customer_id), "email": email}
        return self._signer.sign("contact", said, ttl=WORD_TTL)


Gateway = Annotated[VnPay, from_app(VnPay)]
Deliveries = Annotated[Verifier, from_app(Verifier, "deliveries")]
OurContacts = Annotated[Contacts, from_app(Contacts)]


@dataclass(frozen=True)
class PlacingMeans:
    """All of them, for the route that places an order."""

    settings: RequestSettings
    sealer: RequestSealer
    deliveries: Deliveries
    gateway: Gateway
    contacts: OurContacts


Means = Annotated[PlacingMeans, Depends()]
