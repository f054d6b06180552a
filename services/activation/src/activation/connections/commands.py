"""The connection team's decisions about a dossier, and mSale's reports of it (P4.1, P6.1, P4.2)."""

import re
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from sqlalchemy import select

from activation.activations.commands import find_by_request, get_for_officer
from activation.activations.domain import Activation, Officer
from activation.activations.domain.connecting import REPEAT
from activation.activations.states import Decision, Stage
from activation.esims.commands import keep_profile
from activation.incidents.commands import open_incident
from activation.incidents.domain import WITHHELD, at_result, speaks_against
from activation.msale.gateways import DECIDE, SEND, Connection, add_task
from activation.tables import dossiers, numbers
from events import RepeatStep
from kit.db import Tx
from kit.sealing import Sealer
from values.moments import between

A_REASON: Final = re.compile(r"[A-Z][A-Z0-9_]{0,63}")
NO_REASON: Final = "MSALE_REFUSED"


async def dossier_for_msale(tx: Tx, request_id: UUID, *, sealer: Sealer) -> dict[str, Any] | None:
    """Put together the dossier in mSale's words (P3.6); None if it is on its way already."""
    activation = await find_by_request(tx, request_id)
    if activation is None or activation.stage is not Stage.SUBMITTED:
        return None
    assert activation.dossier_id
    newest = dossiers.c.id == activation.dossier_id
    row = (await tx.execute(select(dossiers.c.sealed, dossiers.c.sha256).where(newest))).one()
    content = sealer.open_json(row.sealed, about=f"dossier:{activation.dossier_id}")
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
        "dossier_sha256": row.sha256,
        "packages": [activation.package_code] if activation.package_code else [],
    }


async def queue(tx: Tx, request_id: UUID, connection_id: UUID, *, now: datetime) -> None:
    """Note that mSale took the dossier in (P4.1)."""
    activation = await find_by_request(tx, request_id)
    if activation is not None and activation.stage is Stage.SUBMITTED:
        await tx.publish(activation.queue(connection_id, now=now))


async def turned_away(tx: Tx, request_id: UUID, reason_code: str, *, now: datetime) -> None:
    """Note that mSale would not even take the dossier in: the desk looks at it."""
    activation = await find_by_request(tx, request_id)
    if activation is not None and activation.stage is Stage.SUBMITTED:
        await tx.publish(activation.delay(reason_code, now=now))


async def claim(
    tx: Tx, hold_id: UUID, officer: Officer, *, good_for: timedelta, now: datetime
) -> Activation:
    """Put a dossier on an officer's desk; of many who try, one gets it."""
    activation = await get_for_officer(tx, hold_id, officer)
    activation.claim(officer.id, good_for=good_for, now=now)
    return activation


async def release(tx: Tx, hold_id: UUID, officer: Officer) -> Activation:
    """Put a dossier back for the colleagues."""
    activation = await get_for_officer(tx, hold_id, officer)
    activation.release(officer.id)
    return activation


async def take_over(tx: Tx, hold_id: UUID, supervisor: Officer, *, now: datetime) -> Activation:
    """Put a colleague's dossier on a supervisor's desk."""
    activation = await get_for_officer(tx, hold_id, supervisor)
    activation.take_over(supervisor.id, now=now)
    return activation


async def confirm(tx: Tx, hold_id: UUID, officer: Officer, *, now: datetime) -> Activation:
    """Permit the connection and let mSale carry it out (P6.1)."""
    activation = await get_for_officer(tx, hold_id, officer)
    if activation.was_decided(officer.id, Decision.CONFIRM):
        return activation
    confirmed = activation.confirm(officer.id, now=now)
    await add_task(tx, DECIDE, activation, due_at=now)
    await tx.publish(confirmed)
    return activation


async def refuse(
    tx: Tx, hold_id: UUID, officer: Officer, *, reason_code: str, reason_text: str, now: datetime
) -> Activation:
    """Refuse the connection and let mSale take note of it (F5a.13 TH2)."""
    activation = await get_for_officer(tx, hold_id, officer)
    if activation.was_decided(officer.id, Decision.REFUSE):
        return activation
    if activation.stage is Stage.DELAYED:
        rejected = activation.refuse_delayed(officer.id, reason_code, reason_text, now=now)
        await tx.publish(rejected)
        return activation
    activation.refuse(officer.id, reason_code, reason_text, now=now)
    await add_task(tx, DECIDE, activation, due_at=now)
    return activation


async def reopen(
    tx: Tx, hold_id: UUID, supervisor: Officer, *, repeat: RepeatStep, text: str, now: datetime
) -> Activation:
    """Let a customer who was sent to a store go on online, from the step that is named."""
    activation = await get_for_officer(tx, hold_id, supervisor)
    await tx.publish(activation.reopen(repeat, text, now=now))
    return activation


async def send_again(tx: Tx, hold_id: UUID, officer: Officer, *, now: datetime) -> Activation:
    """Send a dossier again that mSale refused for its own trouble; nobody signs again."""
    activation = await get_for_officer(tx, hold_id, officer)
    if activation.stage in (Stage.SUBMITTED, Stage.QUEUED):
        return activation
    activation.must_be(Stage.DELAYED)
    submitted = activation.send(now=now)
    await add_task(tx, SEND, activation, due_at=now)
    await tx.publish(submitted)
    return activation


async def synchronise(
    tx: Tx, request_id: UUID, result: Connection, *, sealer: Sealer, now: datetime
) -> None:
    """Take over mSale's result (F5a.12, F5b.11); heard twice, it counts once."""
    activation = await find_by_request(tx, request_id)
    if activation is None or activation.stage is not Stage.CONNECTING:
        return
    if result.state == "REFUSED":
        await _refused(tx, activation, result, now=now)
    elif result.state == "CONNECTED":
        await _connected(tx, activation, result, sealer=sealer, now=now)


async def _refused(tx: Tx, activation: Activation, result: Connection, *, now: datetime) -> None:
    if activation.decision is Decision.REFUSE and activation.reason_code:
        code = activation.reason_code
    else:
        code = result.reason_code or NO_REASON
    if code in REPEAT:
        await tx.publish(activation.reject(code, result.reason_text, now=now))
    else:
        known = code if A_REASON.fullmatch(code) else NO_REASON
        await tx.publish(activation.delay(known, now=now))
    activation.settle()


async def _connected(
    tx: Tx, activation: Activation, result: Connection, *, sealer: Sealer, now: datetime
) -> None:
    # Checked once more, in the transaction that makes it true: much may have been heard since.
    officer_id = activation.stands_by or result.officer_id or activation.decided_by
    if kind := at_result(activation, officer_id):
        await open_incident(tx, activation, kind, findings=speaks_against(activation), now=now)
        if kind in WITHHELD and not (activation.gone and officer_id):
            return  # nobody is told "connected" before a person looked
    assert officer_id, "a connection that nobody confirmed"
    at = between(result.connected_at or now, activation.confirmed_at or now, now=now)
    await tx.publish(*activation.connected(officer_id, at=at, now=now))
    if activation.sim == "ESIM":
        await keep_profile(tx, activation, result.esim, sealer=sealer, now=now)
