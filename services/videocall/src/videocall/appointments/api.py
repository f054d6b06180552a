"""HTTP: booking a time for the call (G26, G33)."""

from collections.abc import Sequence
from datetime import UTC, datetime, time
from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel

from kit import clock
from kit.activation_channels import ActivatingCustomer, ActivationChannel
from kit.auth import Customer
from kit.clock import VIETNAM
from kit.db import Transaction
from kit.http import problems
from kit.replication_lag import HoldNotReplicated
from values.moments import Moment
from videocall.appointments import commands
from videocall.appointments.domain import Appointment, NoSuchAppointment, SlotTaken
from videocall.calls.states import AlreadyApproved, CallUnderWay
from videocall.hours.domain import HOLIDAYS, DayKind, DaySpan, OfficeHours
from videocall.hours.queries import shown
from videocall.journeys.domain import (
    AlreadyConnected,
    CheckTooOld,
    JourneyClosed,
    NoSuchHold,
    NotReady,
    OnlyAtStore,
)
from videocall.pilots.domain import NotInPilot
from videocall.settings import RequestSettings

router = APIRouter(prefix="/v1/appointments", tags=["appointments"])

REFUSALS = (
    *(NoSuchHold, HoldNotReplicated, NotReady, JourneyClosed),
    *(AlreadyConnected, AlreadyApproved, OnlyAtStore, CheckTooOld, NotInPilot),
)


class Span(BaseModel):
    """A part of a working day in Vietnam's time, public holidays aside."""

    days: list[int]
    """Days of the week, Monday is 0."""
    opens: time
    closes: time


class Today(BaseModel):
    """This day of the team, in Vietnam."""

    kind: DayKind
    holiday: str | None
    """The name of a public holiday."""
    spans: list[DaySpan]


class Slots(BaseModel):
    """The times that can still be booked, the soonest first, and when the team is at work."""

    items: list[datetime]
    office_hours: list[Span]
    """The usual week."""
    today: Today
    is_open: bool
    """Whether a new call is taken now."""
    opens_at: datetime | None
    """When the team is back, if it is away now."""


class Booking(BaseModel):
    """The hold whose customer will call, and when: one of the slots."""

    hold_id: UUID
    starts_at: Moment


class AppointmentView(BaseModel):
    """When the team expects the customer's call."""

    appointment_id: UUID
    hold_id: UUID
    starts_at: datetime


@router.get("/by-hold/{hold_id}/slots", responses=problems(*REFUSALS))
async def read_slots(
    hold_id: UUID, customer: Customer, tx: Transaction, settings: RequestSettings
) -> Slots:
    """Offer the times at which the team of this hold can be called."""
    now = clock.now()
    hours, free = await commands.free_slots(
        tx, hold_id, customer.subject_id, settings=settings, now=now
    )
    return slots_of(hours, free, now=now)


@router.post(
    "", status_code=201, responses=problems(ActivationChannel, *REFUSALS, SlotTaken, CallUnderWay)
)
async def book(
    body: Booking, customer: ActivatingCustomer, tx: Transaction, settings: RequestSettings
) -> AppointmentView:
    """Book a time, or another one instead; who calls then is answered first."""
    booked = await commands.book(
        tx,
        body.hold_id,
        customer.subject_id,
        body.starts_at,
        settings=settings,
        now=clock.now(),
    )
    return _view(booked)


@router.get("/by-hold/{hold_id}", responses=problems(NoSuchHold, NoSuchAppointment))
async def read_appointment(hold_id: UUID, customer: Customer, tx: Transaction) -> AppointmentView:
    """Show the appointment of one of the caller's holds."""
    return _view(await commands.appointment_of(tx, hold_id, customer.subject_id))


def slots_of(hours: OfficeHours, free: Sequence[datetime], *, now: datetime) -> Slots:
    """Shape a team's calendar and its free times for a customer."""
    is_open = hours.is_open(now, margin=hours.last_call)
    today = now.astimezone(VIETNAM).date()
    kind = hours.kind_of(today)
    return Slots(
        items=[slot.astimezone(UTC) for slot in free],
        office_hours=[
            Span(days=days, opens=opens, closes=closes) for (opens, closes), days in _week(hours)
        ],
        today=Today(
            kind=kind,
            holiday=HOLIDAYS.get(today) if kind is DayKind.HOLIDAY else None,
            spans=shown(hours.spans_on(today)),
        ),
        is_open=is_open,
        opens_at=None if is_open else hours.opens_after(now),
    )


def _week(hours: OfficeHours) -> list[tuple[tuple[time, time], list[int]]]:
    """Return the spans of a week, each with its days, in the order of the day."""
    spans = sorted({span for day in hours.week for span in day})
    return [(span, [n for n, day in enumerate(hours.week) if span in day]) for span in spans]


def _view(booked: Appointment) -> AppointmentView:
    return AppointmentView(
        appointment_id=booked.id, hold_id=booked.hold_id, starts_at=booked.starts_at.astimezone(UTC)
    )
