"""Keeping the papers of an attempt for good: they are copied when they are sent."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import insert, select, update
from sqlalchemy.dialects.postgresql import insert as upsert

from kit.db import Tx
from kit.sealing import Sealer
from kyc.sessions.domain import Session
from kyc.tables import attempts, evidence, images


async def keep_evidence(tx: Tx, session: Session, *, now: datetime) -> None:
    """Keep the form and the pictures that are being sent under their attempt.

    Later pictures and forms replace drafts only. A picture sent with two attempts is kept once.
    """
    columns = [column.name for column in evidence.columns]
    drafts = select(*(images.c[name] for name in columns)).where(images.c.session_id == session.id)
    await tx.execute(upsert(evidence).from_select(columns, drafts).on_conflict_do_nothing())
    shown = select(images.c.kind, images.c.sha256).where(images.c.session_id == session.id)
    row = {
        "session_id": session.id,
        "number": session.attempt,
        "submitted_at": now,
        "evidence": dict((await tx.execute(shown)).all()),
        "declaration": session.declaration,
        "id_index": session.id_index,
        "document_kind": session.document_kind,
    }
    await tx.execute(insert(attempts).values(row))


async def keep_reading(tx: Tx, session: Session, read: Mapping[str, str], sealer: Sealer) -> None:
    """Keep, sealed, what mobi eKYC read from the document, for those who compare (LAW05)."""
    its = (attempts.c.session_id == session.id) & (attempts.c.number == session.attempt)
    about = f"{session.id}:{session.attempt}:reading"
    sealed = sealer.seal_json(dict(read), about=about) if read else None
    await tx.execute(update(attempts).where(its).values(reading=sealed))
