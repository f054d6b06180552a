"""Where people can be reached: by the word of identity, by their own, by that of an order."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert

from kit.db import Tx
from kit.sealing import Sealer
from notification.messages.domain import Contact, Delivery, Demanded
from notification.tables import contact_of, contacts, forgotten, journeys


class Addresses:
    """The address book, with the key that it is sealed with."""

    def __init__(self, sealer: Sealer) -> None:
        self._sealer = sealer

    async def contact(self, tx: Tx, customer_id: UUID | None) -> Contact:
        """Open how a person can be reached."""
        if customer_id is None:
            return Contact()
        # Shared: many facts may be told at once, but none while the address is being changed.
        name = func.hashtextextended(f"contact:{customer_id}", 0)
        await tx.execute(select(func.pg_advisory_xact_lock_shared(name)))
        return await contact_of(tx, customer_id, self._sealer) or Contact()

    async def address(self, tx: Tx, contact: Contact, delivery: Delivery) -> str | None:
        """Return where one copy goes: an e-mail about a journey to the address of its order."""
        asked = await self._email(tx, delivery.hold_id) if delivery.channel == "EMAIL" else None
        return asked or contact.address(delivery.channel)

    async def change(
        self,
        tx: Tx,
        customer_id: UUID,
        change: Callable[[Contact | None], Contact],
        *,
        now: datetime,
    ) -> tuple[Contact, bool]:
        """Remember how a person can be reached; say whether that is another way than before."""
        await tx.advisory_lock("contact", customer_id)
        known = await contact_of(tx, customer_id, self._sealer)
        contact = change(known)
        if contact == known or await self._is_forgotten(tx, customer_id):
            return contact, False
        secret = {
            "phone": contact.phone,
            "email": contact.email,
            "push_token": contact.push_token,
        }
        values = {
            "sealed": self._sealer.seal_json(secret, about=str(customer_id)),
            "locale": contact.locale,
            "updated_at": now,
        }
        row = insert(contacts).values(customer_id=customer_id, **values)
        await tx.execute(row.on_conflict_do_update(index_elements=["customer_id"], set_=values))
        return contact, True

    async def keep_email(
        self, tx: Tx, hold_id: UUID, customer_id: UUID, demanded: Demanded
    ) -> None:
        """Keep the address that the order of a journey demanded; an older word changes nothing."""
        await tx.advisory_lock("journey", hold_id)
        if await self._is_forgotten(tx, customer_id):
            return
        values = {
            "email_sealed": self._sealer.seal_json(demanded.email, about=f"{hold_id}:email"),
            "email_as_of": demanded.as_of,
        }
        row = insert(journeys).values(hold_id=hold_id, **values)
        known = journeys.c.email_as_of
        newer = known.is_(None) | (known <= demanded.as_of)
        await tx.execute(
            row.on_conflict_do_update(index_elements=["hold_id"], set_=values, where=newer)
        )

    async def _is_forgotten(self, tx: Tx, customer_id: UUID) -> bool:
        gone = select(forgotten).where(forgotten.c.customer_id == customer_id)
        return (await tx.execute(gone)).first() is not None

    async def _email(self, tx: Tx, hold_id: UUID | None) -> str | None:
        its = select(journeys.c.email_sealed).where(journeys.c.hold_id == hold_id)
        sealed = await tx.scalar(its)
        return str(self._sealer.open_json(sealed, about=f"{hold_id}:email")) if sealed else None
