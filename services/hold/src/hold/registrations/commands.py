"""What can be done to a registration: give it, which issues the slip, and mend it later."""

from datetime import datetime
from typing import Any
from uuid import UUID

from hold.holds import commands
from hold.holds.domain import Hold, HoldClosed
from hold.holds.states import Status
from hold.locks.domain import Terms
from hold.registrations.domain import Form, NoRegistration, check
from kit.clock import VIETNAM
from kit.db import Tx
from kit.sealing import Sealer

EDITABLE = (Status.DRAFT, Status.HELD, Status.CONFIRMED)


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
    hold = await commands.own_hold(tx, hold_id, customer_id=customer_id)
    if hold.status not in EDITABLE or hold.is_lapsed(now):
        raise HoldClosed(hold.id, Status.EXPIRED if hold.is_lapsed(now) else hold.status)
    registration = check(form, hold.sim, today=now.astimezone(VIETNAM).date())
    seal(hold, registration.as_json(), sealer)
    if hold.status is Status.DRAFT:
        hold.referrer_code = hold.channel_code = registration.referrer_code
        await commands.issue_slip(tx, hold, terms, now=now)
    return hold


def seal(hold: Hold, data: dict[str, Any], sealer: Sealer) -> None:
    """Keep personal data with a hold so that only this service can read it."""
    hold.registration = sealer.seal_json(data, about=str(hold.id))
    hold.phone_index = sealer.blind_index(data["contact_phone"])


async def registration_of(
    tx: Tx, hold_id: UUID, customer_id: UUID, *, sealer: Sealer
) -> dict[str, Any]:
    """Return what the owner of a hold has typed."""
    hold = await commands.own_hold(tx, hold_id, customer_id=customer_id)
    if hold.registration is None:
        raise NoRegistration
    data: dict[str, Any] = sealer.open_json(hold.registration, about=str(hold.id))
    return data
