"""An appointment for a call."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from events import AppointmentBooked
from events.ids import uuid7
from kit.errors import Conflict, NotFound


class NoSuchAppointment(NotFound):
    """There is no appointment for this hold."""


@dataclass(eq=False)
class SlotTaken(Conflict):
    """This time is not offered, or was just given away: choose one of the slots."""

    starts_at: datetime


@dataclass(kw_only=True, eq=False)
class Appointment:
    """The time at which the customer of a hold will call. Each method returns its fact."""

    id: UUID = field(default_factory=uuid7)
    hold_id: UUID
    team: str
    starts_at: datetime
    booked_at: datetime

    def booked(self) -> AppointmentBooked:
        """Say when the customer will call."""
        return AppointmentBooked(
            occurred_at=self.booked_at,
            hold_id=self.hold_id,
            appointment_id=self.id,
            starts_at=self.starts_at,
        )

    def move(self, team: str, starts_at: datetime, *, now: datetime) -> AppointmentBooked:
        """Take another time instead."""
        self.team, self.starts_at, self.booked_at = team, starts_at, now
        return self.booked()

    def is_kept(self, *, now: datetime, lasts: timedelta) -> bool:
        """Tell whether its customer has come in time, and no earlier."""
        return self.starts_at <= now < self.starts_at + lasts
