"""Opening sockets of a replica, keeping its lease, and what its sockets keep (SD.1)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import bindparam, delete, select, text
from sqlalchemy.dialects.postgresql import insert

from kit.db import Tx
from videocall.leases.domain import LEASE, MOST_SOCKETS
from videocall.tables import socket_nodes, sockets


@dataclass(frozen=True)
class Opened:
    """A socket of this replica, and the one before it that the client has lost."""

    id: UUID
    principal: UUID
    lost: UUID | None = None


_BEAT: Final = insert(socket_nodes).values(id=bindparam("node"), beat_at=bindparam("now"))
_KEEP: Final = _BEAT.on_conflict_do_update(
    index_elements=["id"], set_={"beat_at": _BEAT.excluded.beat_at}
).returning(text("(xmax = 0) as is_new"))

_SURPLUS: Final = text(
    """
    delete from socket where id in (
        select id from (
            select id, row_number() over (partition by principal order by opened_at desc, id desc)
            from socket where principal = any(:principals)
        ) as newest_first where row_number > :most
    ) returning id
    """
)

# In the order of ids: two replicas may keep sockets of the same people.
_AGENTS_ARE_SEEN: Final = text(
    """
    insert into presence (agent_id, seen_at)
    select id, :now from unnest(cast(:ids as uuid[])) as id order by id
    on conflict (agent_id) do update set seen_at = excluded.seen_at
    """
)
_CALLERS_ARE_HEARD: Final = text(
    """
    update heartbeat set seen_at = :now where call_id in (
        select call_id from heartbeat where call_id = any(:ids) order by call_id for update
    )
    """
)


async def open_sockets(
    tx: Tx, node: UUID, opened: Sequence[Opened], *, now: datetime
) -> Collection[UUID]:
    """Write down new sockets of a replica; return those that were too many, and are no more."""
    await tx.execute(_KEEP, {"node": node, "now": now})
    await tx.execute(delete(sockets).where(sockets.c.id.in_([each.lost for each in opened])))
    rows = [{"id": each.id, "principal": each.principal} for each in opened]
    add = insert(sockets).values([row | {"node": node, "opened_at": now} for row in rows])
    await tx.execute(add.on_conflict_do_nothing())
    principals = [each.principal for each in opened]
    return (await tx.scalars(_SURPLUS, {"principals": principals, "most": MOST_SOCKETS})).all()


async def keep_lease(tx: Tx, node: UUID, *, now: datetime) -> set[UUID] | None:
    """Beat; return a replica's sockets as they are written down, None if its lease had lapsed."""
    if (await tx.execute(_KEEP, {"node": node, "now": now})).scalar_one():
        return None
    return set(await tx.scalars(select(sockets.c.id).where(sockets.c.node == node)))


async def forget_sockets(tx: Tx, ids: Collection[UUID]) -> None:
    """Forget sockets that have ended."""
    if ids:
        await tx.execute(delete(sockets).where(sockets.c.id.in_(ids)))


async def end_lease(tx: Tx, node: UUID) -> None:
    """Forget a replica that has no sockets any more."""
    await tx.execute(delete(socket_nodes).where(socket_nodes.c.id == node))


async def keep_present(
    tx: Tx, agents: Collection[UUID], calls: Collection[UUID], *, now: datetime
) -> None:
    """Note that agents are at the desk and that the customers of calls wait: a socket is open."""
    if agents:
        await tx.execute(_AGENTS_ARE_SEEN, {"ids": list(agents), "now": now})
    if calls:
        await tx.execute(_CALLERS_ARE_HEARD, {"ids": list(calls), "now": now})


async def end_lapsed_leases(tx: Tx, *, now: datetime) -> int:
    """Forget replicas that have not beaten, with their sockets; return how many."""
    lapsed = delete(socket_nodes).where(socket_nodes.c.beat_at < now - LEASE)
    return len((await tx.scalars(lapsed.returning(socket_nodes.c.id))).all())
