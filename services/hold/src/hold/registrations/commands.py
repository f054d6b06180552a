"""Registrations: a first right form issues the slip, a later one mends it."""

from datetime import datetime
from typing import Final
from uuid import UUID

from hold.holds.commands import issue_slip
from hold.holds.domain import Hold
from hold.holds.queries import hold_to_change
from hold.holds.states import HoldClosed, Owner, Status
from hold.registrations.domain import Form, check
from hold.terms.domain import Terms
from kit.clock import VIETNAM
from kit.db import Tx
from kit.sealing import Sealer

EDITABLE: Final = (Status.DRAFT, Status.HELD, Status.CONFIRMED)


async def register(
    tx: Tx,
    hold_id: UUID,
    customer_id: UUID,
    form: Form,
    *,
    sealer: Sealer,
    terms: Terms,
    now: datetime,
) -> Hold:
    """Take the form; a first one that is right turns the lock into a slip (F3.3 to F3.6)."""
    hold = await hold_to_change(tx, Owner("APP", customer_id), hold_id)
    if hold.status not in EDITABLE or hold.is_lapsed(now):
        raise HoldClosed(hold.id, Status.EXPIRED if hold.is_lapsed(now) else hold.status)
    registration = check(form, hold.sim, today=now.astimezone(VIETNAM).date())
    hold.seal(registration.as_json(), sealer)
    if hold.status is Status.DRAFT:
        hold.referrer_code = hold.channel_code = registration.referrer_code
        await issue_slip(tx, hold, terms, now=now)
    return hold
