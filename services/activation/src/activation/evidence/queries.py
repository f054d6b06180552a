"""The evidence of one dossier, opened for one look."""

import base64
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel
from sqlalchemy import select

from activation.activations.domain import Activation
from activation.tables import dossiers, sim_photos
from kit.db import Tx
from kit.errors import NotFound
from kit.sealing import Sealer


@dataclass(eq=False)
class NoSuchEvidence(NotFound):
    """The customer has not signed yet, or this dossier needs no such evidence."""


class DossierView(BaseModel):
    """A signed dossier as the connection team sees it."""

    dossier_id: UUID
    signed_at: datetime
    sha256: str
    form: dict[str, Any]
    """The customer's declaration, as kyc vouched for it."""
    consents: list[str]
    bound_to: dict[str, Any]
    """The check, the call and the terms that the signature is bound to."""
    objections: list[str]
    """The objections to the connection, by all that is known now."""


async def dossier_of(tx: Tx, activation: Activation, *, sealer: Sealer) -> DossierView:
    """Open the dossier that was signed last."""
    row, content = await _opened(tx, activation, sealer)
    return DossierView(
        dossier_id=row.id,
        signed_at=row.signed_at,
        sha256=row.sha256,
        form=content["declaration"],
        consents=content["consents"],
        bound_to=content.get("bound_to", {}),
        objections=activation.objections(),
    )


async def signature_of(tx: Tx, activation: Activation, *, sealer: Sealer) -> bytes:
    """Open the signature that was drawn, a PNG picture."""
    _, content = await _opened(tx, activation, sealer)
    return base64.b64decode(content["signature_png"])


async def sim_photo_of(tx: Tx, activation: Activation, *, sealer: Sealer) -> bytes:
    """Open the photo of the SIM that was signed for, or the newest before there is a signature."""
    sha256 = (activation.signed_for or {}).get("sim_photo_sha256") or activation.sim_photo_sha256
    matching = select(sim_photos.c.sealed).where(
        sim_photos.c.hold_id == activation.hold_id, sim_photos.c.sha256 == sha256
    )
    sealed = await tx.scalar(matching.order_by(sim_photos.c.taken_at.desc()).limit(1))
    if sealed is None:
        raise NoSuchEvidence
    return sealer.open(sealed, about=f"sim-photo:{activation.hold_id}")


async def _opened(tx: Tx, activation: Activation, sealer: Sealer) -> tuple[Any, dict[str, Any]]:
    row = (await tx.execute(select(dossiers).where(dossiers.c.id == activation.dossier_id))).first()
    if row is None:
        raise NoSuchEvidence
    return row, sealer.open_json(row.sealed, about=f"dossier:{row.id}")
