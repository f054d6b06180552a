"""The steps of an eSIM profile: its code is kept, its scan is heard of, a new code asked for."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert as upsert

from activation.activations.commands import get
from activation.activations.domain import Activation
from activation.activations.states import WAITS_FOR_PHONE, Stage
from activation.esims.domain import TooManyCodes, UnusableCode, read_code
from activation.incidents.commands import open_incident
from activation.incidents.domain import Kind
from activation.incidents.queries import refuse_under_review
from activation.msale.gateways import REISSUE, add_task
from activation.tables import activations, profiles
from events.ids import uuid7
from kit.db import Tx
from kit.sealing import Sealer


async def keep_profile(
    tx: Tx, activation: Activation, handed_over: Any, *, sealer: Sealer, now: datetime
) -> None:
    """Seal the code, which is as good as the SIM itself, and say that it is there (F5b.13).

    A code that no phone could use is given to nobody: it is a case for the desk.
    """
    try:
        code = read_code(handed_over)
    except UnusableCode as unusable:
        await _unusable(tx, activation, unusable.reason, now=now)
        return
    profile_id = uuid7()
    row = {
        "id": profile_id,
        "hold_id": activation.hold_id,
        "sealed": sealer.seal_json(code.model_dump(), about=f"profile:{profile_id}"),
        "matching_index": sealer.blind_index(code.matching_id),
        "issued_at": now,
    }
    kept = upsert(profiles).values(row).on_conflict_do_nothing().returning(profiles.c.id)
    if (await tx.execute(kept)).one_or_none() is None:
        await _unusable(tx, activation, "CODE_ISSUED_BEFORE", now=now)
    else:
        await tx.publish(activation.issue(profile_id, now=now))


async def _unusable(tx: Tx, activation: Activation, reason: str, *, now: datetime) -> None:
    activation.wait_for_code()
    about = f"request:{activation.request_id}:{activation.reissues}"
    await open_incident(
        tx, activation, Kind.ESIM_CODE_UNUSABLE, findings=[reason], now=now, about=about
    )


async def scanned(
    tx: Tx,
    hold_id: UUID,
    customer_id: UUID,
    *,
    result: Literal["SUCCEEDED", "FAILED"],
    reason_code: str,
    now: datetime,
) -> None:
    """Hear from the customer how the scan went (F5b.15, F5b.17); pressed twice, it counts once."""
    activation = await get(tx, hold_id, customer_id)
    if result == "FAILED":
        if activation.stage is not Stage.ESIM_INSTALL_FAILED:
            await tx.publish(activation.install_failed(reason_code, now=now))
    elif activation.stage is not Stage.ACTIVATED:
        await tx.publish(activation.installed("CUSTOMER", now=now))


async def downloaded(tx: Tx, matching_id: str, *, sealer: Sealer, now: datetime) -> bool:
    """Hear from the download server that the profile is on a phone (G31)."""
    of_profile = (
        select(Activation)
        .join(profiles, profiles.c.id == activations.c.profile_id)
        .where(profiles.c.matching_index == sealer.blind_index(matching_id))
        .with_for_update(of=activations)
    )
    activation = (await tx.scalars(of_profile)).one_or_none()
    if activation is None:
        return False
    if activation.stage is not Stage.ACTIVATED:
        await tx.publish(activation.installed("SMDP", now=now))
    return True


async def ask_for_new_code(
    tx: Tx, hold_id: UUID, customer_id: UUID, *, limit: int, now: datetime
) -> None:
    """Ask mSale for another code after a failed scan, without another identity check (G29)."""
    activation = await get(tx, hold_id, customer_id)
    activation.must_be(*WAITS_FOR_PHONE)
    await refuse_under_review(tx, hold_id)
    if activation.reissues >= limit:
        raise TooManyCodes
    await add_task(tx, REISSUE, activation, due_at=now)


async def reissued(
    tx: Tx, activation: Activation, code: Any, *, sealer: Sealer, now: datetime
) -> None:
    """Keep the new code; the old one is worth nothing any more."""
    activation.reissues += 1
    if activation.stage in WAITS_FOR_PHONE:
        await keep_profile(tx, activation, code, sealer=sealer, now=now)
