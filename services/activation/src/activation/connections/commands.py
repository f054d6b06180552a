"""What happens between the connection desk and mSale (P4.1, P6.1, P4.2)."""

import re
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from sqlalchemy import select

from activation.connections import domain
from activation.connections.domain import REPEAT, Officer
from activation.domain import Activation
from activation.dossiers.domain import send
from activation.esims.commands import keep_profile
from activation.gateways import DECIDE, SEND, SYNC, Connection, note_errand
from activation.incidents.commands import open_incident
from activation.incidents.domain import WITHHELD, at_result, speaks_against
from activation.stages import NoSuchActivation, Stage
from activation.tables import activations, dossiers, numbers
from events import RepeatStep
from kit.db import Tx
from kit.sealing import Sealer
from values.moments import between

SOON: Final = timedelta(seconds=0.3)
"""How long mSale usually takes to carry out a decision."""


A_REASON: Final = re.compile(r"[A-Z][A-Z0-9_]{0,63}")
NO_REASON: Final = "MSALE_REFUSED"


async def by_request(tx: Tx, request_id: UUID) -> Activation | None:
    """Lock the activation a request to mSale belongs to; None once it was submitted anew."""
    wanted = select(Activation).where(activations.c.request_id == request_id)
    return (await tx.scalars(wanted.with_for_update())).one_or_none()


async def for_officer(tx: Tx, hold_id: UUID, officer: Officer) -> Activation:
    """Lock a dossier for an officer; another region's looks like none at all."""
    wanted = select(Activation).where(activations.c.hold_id == hold_id).with_for_update()
    found = (await tx.scalars(wanted)).one_or_none()
    if found is None or not officer.covers(found.region):
        raise NoSuchActivation
    return found


async def dossier_for_msale(tx: Tx, request_id: UUID, *, sealer: Sealer) -> dict[str, Any] | None:
    """Put together what mSale needs (P3.6); None if the dossier is on its way already."""
    activation = await by_request(tx, request_id)
    if activation is None or activation.stage is not Stage.SUBMITTED:
        return None
    assert activation.dossier_id
    mine = select(dossiers.c.sealed, dossiers.c.sha256).where(
        dossiers.c.id == activation.dossier_id
    )
    sealed, sha256 = (await tx.execute(mine)).one()
    content = sealer.open_json(sealed, about=f"dossier:{activation.dossier_id}")
    msisdn = await tx.scalar(select(numbers.c.msisdn).where(numbers.c.id == activation.number_id))
    assert msisdn, "a number was held without ever being locked"
    form = content["declaration"]
    return {
        "msisdn": msisdn,
        "sim": {"kind": activation.sim, "serial": activation.sim_serial},
        "subscriber": {
            field: form.get(field)
            for field in ("full_name", "id_number", "date_of_birth", "sex", "nationality")
        }
        | {"address": form.get("address"), "document_kind": form.get("document_kind")},
        "dossier_sha256": sha256,
        "packages": [activation.package_code] if activation.package_code else [],
    }


async def queue(tx: Tx, request_id: UUID, connection_id: UUID, *, now: datetime) -> None:
    """Note that mSale took the dossier in (P4.1)."""
    activation = await by_request(tx, request_id)
    if activation is not None and activation.stage is Stage.SUBMITTED:
        await tx.publish(domain.queue(activation, connection_id, now=now))


async def turned_away(tx: Tx, request_id: UUID, reason_code: str, *, now: datetime) -> None:
    """Note that mSale would not even take the dossier in: the desk looks at it."""
    activation = await by_request(tx, request_id)
    if activation is not None and activation.stage is Stage.SUBMITTED:
        await tx.publish(domain.delay(activation, reason_code, now=now))


async def claim(
    tx: Tx, hold_id: UUID, officer: Officer, *, good_for: timedelta, now: datetime
) -> Activation:
    """Put a dossier on an officer's desk; of many who try, one gets it."""
    activation = await for_officer(tx, hold_id, officer)
    domain.claim(activation, officer.id, good_for=good_for, now=now)
    return activation


async def release(tx: Tx, hold_id: UUID, officer: Officer) -> Activation:
    """Put a dossier back for the colleagues."""
    activation = await for_officer(tx, hold_id, officer)
    domain.release(activation, officer.id)
    return activation


async def take_over(tx: Tx, hold_id: UUID, supervisor: Officer, *, now: datetime) -> Activation:
    """Put a colleague's dossier on a supervisor's desk."""
    activation = await for_officer(tx, hold_id, supervisor)
    domain.take_over(activation, supervisor.id, now=now)
    return activation


