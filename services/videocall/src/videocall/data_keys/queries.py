"""Opening the data key of a call."""

from uuid import UUID

from sqlalchemy import select

from kit.db import Tx
from kit.sealing import KeyedSealer, Sealer
from videocall.data_keys.domain import EvidenceErased, about
from videocall.tables import data_keys


async def sealer_of(tx: Tx, call_id: UUID, sealer: Sealer) -> Sealer:
    """Return what opens the pieces of a call that were sealed by its data key."""
    own = select(data_keys.c.sealed_key).where(data_keys.c.call_id == call_id)
    sealed_key = await tx.scalar(own)
    if sealed_key is None:
        raise EvidenceErased
    return KeyedSealer(sealer.open(sealed_key, about=about(call_id)))


async def is_erased(tx: Tx, call_id: UUID) -> bool:
    """Tell whether the data key of a call was erased."""
    erased = select(data_keys.c.erased_at).where(data_keys.c.call_id == call_id)
    return await tx.scalar(erased) is not None
