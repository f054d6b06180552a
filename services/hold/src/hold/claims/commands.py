"""Claims and look-ups: a hold code and a proven phone open a slip; attempts are counted."""

import hmac
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, func, insert, select

from hold.claims.domain import NoSuchSlip, TooManyAttempts
from hold.feed.commands import publish_with_feed
from hold.holds.domain import Hold
from hold.holds.states import NoSuchHold
from hold.tables import attempts, holds
from kit.db import Tx
from values.errors import BadValue
from values.hold_codes import parse_hold_code


async def count_attempt(
    tx: Tx, fingerprints: Sequence[str], *, limit: int, window: timedelta, now: datetime
) -> None:
    """Count an attempt before it is made, so that many at once gain nothing.

    `fingerprints` are those of the phone and, if there is one, of the customer.
    """
    for fingerprint in sorted(fingerprints):
        await tx.advisory_lock("attempts of", fingerprint)
        by_it = (attempts.c.fingerprint == fingerprint) & (attempts.c.at > now - window)
        if (await tx.scalar(select(func.count()).where(by_it)) or 0) >= limit:
            raise TooManyAttempts(retry_after_seconds=int(window.total_seconds()))
    rows = [{"fingerprint": fingerprint, "at": now} for fingerprint in fingerprints]
    await tx.execute(insert(attempts), rows)


async def forgive_attempts(tx: Tx, fingerprints: Sequence[str]) -> None:
    """Forget the attempts of a phone and a customer that had the right code."""
    await tx.execute(delete(attempts).where(attempts.c.fingerprint.in_(fingerprints)))


async def forget_attempts(tx: Tx, *, before: datetime, batch: int = 1000) -> int:
    """Forget attempts that no longer count; return how many."""
    old = select(attempts.c.id).where(attempts.c.at <= before).limit(batch)
    forgotten = await tx.execute(
        delete(attempts)
        .where(attempts.c.id.in_(old.with_for_update(skip_locked=True)))
        .returning(attempts.c.id)
    )
    return len(forgotten.all())


async def claim_slip(
    tx: Tx, code: str, phone_index: str, customer_id: UUID, *, now: datetime
) -> Hold:
    """Take a channel's slip into a customer's account, once (P3.3)."""
    hold = await find_slip(tx, code, phone_index)
    try:
        claimed = hold.claim(customer_id, now=now)
    except NoSuchHold as error:
        raise NoSuchSlip from error
    if claimed:
        await publish_with_feed(tx, hold, claimed)
    return hold


async def find_slip(tx: Tx, code: str, phone_index: str) -> Hold:
    """Find a slip; a wrong code and a wrong phone look the same."""
    # What cannot be a code is no code, and not the missing one of every hold without a slip.
    if (read := _read(code)) is None:
        raise NoSuchSlip
    slip = select(Hold).where(holds.c.hold_code == read).with_for_update()
    hold: Hold | None = await tx.scalar(slip)
    if hold is None or not hmac.compare_digest(hold.phone_index or "", phone_index):
        raise NoSuchSlip
    return hold


def _read(code: str) -> str | None:
    # A code that cannot be one is answered as a wrong one, and counts as a try.
    with suppress(BadValue):
        return parse_hold_code(code)
    return None
