"""Letting the first waiting calls ring at idle agents' desks, many at once (SD.1, SD.3, P3.5).

Lock order: journey, call, agent, and a region's advisory lock last. Candidates are read without a
lock, and only the chosen rows are locked, with SKIP LOCKED: a match waits for nobody but another
match of its region, and holds no row that it does not need. Each change that may enable a pair is
followed by a match in the same transaction: of two changes that enable one together, the later one
to get the region's lock sees both.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Final, cast
from uuid import UUID

from sqlalchemy import text

from events import Region
from kit.db import Tx
from videocall.agents.domain import Agent, AgentState
from videocall.calls.domain import Call
from videocall.changes.commands import changed
from videocall.matching.domain import IdleAgent, Reach, WaitingCall, pairs_of
from videocall.settings import Settings

MOST: Final = 200
"""Agents that one match takes at most; the sweep matches on."""

IDLE_AGENTS: Final = text(
    """
    select agent.id, agent.regions,
        array(select team from team_member where agent_id = agent.id) as teams,
        array(
            select call_id from reservation
            where agent_id = agent.id and state = 'DECLINED' and changed_at > :declined_after
        ) as declined
    from agent join presence on presence.agent_id = agent.id and seen_at > :seen_after
    where state = 'AVAILABLE'
        and (jsonb_array_length(regions) = 0 or regions ?| cast(:regions as text[]))
    order by idle_since, agent.id
    limit :most
    """
)
"""Available agents of some regions whose desks were heard of, the longest idle first."""

WAITING_CALLS: Final = text(
    """
    select call.id, call.region, call.team, array(
            select to_region || ':' || coalesce(to_team, '') from overflow_rule
            where from_team = call.team and open
                and call.queued_at + after_seconds * interval '1 second' <= :now
        ) as reaches
    from (
        select distinct region, team from call
        where status = 'QUEUED' and region = any(cast(:regions as text[]))
    ) as queue cross join lateral (
        select call.* from call join heartbeat on call_id = call.id and seen_at > :heard_after
        where status = 'QUEUED' and call.region = queue.region and call.team = queue.team
        order by priority desc, queued_at, call.id
        limit :most
    ) as call
    order by priority desc, queued_at, call.id
    """
)
"""The first calls of each team's queue in some regions, in the order of answering."""

OFFER: Final = text(
    """
    with idle as (
        select id from agent where id = any(cast(:agents as uuid[])) and state = 'AVAILABLE'
        for no key update skip locked
    ), queued as (
        select id from call where id = any(cast(:calls as uuid[])) and status = 'QUEUED'
        for no key update skip locked
    ), pair as (
        select queued.id as call_id, idle.id as agent_id
        from unnest(cast(:calls as uuid[]), cast(:agents as uuid[])) as wanted (call_id, agent_id)
        join queued on queued.id = wanted.call_id join idle on idle.id = wanted.agent_id
    ), reserved as (
        update agent set state = 'RESERVED', since = :now, reason_code = null,
            call_id = pair.call_id, epoch = epoch + 1
        from pair where agent.id = pair.agent_id
        returning agent.id, agent.call_id, agent.epoch
    ), offered as (
        update call set status = 'OFFERED', epoch = epoch + 1, version = version + 1
        from pair where call.id = pair.call_id
        returning call.id, call.epoch
    ), rings as (
        insert into reservation
            (call_id, epoch, agent_id, agent_epoch, state, offered_at, expires_at)
        select offered.id, offered.epoch, reserved.id, reserved.epoch, 'OFFERED', :now, :expires_at
        from reserved join offered on offered.id = reserved.call_id
    )
    select array(select id from queued) as calls, array(select id from idle) as agents
    """
)
"""Let calls ring at agents' desks, and return those of both that no other transaction holds."""


async def match_for(tx: Tx, agent: Agent | None, *, settings: Settings, now: datetime) -> None:
    """Match the regions of an agent who is available now."""
    if agent and agent.state is AgentState.AVAILABLE:
        await match(tx, agent.covered, settings=settings, now=now)


async def match(
    tx: Tx, regions: Iterable[Region], *, settings: Settings, now: datetime
) -> dict[UUID, UUID]:
    """Let the first waiting calls of regions ring at idle agents; return agents by calls.

    Calls, agents and the regions' queues are marked as changed.
    """
    await tx.flush()
    for region in sorted(regions := set(regions)):
        await tx.advisory_lock("match", region)
    unavailable: set[UUID] = set()
    offered: dict[UUID, UUID] = {}
    while pairs := await _pairs(tx, regions, unavailable, settings, now):
        values = {"calls": list(pairs), "agents": list(pairs.values()), "now": now}
        until = now + settings.rings_for
        locked = (await tx.execute(OFFER, values | {"expires_at": until})).one()
        unavailable |= {*pairs, *pairs.values()}.difference(locked.calls, locked.agents)
        ringing = {call: agent for call, agent in pairs.items() if not {call, agent} & unavailable}
        offered |= ringing
        if ringing == pairs:
            break
    await _show(tx, offered, regions)
    return offered


async def _show(tx: Tx, offered: dict[UUID, UUID], regions: set[Region]) -> None:
    """Mark what rings now as changed, and read again what this transaction has of it."""
    if not offered:
        return
    moved = {*offered, *offered.values()}
    changed(tx, *moved, *regions)
    for row in list(tx):
        if isinstance(row, Call | Agent) and row.id in moved:
            await tx.refresh(row)


async def _pairs(
    tx: Tx, regions: set[Region], unavailable: set[UUID], settings: Settings, now: datetime
) -> dict[UUID, UUID]:
    of_regions = {"regions": sorted(regions)}
    rows = await tx.execute(
        IDLE_AGENTS,
        of_regions
        | {
            "declined_after": now - settings.declined_rests,
            "seen_after": now - settings.agent_silent_after,
            "most": MOST,
        },
    )
    agents = [
        IdleAgent(row.id, frozenset(row.regions), frozenset(row.teams), frozenset(row.declined))
        for row in rows
        if row.id not in unavailable
    ]
    if not agents:
        return {}
    most = len(agents) + len(unavailable) + max(len(agent.declined) for agent in agents)
    waiting = await tx.execute(
        WAITING_CALLS,
        of_regions
        | {
            "now": now,
            "heard_after": now - settings.caller_silent_after,
            "most": most,
        },
    )
    calls = (
        WaitingCall(row.id, row.region, row.team, tuple(map(_reach, row.reaches)))
        for row in waiting
        if row.id not in unavailable
    )
    return pairs_of(calls, agents)


def _reach(text: str) -> Reach:
    region, _, team = text.partition(":")
    return cast("Region", region), team or None
