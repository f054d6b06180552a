"""Counting guesses of a password (G13).

Guesses are counted per account and address. Where the account was never used from, they are also
counted per address, for one that tries many accounts, and per account, for one with many addresses;
whoever has signed in from an address before is kept out by none of these two.
"""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import case, select
from sqlalchemy.dialects.postgresql import insert

from identity.passwords.domain import Guess, TooManyLogins
from identity.settings import Settings
from identity.tables import attempts, sessions
from kit.db import Database, Tx


async def count_guess(
    db: Database, guess: Guess, subject_id: UUID | None, *, settings: Settings, now: datetime
) -> None:
    """Count a guess before its password is looked at: nobody guesses in parallel."""
    async with db.transaction() as tx:
        rest = await _count(tx, guess.both, settings.login_tries, settings=settings, now=now)
        # A guesser who is stopped already adds nothing to what others are stopped by.
        if not rest and not await has_signed_in_from(tx, guess.address, subject_id):
            many = settings.login_tries_by_address
            rest = await _count(tx, guess.address, many, settings=settings, now=now)
            rest = rest or await _count(tx, guess.account, many, settings=settings, now=now)
    if rest:
        raise TooManyLogins(rest)


async def forget_guesses(tx: Tx, guess: Guess, subject_id: UUID) -> None:
    """Start counting afresh: the right password was entered, or a new one was set."""
    # In the order in which they are counted, so that nobody waits in a circle.
    await tx.execute(attempts.delete().where(attempts.c.who == guess.both))
    # Only what was counted is taken back: else the owner of an account could guess on for ever.
    if not await has_signed_in_from(tx, guess.address, subject_id):
        right = attempts.update().where(attempts.c.who == guess.address, attempts.c.count > 0)
        await tx.execute(right.values(count=attempts.c.count - 1))
    await tx.execute(attempts.delete().where(attempts.c.who == guess.account))


async def drop_old_guesses(tx: Tx, *, now: datetime) -> int:
    """Drop counts that no window reaches back to."""
    old = attempts.delete().where(attempts.c.since < now - timedelta(days=1))
    return len((await tx.scalars(old.returning(attempts.c.who))).all())


async def has_signed_in_from(tx: Tx, address: str, subject_id: UUID | None) -> bool:
    """Tell whether the subject has signed in from an address (a keyed fingerprint) before."""
    earlier = select(sessions.c.id).where(
        sessions.c.subject_id == subject_id, sessions.c.address == address
    )
    return await tx.scalar(earlier.limit(1)) is not None


async def _count(tx: Tx, key: str, tries: int, *, settings: Settings, now: datetime) -> int:
    """Count one more; return for how many seconds no other may follow, if there were too many."""
    window = timedelta(seconds=settings.login_window_seconds)
    stale = attempts.c.since <= now - window
    row = insert(attempts).values(who=key, since=now, count=1)
    counted = row.on_conflict_do_update(
        index_elements=["who"],
        set_={
            "count": case((stale, 1), else_=attempts.c.count + 1),
            "since": case((stale, now), else_=attempts.c.since),
        },
    ).returning(attempts.c.since, attempts.c.count)
    since, so_far = (await tx.execute(counted)).one()
    return int((since + window - now).total_seconds()) + 1 if so_far > tries else 0
