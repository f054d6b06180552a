"""A customer, as their token and they themselves see them."""

from typing import Any
from uuid import UUID

from pydantic import BaseModel

from identity.accounts.domain import Customer, Status
from kit.auth import NotSignedIn
from kit.db import Tx
from kit.sealing import Sealer


class Me(BaseModel):
    """A customer as they see themselves."""

    customer_id: UUID
    phone: str
    """E.164 digits without the plus sign."""
    full_name: str | None
    email: str | None
    locale: str


async def claims_of(tx: Tx, customer_id: UUID, sealer: Sealer) -> dict[str, Any] | None:
    """Return the claims of an access token about a customer; none unless the account is open."""
    customer = await tx.get(Customer, customer_id)
    if customer is None or customer.status is not Status.ACTIVE:
        return None
    profile = customer.profile(sealer)
    return {
        "roles": [],
        "regions": [],
        "phone": profile["phone"],
        "email": profile["email"],
        "locale": customer.locale,
    }


async def me(tx: Tx, customer_id: UUID, sealer: Sealer) -> Me:
    """Show a customer to themselves."""
    customer = await tx.get(Customer, customer_id)
    if customer is None:
        raise NotSignedIn
    profile = customer.profile(sealer)
    return Me(customer_id=customer.id, locale=customer.locale, **profile)
