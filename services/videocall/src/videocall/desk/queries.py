"""Calls as agents see them: ids and pictures; the customer's name stands in kyc's case."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel
from sqlalchemy import and_, func, select

from events import Region, SimKind
from kit.auth import Caller
from kit.db import Tx
from videocall.agents.domain import ReservationState
from videocall.calls.domain import Call
from videocall.calls.queries import ORDER, still_there, waiting_for
from videocall.calls.states import IN_HAND, Priority, Repeat, Status
from videocall.challenges.queries import ChallengeView, challenges_of
from videocall.examinations.queries import proof_by
from videocall.photos.queries import (
    PhotoView,
    RequestView,
    asked_photo,
    takes_of,
)
from videocall.settings import Settings
from videocall.tables import appointments, calls, journeys, reservations


class WaitingCall(BaseModel):
    """A customer in the queue, as agents see it before they answer."""

    call_id: UUID
    hold_id: UUID
    region: Region
    team: str
    queued_at: datetime
    waited_seconds: int
    returning: bool
    sim: SimKind | None
    earlier_calls: int
    """Calls of the same hold that an agent has answered before."""
    earlier_rejections: int
    """Of those, the calls in which an agent said no."""
    missed_offers: int
    """The number of agents at whose desks the call rang in vain; from three on, see to it."""
    appointment_at: datetime | None
    """When the customer was to call, if a time was promised."""


class RingingCall(WaitingCall):
    """The call that rings at the agent's desk."""

    epoch: int
    """Names this offer when it is accepted or declined."""
    offered_at: datetime
    expires_at: datetime


class DeskCall(WaitingCall):
    """A call an agent has or had; the customer's name stands in kyc's case."""

    status: Status
    epoch: int
    """Names the offer by which the call came into the hand, when it is approved."""
    agent_id: UUID | None
    session_id: UUID | None
    """The kyc session whose record the person is compared with."""
    attempt: int | None
    """The attempt of that session, as it stood when the call began."""
    started_at: datetime | None
    dropped_at: datetime | None
    ended_at: datetime | None
    reason_code: str | None
    repeat: Repeat | None
    attempts_left: int | None
    photos: list[PhotoView]
    photo_request: RequestView | None
    """The photo that the customer's app is asked for now."""
    challenges: list[ChallengeView]
    """Those drawn last, in the order in which they are set."""
    missing: list[str]
    """The items that an approval of a call in hand lacks, besides ticks and recording."""
    checklist: dict[str, Any] | None
    evidence_sha256: str | None
    revoked_by: UUID | None
    revoked_at: datetime | None


class Queue(BaseModel):
    """The calls that wait for the agent's teams, in the order of answering."""

    items: list[WaitingCall]
    next: UUID | None = None
    waiting: int
    longest_wait_seconds: int
    """0 while nobody waits."""
    offer: RingingCall | None
    """The call that rings at the caller's desk."""
    in_hand: UUID | None


async def desk_view(tx: Tx, call: Call, *, now: datetime) -> DeskCall:
    """Shape a call for the desk."""
    takes, drawn = await takes_of(tx, call.id), await challenges_of(tx, call.id)
    in_hand = call.status in IN_HAND
    return DeskCall(
        **(await _waiting(tx, [call], now))[0].model_dump(),
        status=call.status,
        epoch=call.epoch,
        agent_id=call.agent_id,
        session_id=call.compared.session_id if call.compared else None,
        attempt=call.compared.attempt if call.compared else None,
        started_at=call.started_at,
        dropped_at=call.dropped_at,
        ended_at=call.ended_at,
        reason_code=call.reason_code,
        repeat=call.repeat,
        attempts_left=call.attempts_left,
        photos=[PhotoView.model_validate(take._asdict()) for take in takes],
        photo_request=await asked_photo(tx, call.id, now=now) if in_hand else None,
        challenges=[ChallengeView.model_validate(challenge) for challenge in drawn],
        missing=list(proof_by(takes, drawn).missing()) if in_hand else [],
        checklist=call.checklist,
        evidence_sha256=call.evidence_sha256,
        revoked_by=call.revoked_by,
        revoked_at=call.revoked_at,
    )


async def queue(tx: Tx, agent: Caller, *, limit: int, settings: Settings, now: datetime) -> Queue:
    """Return the calls that wait for an agent's teams, of customers who are still there."""
    offered = and_(still_there(settings, now), waiting_for(agent, now))
    first = (await tx.scalars(select(Call).where(offered).order_by(*ORDER).limit(limit))).all()
    in_hand = select(calls.c.id).where(
        calls.c.agent_id == agent.subject_id, calls.c.status.in_(IN_HAND)
    )
    numbers = select(func.count(), func.min(calls.c.queued_at)).where(offered)
    waiting, since = (await tx.execute(numbers)).one()
    return Queue(
        items=await _waiting(tx, first, now),
        waiting=waiting,
        longest_wait_seconds=int((now - since).total_seconds()) if since else 0,
        offer=await _offer(tx, agent, now),
        in_hand=await tx.scalar(in_hand),
    )


async def _offer(tx: Tx, agent: Caller, now: datetime) -> RingingCall | None:
    rings = select(Call, reservations).join(reservations, reservations.c.call_id == calls.c.id)
    here = rings.where(
        reservations.c.agent_id == agent.subject_id,
        reservations.c.state == ReservationState.OFFERED,
        reservations.c.expires_at > now,
    )
    if (row := (await tx.execute(here)).one_or_none()) is None:
        return None
    [call] = await _waiting(tx, [row.Call], now)
    return RingingCall(
        **call.model_dump(),
        epoch=row.epoch,
        offered_at=row.offered_at,
        expires_at=row.expires_at,
    )


async def _waiting(tx: Tx, of: Sequence[Call], now: datetime) -> list[WaitingCall]:
    hold_ids = [call.hold_id for call in of]
    facts = (
        select(journeys.c.hold_id, journeys.c.sim, appointments.c.starts_at)
        .outerjoin(appointments, appointments.c.hold_id == journeys.c.hold_id)
        .where(journeys.c.hold_id.in_(hold_ids))
    )
    known = {row.hold_id: row for row in await tx.execute(facts)}
    answered = select(calls.c.hold_id, calls.c.id, calls.c.status).where(
        calls.c.hold_id.in_(hold_ids), calls.c.started_at.is_not(None)
    )
    before = (await tx.execute(answered)).all()
    return [
        WaitingCall(
            call_id=call.id,
            hold_id=call.hold_id,
            region=call.region,
            team=call.team,
            queued_at=call.queued_at,
            waited_seconds=int(((call.started_at or now) - call.queued_at).total_seconds()),
            returning=call.priority == Priority.RETURNING,
            sim=known[call.hold_id].sim,
            earlier_calls=sum(row.hold_id == call.hold_id and row.id < call.id for row in before),
            earlier_rejections=sum(
                row.hold_id == call.hold_id and row.status == Status.REJECTED
                for row in before
                if row.id != call.id
            ),
            missed_offers=call.missed_offers,
            appointment_at=known[call.hold_id].starts_at,
        )
        for call in of
    ]
