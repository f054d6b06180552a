"""Resetting a forgotten password: sending a code, proving it, choosing the new one (flow 2)."""

from datetime import datetime, timedelta
from uuid import UUID

from pydantic import SecretStr

from identity.accounts.commands import active_customer, start_afresh
from identity.codes import commands as codes
from identity.codes.domain import Message, Origin, OtpExpired, OtpWrong, Purpose
from identity.passwords import commands as guesses
from identity.passwords import domain as passwords
from identity.resets.domain import NoSuchReset, Reset, ResetOver
from identity.sessions.domain import digest_of, new_secret
from identity.settings import Settings
from identity.tables import resets
from kit.db import Database, Tx
from kit.sealing import Sealer


class Resets:
    """The commands about resets, for a caller at an address, with the key and the settings."""

    def __init__(self, sealer: Sealer, settings: Settings, address: str) -> None:
        self._sealer, self._settings, self._address = sealer, settings, address

    async def forget_password(self, tx: Tx, phone: str, *, now: datetime) -> tuple[UUID, int]:
        """Send a code to an account's phone, and nothing to any other (F2.3, G12)."""
        index = self._sealer.blind_index(phone)
        await codes.take_turn(tx, index)
        reset = Reset(phone_index=index, sealed=b"", created_at=now)
        reset.sealed = self._sealer.seal_json({"phone": phone}, about=str(reset.id))
        tx.add(reset)
        known, origin = await active_customer(tx, index), self._origin()
        # Where the owner has signed in before, codes that strangers asked for do not count.
        if known and await guesses.has_signed_in_from(tx, origin.fingerprint, known.id):
            origin = codes.owner_of(phone, self._sealer)
        rest = await codes.issue(
            tx,
            phone,
            Purpose.RESET,
            origin=origin,
            message=Message.CODE if known else Message.NOTHING,
            sealer=self._sealer,
            settings=self._settings,
            now=now,
        )
        return reset.id, rest

    async def prove_reset(
        self, tx: Tx, reset_id: UUID, digits: str, *, now: datetime
    ) -> str | OtpWrong | OtpExpired:
        """Give a caller with the right code a token to choose a new password with (F2.5, F2.7)."""
        reset = await tx.get(Reset, reset_id)
        if reset is None:
            raise NoSuchReset
        wrong = await codes.check(
            tx,
            reset.phone_index,
            Purpose.RESET,
            digits,
            origin=self._origin(),
            sealer=self._sealer,
            settings=self._settings,
            now=now,
        )
        if wrong:
            return wrong
        token = new_secret()
        ttl = timedelta(seconds=self._settings.reset_seconds)
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
                guess = customer.guess(self._address, self._sealer)
                return await start_afresh(tx, customer, guess, "PASSWORD_RESET", now=now)
        if not await passwords.matches(customer.password_hash, password):
            raise ResetOver
        return None

    def _origin(self) -> Origin:
        return codes.anyone_at(self._address, self._sealer)


async def forget(tx: Tx, *, now: datetime) -> int:
    """Drop resets that can no longer be finished."""
    old = resets.delete().where(resets.c.created_at < now - timedelta(days=1))
    return len((await tx.scalars(old.returning(resets.c.id))).all())