async def confirm(tx: Tx, hold_id: UUID, officer: Officer, *, now: datetime) -> Activation:
    """Permit the connection and let mSale carry it out (P6.1)."""
    activation = await for_officer(tx, hold_id, officer)
    if _decided_so(activation, officer.id, "CONFIRM"):
        return activation
    confirmed = domain.confirm(activation, officer.id, now=now)
    await note_errand(tx, DECIDE, activation, due_at=now)
    await tx.publish(confirmed)
    return activation


async def refuse(
    tx: Tx, hold_id: UUID, officer: Officer, *, reason_code: str, reason_text: str, now: datetime
) -> Activation:
    """Refuse the connection and let mSale take note of it (F5a.13 TH2)."""
    activation = await for_officer(tx, hold_id, officer)
    if _decided_so(activation, officer.id, "REFUSE"):
        return activation
    if activation.stage is Stage.DELAYED:
        why = (reason_code, reason_text)
        await tx.publish(domain.refuse_delayed(activation, officer.id, *why, now=now))
        return activation
    domain.refuse(activation, officer.id, reason_code, reason_text)
    await note_errand(tx, DECIDE, activation, due_at=now)
    return activation


async def reopen(
    tx: Tx, hold_id: UUID, supervisor: Officer, *, repeat: RepeatStep, text: str, now: datetime
) -> Activation:
    """Let a customer who was sent to a store go on online, from the step that is named."""
    activation = await for_officer(tx, hold_id, supervisor)
    await tx.publish(domain.reopen(activation, repeat, text, now=now))
    return activation


async def send_again(tx: Tx, hold_id: UUID, officer: Officer, *, now: datetime) -> Activation:
    """Send a dossier again that mSale refused for its own trouble; nobody signs again."""
    activation = await for_officer(tx, hold_id, officer)
    if activation.stage in (Stage.SUBMITTED, Stage.QUEUED):
        return activation
    activation.must_be(Stage.DELAYED)
    submitted = send(activation, now=now)
    await note_errand(tx, SEND, activation, due_at=now)
    await tx.publish(submitted)
    return activation


async def ask_soon(tx: Tx, activation: Activation, *, now: datetime) -> None:
    """Ask mSale for the result in a moment."""
    await note_errand(tx, SYNC, activation, due_at=now + SOON)


async def synchronise(
    tx: Tx, request_id: UUID, found: Connection, *, sealer: Sealer, now: datetime
) -> None:
    """Take over mSale's result (F5a.12, F5b.11); heard twice, it counts once."""
    activation = await by_request(tx, request_id)
    if activation is None or activation.stage is not Stage.CONNECTING:
        return
    if found.state == "REFUSED":
        await _refused(tx, activation, found, now=now)
    elif found.state == "CONNECTED":
        await _connected(tx, activation, found, sealer=sealer, now=now)


async def _refused(tx: Tx, activation: Activation, found: Connection, *, now: datetime) -> None:
    if activation.decision == "REFUSE" and activation.reason_code:
        code = activation.reason_code
    else:
        code = found.reason_code or NO_REASON
    if code in REPEAT:
        await tx.publish(domain.reject(activation, code, found.reason_text, now=now))
    else:
        known = code if A_REASON.fullmatch(code) else NO_REASON
        await tx.publish(domain.delay(activation, known, now=now))
    activation.settle()


async def _connected(
    tx: Tx, activation: Activation, found: Connection, *, sealer: Sealer, now: datetime
) -> None:
    # Checked once more, in the transaction that makes it true: much may have been heard since.
    officer_id = activation.stands_by or found.officer_id or activation.decided_by
    if kind := at_result(activation, officer_id):
        await open_incident(tx, activation, kind, found=speaks_against(activation), now=now)
        if kind in WITHHELD and not (activation.gone and officer_id):
            return  # nobody is told "connected" before a person looked
    assert officer_id, "a connection that nobody confirmed"
    at = between(found.connected_at or now, activation.confirmed_at or now, now=now)
    await tx.publish(*domain.connected(activation, officer_id, at=at, now=now))
    if activation.sim == "ESIM":
        await keep_profile(tx, activation, found.esim, sealer=sealer, now=now)


def _decided_so(activation: Activation, officer_id: UUID, decision: str) -> bool:
    """Tell a repeated request, whose answer was lost, from a new decision."""
    return (activation.decided_by, activation.decision) == (officer_id, decision)
