"""What is known about a customer."""

from typing import Any
from uuid import UUID

from pydantic import BaseModel

from identity.accounts.domain import Customer, Status
from identity.accounts.tables import active_customer, profile_of
from identity.sessions.domain import Credential, Kind
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


async def credential_of(tx: Tx, *, phone_index: str) -> Credential | None:
    """Look up what an open account signs in with."""
    customer = await active_customer(tx, phone_index)
    if customer is None or customer.password_hash is None:
        return None
    return Credential(customer.id, Kind.CUSTOMER, customer.password_hash)


async def claims_of(tx: Tx, customer_id: UUID, sealer: Sealer) -> dict[str, Any] | None:
    """Return what an access token says about a customer."""
    customer = await tx.get(Customer, customer_id)
    if customer is None or customer.status is not Status.ACTIVE:
        return None
    profile = profile_of(customer, sealer)
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
    profile = profile_of(customer, sealer)
    return Me(customer_id=customer.id, locale=customer.locale, **profile)
