"""HTTP: the customer's own call (F5a.8, F5b.7, P1.5)."""

from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel

from kit import clock
from kit.activation_channels import ActivatingCustomer, ActivationChannel
from kit.auth import Customer
from kit.db import Transaction
from kit.http import problems
from kit.replication_lag import HoldNotReplicated
from videocall.calls.states import AlreadyApproved, CallMoved, CallUnderWay, NoSuchCall
from videocall.consents.commands import GivenConsent, RequestClient
from videocall.consents.domain import ConsentNeeded
from videocall.hours.domain import OutOfHours
from videocall.journeys.domain import (
    AlreadyConnected,
    CheckTooOld,
    JourneyClosed,
    NoSuchHold,
    NotReady,
    OnlyAtStore,
)
from videocall.pilots.domain import NotInPilot
from videocall.queue import commands, queries
from videocall.queue.commands import hear_from
from videocall.queue.queries import CallView
from videocall.settings import RequestSettings

router = APIRouter(prefix="/v1/calls", tags=["calls"])

REFUSALS = problems(
    ActivationChannel,
    NoSuchHold,
    HoldNotReplicated,
    NotReady,
    JourneyClosed,
    AlreadyConnected,
    OnlyAtStore,
    CheckTooOld,
    OutOfHours,
    AlreadyApproved,
    CallUnderWay,
    ConsentNeeded,
    NotInPilot,
)


class PlaceCall(BaseModel):
    """The hold whose customer calls, and the consent; who waits already needs none."""

    hold_id: UUID
    consent: GivenConsent | None = None


class ComeBack(BaseModel):
    """The consent to another call, where the one before is over."""

    consent: GivenConsent | None = None


@router.post("", status_code=201, responses=REFUSALS)
async def place_call(
    body: PlaceCall,
    customer: ActivatingCustomer,
    client: RequestClient,
    tx: Transaction,
    settings: RequestSettings,
) -> CallView:
    """Call the verification team and wait for an agent (F5a.8, F5b.7)."""
    now = clock.now()
    consent = client.record(body.consent)
    call = await commands.place_call(
        tx, body.hold_id, customer.subject_id, consent, settings=settings, now=now
    )
    return await queries.view(tx, call, settings=settings, now=now)


@router.get("/by-hold/{hold_id}", responses=problems(NoSuchHold, NoSuchCall))
async def read_call_of_hold(
    hold_id: UUID, customer: Customer, tx: Transaction, settings: RequestSettings
) -> CallView:
    """Show the newest call of one of the caller's holds; asking keeps a place in the queue."""
    now = clock.now()
    call = await queries.call_by_hold(tx, hold_id, customer.subject_id)
    await hear_from(tx, call, settings=settings, now=now)
    return await queries.view(tx, call, settings=settings, now=now)


@router.get("/{call_id}", responses=problems(NoSuchCall))
async def read_call(
    call_id: UUID, customer: Customer, tx: Transaction, settings: RequestSettings
) -> CallView:
    """Show where a call stands: place in the queue, or how it ended.

    Asking keeps the place: who has not asked for 20 seconds is no longer in the queue.
    """
    now = clock.now()
    call = await queries.call_of(tx, call_id, customer.subject_id)
    await hear_from(tx, call, settings=settings, now=now)
    return await queries.view(tx, call, settings=settings, now=now)


@router.post("/{call_id}/leave", responses=problems(ActivationChannel, NoSuchCall, CallMoved))
async def leave(
    call_id: UUID, customer: ActivatingCustomer, tx: Transaction, settings: RequestSettings
) -> CallView:
    """Hang up."""
    now = clock.now()
    call = await commands.leave(tx, call_id, customer.subject_id, settings=settings, now=now)
    return await queries.view(tx, call, settings=settings, now=now)


@router.post("/{call_id}/return", responses=problems(NoSuchCall, CallMoved) | REFUSALS)
async def come_back(
    call_id: UUID,
    customer: ActivatingCustomer,
    client: RequestClient,
    tx: Transaction,
    settings: RequestSettings,
    body: ComeBack | None = None,
) -> CallView:
    """Come back after the line broke: to the same agent in time, or else to the queue."""
    now = clock.now()
    consent = client.record(body.consent if body else None)
    call = await commands.come_back(
        tx, call_id, customer.subject_id, consent, settings=settings, now=now
    )
    return await queries.view(tx, call, settings=settings, now=now)
