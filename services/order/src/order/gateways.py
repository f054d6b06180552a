"""What routes need besides the database: the payment gateway, seals, other services' slips."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated, Final
from uuid import UUID

from fastapi import Depends, Request

from kit.sealing import Sealer
from kit.tokens import Signer, Verifier
from order.settings import Settings
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


def _settings(request: Request) -> Settings:
    settings = request.app.state.settings
    assert isinstance(settings, Settings)
    return settings


def _vnpay(request: Request) -> VnPay:
    vnpay = request.app.state.vnpay
    assert isinstance(vnpay, VnPay)
    return vnpay


def _sealer(request: Request) -> Sealer:
    sealer = request.app.state.sealer
    assert isinstance(sealer, Sealer)
    return sealer


def _deliveries(request: Request) -> Verifier:
    deliveries = request.app.state.deliveries
    assert isinstance(deliveries, Verifier)
    return deliveries


def _contacts(request: Request) -> Contacts:
    contacts = request.app.state.contacts
    assert isinstance(contacts, Contacts)
    return contacts


Config = Annotated[Settings, Depends(_settings)]
Gateway = Annotated[VnPay, Depends(_vnpay)]
OurSealer = Annotated[Sealer, Depends(_sealer)]
Deliveries = Annotated[Verifier, Depends(_deliveries)]
OurContacts = Annotated[Contacts, Depends(_contacts)]


@dataclass(frozen=True)
class PlacingMeans:
    """All of them, for the route that places an order."""

    config: Config
    sealer: OurSealer
    deliveries: Deliveries
    gateway: Gateway
    contacts: OurContacts


Means = Annotated[PlacingMeans, Depends()]
