"""Becoming a customer, and changing what we know about one (flows 1 and 2)."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from pydantic import SecretStr
from sqlalchemy import select

import identity.codes.commands as codes
import identity.guesses.commands as guesses
import identity.sessions.commands as sessions
from identity import passwords
from identity.accounts.domain import (
    Customer,
    NoSuchRegistration,
    NoSuchReset,
    Registration,
    Reset,
    ResetOver,
    Status,
)
from identity.accounts.tables import (
    active_customer,
    customers,
    profile_of,
    registrations,
    resets,
)
from identity.codes.domain import Message, OtpExpired, OtpWrong, Purpose
from identity.guesses.domain import Guess
from identity.sessions.domain import Kind as SessionKind
from identity.sessions.domain import Session, WrongPassword, digest_of, new_secret
from identity.settings import Settings
from kit.auth import NotSignedIn
from kit.db import Database, Tx
from kit.sealing import Sealer


class Accounts:
    """The commands, with the keys and rules they work with, for who asks from an address."""

    def __init__(self, sealer: Sealer, rules: Settings, address: str) -> None:
        self._sealer, self._rules, self._address = sealer, rules, address

    async def register(
        self, tx: Tx, phone: str, password_hash: str, full_name: str | None, *, now: datetime
    ) -> tuple[UUID, int]:
        """Take a registration and send its code (F1.8); return when another may be asked for.

        Whoever asks sees the same for a known phone, whose owner is told by SMS instead.
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
            tx, phone, Purpose.REGISTER, message=message, **self._means(), now=now
        )
        return registration.id, rest

    async def resend(self, tx: Tx, registration_id: UUID, *, now: datetime) -> int:
        """Send another code for a registration (G13)."""
        registration = await self._registration(tx, registration_id)
        phone = self._sealer.open_json(registration.sealed, about=str(registration.id))["phone"]
        await codes.take_turn(tx, registration.phone_index)
        message = await self._greeting(tx, phone, registration.phone_index, now=now)
        return await codes.issue_again(
            tx, phone, Purpose.REGISTER, message=message, **self._means(), now=now
        )

    async def activate(
        self, tx: Tx, registration_id: UUID, digits: str, *, now: datetime
    ) -> tuple[Session, str] | OtpWrong | OtpExpired:
        """Open the account if the code is right, and a session with it (F1.10, F1.12)."""
        registration = await self._registration(tx, registration_id)
        wrong = await codes.check(
            tx, registration.phone_index, Purpose.REGISTER, digits, **self._means(), now=now
        )
        if wrong:
            return wrong
        customer = await self._customer(tx, registration.phone_index)
        assert customer, "a registration makes its customer first"
        profile = self._sealer.open_json(registration.sealed, about=str(registration.id))
        sealed = self._seal(customer.id, profile)
        await tx.publish(customer.activate(registration.password_hash, sealed, now=now))
        return await self._start_session(tx, customer, now=now)

    async def forget_password(self, tx: Tx, phone: str, *, now: datetime) -> tuple[UUID, int]:
        """Send a code to an account's phone, and nothing to any other (F2.3, G12)."""
        index = self._sealer.blind_index(phone)
        await codes.take_turn(tx, index)
        reset = Reset(phone_index=index, sealed=b"", created_at=now)
        reset.sealed = self._seal(reset.id, {"phone": phone})
        tx.add(reset)
        known = await active_customer(tx, index)
        message = Message.CODE if known else Message.NOTHING
        means = self._means()
        # Where the owner has signed in before, what strangers asked for keeps nobody waiting.
        if known and await guesses.is_known(tx, means["origin"].fingerprint, known.id):
            means["origin"] = codes.owners(phone, self._sealer)
        rest = await codes.issue(tx, phone, Purpose.RESET, message=message, **means, now=now)
        return reset.id, rest

    async def prove_reset(
        self, tx: Tx, reset_id: UUID, digits: str, *, now: datetime
    ) -> str | OtpWrong | OtpExpired:
        """Give whoever has the code a token to choose a new password with (F2.5, F2.7)."""
        reset = await tx.get(Reset, reset_id)
        if reset is None:
            raise NoSuchReset
        wrong = await codes.check(
            tx, reset.phone_index, Purpose.RESET, digits, **self._means(), now=now
        )
        if wrong:
            return wrong
        token = new_secret()
        ttl = timedelta(seconds=self._rules.reset_seconds)
        reset.prove(digest_of(token), now=now, ttl=ttl)
        return token

    async def choose_password(
        self, db: Database, reset_id: UUID, token: str, password: SecretStr, *, now: datetime
    ) -> None:
        """Set the new password and end every older session (F2.11); sent again, it is done."""
        password_hash = await passwords.hashed(password)
        async with db.transaction() as tx:
            reset = await tx.get(Reset, reset_id, with_for_update=True)
            if reset is None:
                raise NoSuchReset
            reset.admit(digest_of(token), now=now)
            customer = await active_customer(tx, reset.phone_index)
            if customer is None:
                raise ResetOver
            if reset.finished_at is None:
                reset.finished_at = now
                await tx.publish(customer.change_password(password_hash, because="RESET", now=now))
                return await self._start_afresh(tx, customer, "PASSWORD_RESET", now=now)
        if not await passwords.matches(customer.password_hash, password):
            raise ResetOver
        return None

    async def change_password(
        self,
        db: Database,
        customer_id: UUID,
        current: SecretStr,
        password: SecretStr,
        *,
        now: datetime,
    ) -> tuple[Session, str]:
        """Change a known password; every older session ends, and a new one begins here."""
        async with db.transaction() as tx:
            customer = await tx.get(Customer, customer_id)
        if customer is None:
            raise NotSignedIn
        guess = self._guess_of(customer)
        await guesses.count(db, guess, customer_id, rules=self._rules, now=now)
        if not await passwords.matches(customer.password_hash, current):
            raise WrongPassword
        password_hash, known = await passwords.hashed(password), customer.password_hash
        async with db.transaction() as tx:
            customer = await tx.get(Customer, customer_id, with_for_update=True)
            if customer is None or customer.password_hash != known:
                raise WrongPassword
            await tx.publish(customer.change_password(password_hash, because="CHANGE", now=now))
            await self._start_afresh(tx, customer, "PASSWORD_CHANGED", now=now)
            return await self._start_session(tx, customer, now=now)

    async def update_profile(self, tx: Tx, customer_id: UUID, changes: dict[str, Any]) -> None:
        """Change name, e-mail address or language."""
        customer = await tx.get(Customer, customer_id, with_for_update=True)
        if customer is None:
            raise NotSignedIn
        customer.locale = changes.pop("locale", None) or customer.locale
        profile = profile_of(customer, self._sealer) | changes
        customer.sealed = self._seal(customer.id, profile)

    async def _greeting(self, tx: Tx, phone: str, index: str, *, now: datetime) -> Message:
        customer = await self._customer(tx, index)
        if customer is None:
            customer = Customer(phone_index=index, sealed=b"", created_at=now)
            customer.sealed = self._seal(customer.id, {"phone": phone})
            tx.add(customer)
            await tx.publish(customer.registered())
        return Message.CODE if customer.status is Status.PENDING else Message.ACCOUNT_EXISTS

    async def _start_afresh(
        self, tx: Tx, customer: Customer, because: str, *, now: datetime
    ) -> None:
        await sessions.end_all(tx, customer.id, because, now=now)
        await guesses.forget(tx, self._guess_of(customer), customer.id)

    async def _start_session(
        self, tx: Tx, customer: Customer, *, now: datetime
    ) -> tuple[Session, str]:
        address = self._guess_of(customer).address
        return await sessions.start(
            tx, customer.id, SessionKind.CUSTOMER, address=address, rules=self._rules, now=now
        )

    def _guess_of(self, customer: Customer) -> Guess:
        phone = profile_of(customer, self._sealer)["phone"]
        return Guess.of(f"customer:{phone}", self._address, self._sealer)

    def _seal(self, owner: UUID, value: dict[str, Any]) -> bytes:
        return self._sealer.seal_json(value, about=str(owner))

    def _means(self) -> dict[str, Any]:
        origin = codes.somebody_at(self._address, self._sealer)
        return {"origin": origin, "sealer": self._sealer, "rules": self._rules}

    async def _registration(self, tx: Tx, registration_id: UUID) -> Registration:
        registration = await tx.get(Registration, registration_id)
        if registration is None:
            raise NoSuchRegistration
        return registration

    async def _customer(self, tx: Tx, phone_index: str) -> Customer | None:
        mine = select(Customer).where(customers.c.phone_index == phone_index)
        return (await tx.scalars(mine.with_for_update())).one_or_none()


async def forget(tx: Tx, *, now: datetime) -> int:
    """Drop registrations and resets that can no longer be finished."""
    yesterday = now - timedelta(days=1)
    old = registrations.delete().where(registrations.c.created_at < yesterday)
    dropped = (await tx.scalars(old.returning(registrations.c.id))).all()
    await tx.execute(resets.delete().where(resets.c.created_at < yesterday))
    return len(dropped)
