"""Opening an incident in the transaction that notices it, and closing it by a person's decision."""

from datetime import datetime
from uuid import UUID

import structlog
from sqlalchemy import RowMapping, select, update
from sqlalchemy.dialects.postgresql import insert as upsert

from activation.activations.domain import Activation, Officer
from activation.activations.domain.connecting import REPEAT, UNDONE
from activation.activations.states import ActivationClosed, Decision, Stage
from activation.incidents import domain
from activation.incidents.domain import Kind, Resolution
from activation.msale.gateways import SYNC, add_task
from activation.tables import activations, incidents
from events.ids import uuid7
from kit.db import Tx

log = structlog.get_logger()


async def open_incident(
    tx: Tx,
    activation: Activation,
    kind: Kind,
    *,
    findings: list[str],
    now: datetime,
    about: str | None = None,
) -> None:
    """Note an incident for the desk and the supervisors; noticed twice, it is one."""
    row = {
        "id": uuid7(),
        "hold_id": activation.hold_id,
        "kind": kind,
        "about": about or domain.subject_of(activation, kind),
        "found": findings,
        "opened_at": now,
    }
    new = upsert(incidents).values(row).on_conflict_do_nothing()
    if (await tx.execute(new.returning(incidents.c.id))).one_or_none() is None:
        return
    activation.incident = kind
    log.error("incident_opened", kind=kind, hold_id=str(activation.hold_id))


async def close(
    tx: Tx,
    incident_id: UUID,
    officer: Officer,
    *,
    resolution: Resolution,
    note: str,
    now: datetime,
) -> None:
    """Close an incident, and let what was withheld go on or end as was decided."""
    incident, activation = await _locked(tx, incident_id, officer)
    domain.may_close(activation, officer.id)
    if incident["closed_at"]:
        if (incident["closed_by"], incident["resolution"]) == (officer.id, resolution):
            return
        raise domain.IncidentClosed(
            incident["resolution"], incident["closed_by"], incident["closed_at"]
        )
    if incident["kind"] in domain.WITHHELD and activation.stage is Stage.WITHDRAWING:
        # The decision would fall on nothing: mSale's answer is awaited first.
        raise ActivationClosed(activation.hold_id, activation.stage)
    await tx.execute(
        update(incidents)
        .where(incidents.c.id == incident_id)
        .values(closed_at=now, closed_by=officer.id, resolution=resolution, note=note)
    )
    activation.incident = await _next_open(tx, activation)
    if incident["kind"] in domain.WITHHELD and activation.stage is Stage.CONNECTING:
        await _decide(tx, activation, officer, resolution, now=now)


async def _decide(
    tx: Tx, activation: Activation, officer: Officer, resolution: Resolution, *, now: datetime
) -> None:
    if resolution == "STANDS":
        activation.stands_by = officer.id
        await add_task(tx, SYNC, activation, due_at=now)
        return
    refused = activation.decision is Decision.REFUSE and activation.reason_code in REPEAT
    code = activation.reason_code if refused and activation.reason_code else UNDONE
    await tx.publish(activation.reject(code, None, now=now))
    activation.settle()


async def _locked(tx: Tx, incident_id: UUID, officer: Officer) -> tuple[RowMapping, Activation]:
    its_hold = select(incidents.c.hold_id).where(incidents.c.id == incident_id).scalar_subquery()
    of_hold = select(Activation).where(activations.c.hold_id == its_hold).with_for_update()
    activation = (await tx.scalars(of_hold)).one_or_none()
    if activation is None or not officer.covers(activation.region):
        raise domain.NoSuchIncident
    row = await tx.execute(select(incidents).where(incidents.c.id == incident_id))
    return row.mappings().one(), activation


async def _next_open(tx: Tx, activation: Activation) -> Kind | None:
    newest = (
        select(incidents.c.kind)
        .where(incidents.c.hold_id == activation.hold_id, incidents.c.closed_at.is_(None))
        .order_by(incidents.c.id.desc())
        .limit(1)
    )
    kind = await tx.scalar(newest)
    return Kind(kind) if kind else None
