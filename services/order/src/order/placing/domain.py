"""Reasons not to place an order that a customer asked for."""

from dataclasses import dataclass, field
from uuid import UUID

from kit.errors import Conflict, Invalid


@dataclass(eq=False)
class OrderExists(Conflict):
    """This hold has an order already, and its customer agreed to something else then."""

    order_id: UUID | None
    differs: list[str] = field(default_factory=list)


@dataclass(eq=False)
class OnlineOnly(Invalid):
    """An eSIM is paid online (F3.6 TH1)."""


@dataclass(eq=False)
class EmailRequired(Invalid):
    """An eSIM needs an e-mail address: its QR code is sent there (G09)."""


@dataclass(eq=False)
class DeliveryRequired(Invalid):
    """Choose first how to receive the SIM (F3.7): the delivery choice of this hold is missing."""
