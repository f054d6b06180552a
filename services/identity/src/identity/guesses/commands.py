"""Counting guesses of a password (G13).

Guesses are counted per account and address. Where the account was never used from, they are also
counted per address, for one that tries many accounts, and per account, for one with many addresses;
whoever has signed in from an address before is kept out by none of these two.
"""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import case, select
from sqlalchemy.dialects.postgresql import insert

from identity.guesses.domain import Guess, TooManyLogins
from identity.guesses.tables import attempts
from identity.sessions.tables import sessions
from identity.settings import Settings
from kit.db import Database, Tx


async def count(
    db: Database, guess: Guess, subject_id: UUID | None, *, rules: Settings, now: datetime
) -> None:
    """Count a guess before its password is looked at: nobody guesses in parallel."""
    async with db.transaction() as tx:
        rest = await _count(tx, guess.both, rules.login_tries, rules=rules, now=now)
        # A guesser who is stopped already adds nothing to what others are stopped by.
        if not rest and not await is_known(tx, guess.address, subject_id):
            many = rules.login_tries_by_address
            rest = await _count(tx, guess.address, many, rules=rules, now=now)
            rest = rest or await _count(tx, guess.account, many, rules=rules, now=now)
    if rest:
        raise TooManyLogins(rest)


async def forget(tx: Tx, guess: Guess, subject_id: UUID) -> None:
    """Start counting afresh: the right password was entered, or a new one was set."""
    # In the order in which they are counted, so that nobody waits in a circle.
    await tx.execute(attempts.delete().where(attempts.c.who == guess.both))
    # Only what was counted is taken back: or who has an account here could guess on for ever.
    if not await is_known(tx, guess.address, subject_id):
        right = attempts.update().where(attempts.c.who == guess.address, attempts.c.count > 0)
        await tx.execute(right.values(count=attempts.c.count - 1))
    await tx.execute(attempts.delete().where(attempts.c.who == guess.account))


async def forget_old(tx: Tx, *, now: datetime) -> None:
    """Drop counts that no window reaches back to."""
    await tx.execute(attempts.delete().where(attempts.c.since < now - timedelta(days=1)))


async def is_known(tx: Tx, address: str, subject_id: UUID | None) -> bool:
    """Tell whether somebody has signed in from an address, as a keyed fingerprint, before."""
    mine = select(sessions.c.id).where(
        sessions.c.subject_id == subject_id, sessions.c.address == address
    )
    return await tx.scalar(mine.limit(1)) is not None


async def _count(tx: Tx, who: str, tries: int, *, rules: Settings, now: datetime) -> int:
    """Count one more; return for how many seconds no other may follow, if there were too many."""
    window = timedelta(seconds=rules.login_window_seconds)
    stale = attempts.c.since <= now - window
    row = insert(attempts).values(who=who, since=now, count=1)
    counted = row.on_conflict_do_update(
        index_elements=["who"],
        set_={
            "count": case((stale, 1), else_=attempts.c.count + 1),
            "since": case((stale, now), else_=attempts.c.since),
        },
    ).returning(attempts.c.since, attempts.c.count)
    since, so_far = (await tx.execute(counted)).one()
    return int((since + window - now).total_seconds()) + 1 if so_far > tries else 0
