"""Addresses of people, kept sealed and opened for a message."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert

from kit.db import Tx
from kit.sealing import Sealer
from notification.contacts.domain import Channel, Contact, Demanded
from notification.tables import contacts, forgotten, journeys


class Addresses:
    """The addresses of people, with the key that they are sealed with."""

    def __init__(self, sealer: Sealer) -> None:
        self._sealer = sealer

    async def contact(self, tx: Tx, customer_id: UUID | None) -> Contact:
        """Return the contact of a person, an empty one if there is none."""
        if customer_id is None:
            return Contact()
        # Shared: many facts may be told at once, but none while the address is being changed.
        name = func.hashtextextended(f"contact:{customer_id}", 0)
        await tx.execute(select(func.pg_advisory_xact_lock_shared(name)))
        return await contact_of(tx, customer_id, self._sealer) or Contact()

    async def address(
        self, tx: Tx, contact: Contact, channel: Channel, hold_id: UUID | None
    ) -> str | None:
        """Return the address of a copy: an e-mail about a journey goes to that of its order."""
        asked = await self._email(tx, hold_id) if channel == "EMAIL" else None
        return asked or contact.address(channel)

    async def change(
        self,
        tx: Tx,
        customer_id: UUID,
        change: Callable[[Contact | None], Contact],
        *,
        now: datetime,
    ) -> tuple[Contact, bool]:
        """Remember the contact of a person; say also whether it is another one than before."""
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
        email = select(journeys.c.email_sealed).where(journeys.c.hold_id == hold_id)
        sealed = await tx.scalar(email)
        return str(self._sealer.open_json(sealed, about=f"{hold_id}:email")) if sealed else None


async def contact_of(tx: Tx, customer_id: UUID, sealer: Sealer) -> Contact | None:
    """Return the unsealed contact of a person; none if there is none."""
    row = (
        await tx.execute(
            select(contacts.c.sealed, contacts.c.locale).where(
                contacts.c.customer_id == customer_id
            )
        )
    ).one_or_none()
    if row is None:
        return None
    secret = sealer.open_json(row.sealed, about=str(customer_id))
    return Contact(locale=row.locale, **secret)
