"""Making the data key of a call."""

import os
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from kit.db import Tx
from kit.sealing import KeyedSealer, Sealer
from videocall.data_keys.domain import KEY_BYTES, EvidenceErased, about
from videocall.tables import data_keys


async def sealed_data_key(tx: Tx, call_id: UUID, sealer: Sealer, *, now: datetime) -> bytes:
    """Return the data key of a call, sealed by the service; made at the first piece of evidence."""
    sealed_key = sealer.seal(os.urandom(KEY_BYTES), about=about(call_id))
    made = {"call_id": call_id, "sealed_key": sealed_key, "made_at": now}
    await tx.execute(insert(data_keys).values(made).on_conflict_do_nothing())
    own = select(data_keys.c.sealed_key).where(data_keys.c.call_id == call_id)
    kept: bytes | None = await tx.scalar(own)
    if kept is None:
        raise EvidenceErased
    return kept


async def data_key(tx: Tx, call_id: UUID, sealer: Sealer, *, now: datetime) -> Sealer:
    """Return what seals the pieces of evidence of a call."""
    sealed_key = await sealed_data_key(tx, call_id, sealer, now=now)
    return KeyedSealer(sealer.open(sealed_key, about=about(call_id)))
