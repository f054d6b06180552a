"""Registering and activating customers, changing passwords and profiles (flow 1)."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from pydantic import SecretStr
from sqlalchemy import select

from identity.accounts.domain import (
    Customer,
    NoSuchRegistration,
    Registration,
    Status,
)
from identity.codes import commands as codes
from identity.codes.domain import Message, Origin, OtpExpired, OtpWrong, Purpose
from identity.passwords import commands as guesses
from identity.passwords import domain as passwords
from identity.passwords.domain import Guess
from identity.sessions import commands as sessions
from identity.sessions.domain import (
    Credential,
    Session,
    SessionKind,
    WrongPassword,
)
from identity.settings import Settings
from identity.tables import customers, registrations
from kit.auth import NotSignedIn
from kit.db import Database, Tx
from kit.sealing import Sealer
from values.clients import ClientKind


class Accounts:
    """The commands about accounts, for a caller at an address, with the key and the settings."""

    def __init__(self, sealer: Sealer, settings: Settings, address: str) -> None:
        self._sealer, self._settings, self._address = sealer, settings, address

    async def register(
        self, tx: Tx, phone: str, password_hash: str, full_name: str | None, *, now: datetime
    ) -> tuple[UUID, int]:
        """Take a registration and send its code (F1.8); return when another may be asked for.

        The caller sees the same for a known phone, whose owner is told by SMS instead.
        """
        index = self._sealer.blind_index(phone)
        await codes.take_turn(tx, index)
        registration = Registration(
            phone_index=index, sealed=b"", password_hash=password_hash, created_at=now
        )
        registration.sealed = self._seal(
            registration.id, {"phone": phone, "full_name": full_name, "email": None}
        )
        tx.add(registration)
        message = await self._greeting(tx, phone, index, now=now)
        rest = await codes.issue(
            tx,
            phone,
            Purpose.REGISTER,
            origin=self._origin(),
            message=message,
            sealer=self._sealer,
            settings=self._settings,
            now=now,
        )
        return registration.id, rest

    async def resend(self, tx: Tx, registration_id: UUID, *, now: datetime) -> int:
        """Send another code for a registration (G13)."""
        registration = await self._registration(tx, registration_id)
        phone = self._sealer.open_json(registration.sealed, about=str(registration.id))["phone"]
        await codes.take_turn(tx, registration.phone_index)
        message = await self._greeting(tx, phone, registration.phone_index, now=now)
        return await codes.issue_again(
            tx,
            phone,
            Purpose.REGISTER,
            origin=self._origin(),
            message=message,
            sealer=self._sealer,
            settings=self._settings,
            now=now,
        )

    async def activate(
        self, tx: Tx, registration_id: UUID, digits: str, client: ClientKind, *, now: datetime
    ) -> tuple[Session, str] | OtpWrong | OtpExpired:
        """Open the account if the code is right, and a session with it (F1.10, F1.12)."""
        registration = await self._registration(tx, registration_id)
        wrong = await codes.check(
            tx,
            registration.phone_index,
            Purpose.REGISTER,
            digits,
            origin=self._origin(),
            sealer=self._sealer,
            settings=self._settings,
            now=now,
        )
        if wrong:
            return wrong
        customer = await self._customer(tx, registration.phone_index)
        assert customer, "a registration makes its customer first"
        profile = self._sealer.open_json(registration.sealed, about=str(registration.id))
        sealed = self._seal(customer.id, profile)
        await tx.publish(customer.activate(registration.password_hash, sealed, now=now))
        return await self._start_session(tx, customer, client, now=now)

    async def change_password(
        self,
        db: Database,
        customer_id: UUID,
        current: SecretStr,
        password: SecretStr,
        client: ClientKind,
        *,
        now: datetime,
    ) -> tuple[Session, str]:
        """Change a known password; every older session ends, and a new one begins here."""
        async with db.transaction() as tx:
            customer = await tx.get(Customer, customer_id)
        if customer is None:
            raise NotSignedIn
        guess = customer.guess(self._address, self._sealer)
        await guesses.count_guess(db, guess, customer_id, settings=self._settings, now=now)
        if not await passwords.matches(customer.password_hash, current):
            raise WrongPassword
        password_hash, known = await passwords.hashed(password), customer.password_hash
        async with db.transaction() as tx:
            customer = await tx.get(Customer, customer_id, with_for_update=True)
            if customer is None or customer.password_hash != known:
                raise WrongPassword
            await tx.publish(customer.change_password(password_hash, because="CHANGE", now=now))
            await start_afresh(tx, customer, guess, "PASSWORD_CHANGED", now=now)
            return await self._start_session(tx, customer, client, now=now)

    async def update_profile(self, tx: Tx, customer_id: UUID, changes: dict[str, Any]) -> None:
        """Change name, e-mail address or language."""
        customer = await tx.get(Customer, customer_id, with_for_update=True)
        if customer is None:
            raise NotSignedIn
        customer.locale = changes.pop("locale", None) or customer.locale
        profile = customer.profile(self._sealer) | changes
        customer.sealed = self._seal(customer.id, profile)

    async def _greeting(self, tx: Tx, phone: str, index: str, *, now: datetime) -> Message:
        customer = await self._customer(tx, index)
        if customer is None:
            customer = Customer(phone_index=index, sealed=b"", created_at=now)
            customer.sealed = self._seal(customer.id, {"phone": phone})
            tx.add(customer)
            await tx.publish(customer.registered())
        return Message.CODE if customer.status is Status.PENDING else Message.ACCOUNT_EXISTS

    async def _start_session(
        self, tx: Tx, customer: Customer, client: ClientKind, *, now: datetime
    ) -> tuple[Session, str]:
        return await sessions.start(
            tx,
            customer.id,
            SessionKind.CUSTOMER,
            client=client,
            address=customer.guess(self._address, self._sealer).address,
            settings=self._settings,
            now=now,
        )

    def _seal(self, owner: UUID, value: dict[str, Any]) -> bytes:
        return self._sealer.seal_json(value, about=str(owner))

    def _origin(self) -> Origin:
        return codes.anyone_at(self._address, self._sealer)

    async def _registration(self, tx: Tx, registration_id: UUID) -> Registration:
        registration = await tx.get(Registration, registration_id)
        if registration is None:
            raise NoSuchRegistration
        return registration

    async def _customer(self, tx: Tx, phone_index: str) -> Customer | None:
        known = select(Customer).where(customers.c.phone_index == phone_index)
        return (await tx.scalars(known.with_for_update())).one_or_none()


async def start_afresh(
    tx: Tx, customer: Customer, guess: Guess, because: str, *, now: datetime
) -> None:
    """End every session of an account with a new password, and forget its guesses."""
    await sessions.end_all(tx, customer.id, because, now=now)
    await guesses.forget_guesses(tx, guess, customer.id)


async def credential_of(tx: Tx, *, phone_index: str) -> Credential | None:
    """Look up the password of an open account, and lock its row."""
    customer = await active_customer(tx, phone_index)
    if customer is None or customer.password_hash is None:
        return None
    return Credential(customer.id, SessionKind.CUSTOMER, customer.password_hash)


async def active_customer(tx: Tx, phone_index: str) -> Customer | None:
    """Find an open account by its phone, and keep its password from changing meanwhile."""
    active = customers.c.status == Status.ACTIVE
    known = select(Customer).where(customers.c.phone_index == phone_index, active)
    return (await tx.scalars(known.with_for_update())).one_or_none()


async def forget(tx: Tx, *, now: datetime) -> int:
    """Drop registrations that can no longer be finished."""
    yesterday = now - timedelta(days=1)
    old = registrations.delete().where(registrations.c.created_at < yesterday)
    dropped = (await tx.scalars(old.returning(registrations.c.id))).all()
    return len(dropped)
