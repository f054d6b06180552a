"""Switching video calls on and off in a region (G40)."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from events import Region
from kit.auth import Caller
from kit.db import Tx
from videocall.edits.commands import note_edit
from videocall.pilots.domain import NoSubstitute, SubstituteNeeded
from videocall.tables import pilots, teams
from videocall.teams.queries import check_head_office


async def switch(
    tx: Tx, region: Region, *, offered: bool, substitute: str | None, caller: Caller, now: datetime
) -> None:
    """Offer video calls in a region, or not; who waits already is answered all the same."""
    check_head_office(caller)
    await tx.advisory_lock("pilots")
    if offered:
        substitute = None
    else:
        await _check_nobody_relies_on(tx, region)
    if substitute:
        await _check_answers(tx, region, substitute)
    own = select(pilots.c.offered, pilots.c.substitute).where(pilots.c.region == region)
    row = (await tx.execute(own)).mappings().one_or_none()
    before = dict(row) if row else {"offered": True, "substitute": None}
    after = {"offered": offered, "substitute": substitute}
    if before == after:
        return
    values = after | {"changed_by": caller.subject_id, "changed_at": now}
    add = insert(pilots).values(region=region, **values)
    await tx.execute(add.on_conflict_do_update(index_elements=["region"], set_=values))
    await note_edit(tx, caller, "PILOT", region, region=region, before=before, after=after, now=now)


async def _check_nobody_relies_on(tx: Tx, region: Region) -> None:
    relying = (
        select(pilots.c.region)
        .join(teams, teams.c.code == pilots.c.substitute)
        .where(teams.c.region == region)
    )
    if others := (await tx.scalars(relying.order_by(pilots.c.region))).all():
        raise SubstituteNeeded(region, tuple(others))


async def _check_answers(tx: Tx, region: Region, substitute: str) -> None:
    home = await tx.scalar(select(teams.c.region).where(teams.c.code == substitute))
    off = select(pilots.c.region).where(pilots.c.region == home, ~pilots.c.offered)
    if home in (None, region) or await tx.scalar(off):
        raise NoSubstitute(substitute)
