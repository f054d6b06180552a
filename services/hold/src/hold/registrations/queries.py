"""The subscriber information of a hold, for its owner alone."""

from typing import Any
from uuid import UUID

from hold.holds.queries import hold_to_change
from hold.holds.states import Owner
from hold.registrations.domain import NoRegistration
from kit.db import Tx
from kit.sealing import Sealer


async def registration_of(
    tx: Tx, hold_id: UUID, customer_id: UUID, *, sealer: Sealer
) -> dict[str, Any]:
    """Return the unsealed registration of a customer's hold."""
    hold = await hold_to_change(tx, Owner("APP", customer_id), hold_id)
    if hold.registration is None:
        raise NoRegistration
    data: dict[str, Any] = sealer.open_json(hold.registration, about=str(hold.id))
    return data
