"""The customer's steps on a dossier, from the SIM's serial to the submission, and its deadline."""

import hashlib
import json
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Select, case, func, insert, select
from sqlalchemy.dialects.postgresql import insert as upsert

from activation.activations.commands import get
from activation.activations.domain import Activation
from activation.activations.states import BEFORE_SUBMISSION, UNSIGNED, NotReadyYet
from activation.dossiers.domain import CONSENTS, ConsentMissing
from activation.msale.gateways import SEND, add_task
from activation.tables import activations, dossiers, sim_photos
from events.ids import uuid7
from kit.db import Tx
from kit.errors import Conflict
from kit.images import Picture
from kit.sealing import Sealer

STARTED_AT: Final = case(
    (activations.c.sim == "ESIM", activations.c.confirmed_at),
    (
        activations.c.received_at.is_not(None) & activations.c.confirmed_at.is_not(None),
        func.greatest(activations.c.received_at, activations.c.confirmed_at),
    ),
)
"""The moment when the clock of `Activation.deadline` started, for the database to compare."""


class PhoneProofUsed(Conflict):
    """This code has signed something already; ask for a new one."""


async def enter_serial(tx: Tx, hold_id: UUID, customer_id: UUID, serial: str) -> None:
    """Compare the serial the customer typed with the one that was packed (F5a.9)."""
    (await get(tx, hold_id, customer_id)).enter_serial(serial)


async def keep_sim_photo(
    tx: Tx, hold_id: UUID, customer_id: UUID, photo: Picture, *, sealer: Sealer, now: datetime
) -> None:
    """Keep the photo of the SIM, sealed (F5a.9); one that was signed for is never replaced."""
    activation = await get(tx, hold_id, customer_id)
    activation.must_be(*UNSIGNED)
    row = {
        "id": uuid7(),
        "hold_id": hold_id,
        "sealed": sealer.seal(photo.jpeg, about=f"sim-photo:{hold_id}"),
        "sha256": photo.sha256,
        "kept_sha256": photo.kept_sha256,
        "photographed_at": photo.taken_at,
        "taken_at": now,
    }
    await tx.execute(insert(sim_photos).values(row))
    activation.sim_photo_sha256 = photo.sha256


async def sign(  # noqa: PLR0913, everything a signature binds together
    tx: Tx,
    hold_id: UUID,
    customer_id: UUID,
    *,
    declaration: dict[str, Any],
    proof: dict[str, Any],
    signature: str,
    consents: set[str],
    sealer: Sealer,
    now: datetime,
) -> Activation:
    """Bind form, signature, consent and phone into one sealed dossier (F5a.9, F5b.8)."""
    activation = await get(tx, hold_id, customer_id)
    if await _signed_before(tx, hold_id, UUID(proof["challenge_id"])):
        return activation
    activation.may_sign()
    activation.check_declaration(declaration)
    if missing := sorted(CONSENTS - consents):
        raise ConsentMissing(missing)
    if activation.sim == "PHYSICAL" and activation.sim_photo_sha256 is None:
        raise NotReadyYet(["SIM_PHOTO"])
    content = {
        "declaration": declaration,
        "signature_png": signature,
        "consents": sorted(consents),
        "challenge_id": proof["challenge_id"],
        "bound_to": activation.binding(),
        "signed_at": now.isoformat(),
    }
    sha256 = hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
    signed = activation.sign(sha256, now=now)
    row = {
        "id": signed.dossier_id,
        "hold_id": hold_id,
        "sealed": sealer.seal_json(content, about=f"dossier:{signed.dossier_id}"),
        "sha256": sha256,
        "challenge_id": UUID(proof["challenge_id"]),
        "signed_at": now,
    }
    await _insert_once(tx, row)
    await tx.publish(signed)
    return activation


async def submit(tx: Tx, hold_id: UUID, customer_id: UUID, *, now: datetime) -> Activation:
    """Send the signed dossier to mSale (F5a.10); pressed twice, it is sent once."""
    activation = await get(tx, hold_id, customer_id)
    if activation.request_id and activation.stage not in BEFORE_SUBMISSION:
        return activation
    submitted = activation.submit(now=now)
    await add_task(tx, SEND, activation, due_at=now)
    await tx.publish(submitted)
    return activation


def late(started_before: datetime) -> Select[UUID]:
    """Select the activations nobody finished although their clock has run for so long."""
    return select(activations.c.id).where(
        activations.c.stage.in_(BEFORE_SUBMISSION), started_before >= STARTED_AT
    )


def untold(started_before: datetime) -> Select[UUID]:
    """Select the late activations whose customers have not been reminded yet."""
    return late(started_before).where(activations.c.reminded_at.is_(None))


async def expire(tx: Tx, activation_id: UUID, *, now: datetime) -> None:
    """Give up an activation whose deadline has passed (G39)."""
    activation = await tx.get_one(Activation, activation_id)
    await tx.publish(activation.expire(now=now))


async def remind(tx: Tx, activation_id: UUID, *, allowed: timedelta, now: datetime) -> None:
    """Say once that the deadline is near (G39)."""
    activation = await tx.get_one(Activation, activation_id)
    await tx.publish(activation.remind(allowed, now=now))


async def _signed_before(tx: Tx, hold_id: UUID, challenge_id: UUID) -> bool:
    """Tell a repeated request from a proof that is used for something else."""
    of_proof = select(dossiers.c.hold_id).where(dossiers.c.challenge_id == challenge_id)
    if (known := await tx.scalar(of_proof)) is None:
        return False
    if known != hold_id:
        raise PhoneProofUsed
    return True


async def _insert_once(tx: Tx, row: dict[str, Any]) -> None:
    new = upsert(dossiers).values(row).on_conflict_do_nothing(index_elements=["challenge_id"])
    if (await tx.execute(new.returning(dossiers.c.id))).one_or_none() is None:
        raise PhoneProofUsed
