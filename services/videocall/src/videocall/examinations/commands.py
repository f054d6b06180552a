"""Drawing, setting and judging challenges; asking for photos and judging them (P5.1)."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from kit.auth import Caller
from kit.db import Tx
from kit.sealing import Sealer
from videocall.calls.commands import call_of_region
from videocall.calls.domain import Call
from videocall.calls.states import PhotoKind
from videocall.chain.commands import append
from videocall.chain.domain import EventKind
from videocall.challenges.domain import (
    Challenge,
    ChallengeKind,
    NoSuchChallenge,
    NothingFailed,
    Result,
    draw,
)
from videocall.challenges.queries import challenges_of
from videocall.changes.commands import changed
from videocall.photos.commands import Origin, Take, judge, keep
from videocall.photos.domain import Hint, NotAcceptable, PhotoRequest, Source
from videocall.photos.queries import takes_of
from videocall.recordings.domain import Party
from videocall.recordings.queries import recording_of
from videocall.tables import calls, challenges


async def draw_for(tx: Tx, call: Call, *, now: datetime) -> None:
    """Draw the challenges of a call that is locked; those drawn before no longer count."""
    columns = (challenges.c.call_id, challenges.c.draw, challenges.c.kind)
    of_hold = select(*columns).join(calls, calls.c.id == challenges.c.call_id)
    sets: dict[tuple[UUID, int], set[ChallengeKind]] = {}
    for row in await tx.execute(of_hold.where(calls.c.hold_id == call.hold_id)):
        sets.setdefault((row.call_id, row.draw), set()).add(row.kind)
    number = max((drawn for call_id, drawn in sets if call_id == call.id), default=0) + 1
    kinds = draw({frozenset(kinds) for kinds in sets.values()})
    for place, kind in enumerate(kinds):
        tx.add(Challenge.drawn(call.id, number, place, kind, now=now))
    await append(tx, call.id, EventKind.CHALLENGES_DRAWN, {"kinds": kinds}, at=now)
    changed(tx, call.id)


async def draw_again(tx: Tx, call_id: UUID, *, agent: Caller, now: datetime) -> Call:
    """Give the customer another chance after a challenge has failed."""
    call = await _in_hand(tx, call_id, agent)
    if not any(c.result == "FAIL" for c in await challenges_of(tx, call.id)):
        raise NothingFailed(call.id)
    await draw_for(tx, call, now=now)
    await tx.flush()
    return call


async def issue(tx: Tx, call_id: UUID, challenge_id: UUID, *, agent: Caller, now: datetime) -> Call:
    """Set a challenge: the customer sees it now."""
    call = await _in_hand(tx, call_id, agent)
    challenge = await challenge_of(tx, call.id, challenge_id)
    recorded = (await recording_of(tx, call.id)).moment(Party.CUSTOMER, now=now)
    if challenge.issue(recorded, now=now):
        body = {"challenge": challenge.id, "kind": challenge.kind}
        if recorded:
            body |= {"part": recorded.part, "offset_ms": recorded.offset_ms}
        await append(tx, call.id, EventKind.CHALLENGE_SET, body, at=now)
        changed(tx, call.id)
    return call


async def decide(
    tx: Tx, call_id: UUID, challenge_id: UUID, result: Result, *, agent: Caller, now: datetime
) -> Call:
    """Judge a challenge; the same said twice is said once."""
    call = await _in_hand(tx, call_id, agent)
    challenge = await challenge_of(tx, call.id, challenge_id)
    if challenge.decide(result, agent.subject_id, now=now):
        body = {"challenge": challenge.id, "kind": challenge.kind, "result": result}
        await append(tx, call.id, EventKind.CHALLENGE_JUDGED, body, at=now)
        changed(tx, call.id)
    return call


async def challenge_of(tx: Tx, call_id: UUID, challenge_id: UUID) -> Challenge:
    """Return one of the challenges that were drawn last for a call."""
    for challenge in await challenges_of(tx, call_id):
        if challenge.id == challenge_id:
            return challenge
    raise NoSuchChallenge


async def ask(
    tx: Tx,
    call_id: UUID,
    kind: PhotoKind,
    hint: Hint | None,
    *,
    agent: Caller,
    now: datetime,
) -> Call:
    """Ask the customer's app for a photo; a take that was not judged yet is turned down by that."""
    call = await _in_hand(tx, call_id, agent)
    takes = [take for take in await takes_of(tx, call.id) if take.kind == kind]
    if takes and takes[-1].accepted is None:
        await judge(tx, call, takes[-1].id, agent.subject_id, accepted=False, hint=hint, now=now)
    request = PhotoRequest.ask(call.id, kind, hint, agent.subject_id, now=now)
    tx.add(request)
    await tx.flush()
    asked = {"request": request.id, "kind": kind, "hint": hint}
    await append(tx, call.id, EventKind.PHOTO_ASKED, asked, at=now)
    changed(tx, call.id)
    return call


async def accept(
    tx: Tx, call_id: UUID, kind: PhotoKind, sha256: str, *, agent: Caller, now: datetime
) -> Call:
    """Say that a take will do; said twice, done once."""
    call = await _in_hand(tx, call_id, agent)
    takes = [t for t in await takes_of(tx, call.id) if (t.kind, t.sha256) == (kind, sha256)]
    if not takes or takes[-1].flaw or takes[-1].accepted is False:
        raise NotAcceptable(call.id, takes[-1].flaw if takes else None)
    await judge(tx, call, takes[-1].id, agent.subject_id, accepted=True, now=now)
    return call


async def keep_frame(
    tx: Tx,
    call_id: UUID,
    kind: PhotoKind,
    take: Take,
    *,
    agent: Caller,
    sealer: Sealer,
    now: datetime,
) -> Call:
    """Keep a frame of the picture that the agent sees, where the customer's app takes no photo.

    Whoever chose the frame has accepted it. Sent twice, it is kept once.
    """
    call, origin = await _in_hand(tx, call_id, agent), Origin(Source.FRAME, agent.subject_id)
    kept = await keep(tx, call, kind, take, origin, sealer=sealer, now=now)
    if kept and take.quality.flaw is None:
        await judge(tx, call, kept, agent.subject_id, accepted=True, now=now)
    return call


async def _in_hand(tx: Tx, call_id: UUID, agent: Caller) -> Call:
    call, _ = await call_of_region(tx, call_id, agent)
    call.examine(agent.subject_id)
    return call
