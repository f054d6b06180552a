"""Writing down what an auditor found."""

from datetime import datetime
from uuid import UUID

from kit.auth import Caller
from kit.db import Tx
from kit.sealing import Sealer
from videocall.audits.domain import AlreadyAudited, Audit, Finding, NotDecided, OwnDecision
from videocall.calls.commands import call_of_region
from videocall.calls.states import VERDICTS
from videocall.chain.commands import append
from videocall.chain.domain import EventKind


async def audit(
    tx: Tx,
    call_id: UUID,
    finding: Finding,
    note: str | None,
    *,
    auditor: Caller,
    sealer: Sealer,
    now: datetime,
) -> None:
    """Keep an auditor's word about a decided call; said twice, kept once.

    The call is locked, so that of two auditors the second learns who was first.
    """
    call, _ = await call_of_region(tx, call_id, auditor)
    if call.status not in VERDICTS:
        raise NotDecided(call.id)
    if call.agent_id == auditor.subject_id:
        raise OwnDecision(call.id)
    about = f"{call.id}:audit"
    if kept := await tx.get(Audit, call.id):
        said = sealer.open(kept.note, about=about).decode() if kept.note else None
        if (kept.audited_by, kept.finding, said) != (auditor.subject_id, finding, note):
            raise AlreadyAudited(call.id, kept.audited_by, kept.audited_at)
        return
    sealed = sealer.seal(note.encode(), about=about) if note else None
    tx.add(
        Audit(
            call_id=call.id,
            finding=finding,
            note=sealed,
            audited_by=auditor.subject_id,
            audited_at=now,
        )
    )
    body = {"finding": finding, "audited_by": auditor.subject_id}
    await append(tx, call.id, EventKind.AUDITED, body, at=now)
