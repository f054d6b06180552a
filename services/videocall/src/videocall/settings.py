"""The knobs of the videocall service."""

from datetime import date, time, timedelta
from typing import Annotated

from pydantic import BaseModel, Field

from kit.dependencies import from_app
from kit.settings import ServiceSettings
from videocall.hours.domain import OfficeHours


class Calendar(BaseModel, frozen=True):
    """When a team answers: days (Monday is 0) and spans of the day, in Vietnam's time."""

    days: frozenset[int] = frozenset(range(5))
    spans: tuple[tuple[time, time], ...] = ((time(8), time(12)), (time(13), time(17)))


class Settings(ServiceSettings, env_prefix="VIDEOCALL_"):
    """Every field is an environment variable: `always_open` is `VIDEOCALL_ALWAYS_OPEN`."""

    always_open: bool = False
    """Whether calls are taken at any hour; for the local stack."""
    calendar: Calendar = Calendar()
    """When teams answer that have no calendar of their own (SD.1)."""
    team_calendars: dict[str, Calendar] = Field(default_factory=dict)
    """When certain teams answer, by the team's code."""
    closed_days: frozenset[date] = frozenset()
    """Days off besides the public holidays."""
    last_call: timedelta = timedelta(minutes=10)
    """How long before closing the last new call is taken."""
    fresh_for: timedelta = timedelta(hours=72)
    """How old a passed identity check may be at the call."""
    grace: timedelta = timedelta(minutes=2)
    """How long an agent waits for a customer whose line broke."""
    place_kept: timedelta = timedelta(minutes=10)
    """How long the place of a customer is kept whose call ended by nobody's fault."""
    caller_silent_after: timedelta = timedelta(seconds=20)
    """A waiting customer whose app has not asked for so long is no longer there."""
    agent_silent_after: timedelta = timedelta(seconds=60)
    """An agent whose desk has not asked for so long has lost the call in hand."""
    overflow_after: timedelta = timedelta(minutes=5)
    """Who has waited so long for a team is offered to every agent of the region."""
    slot: timedelta = timedelta(minutes=15)
    """How long an appointment is, and how late its customer may come."""
    appointments_per_slot: int = Field(default=2, ge=1)
    """How many customers of a team may have the same appointment."""
    bookable: timedelta = timedelta(days=7)
    """How far ahead appointments are offered."""
    rejections: int = Field(default=3, ge=1)
    """After so many rejections only a store can help."""
    usual_call: timedelta = timedelta(minutes=4)
    """How long a call takes while there are no figures yet."""
    seen_within: timedelta = timedelta(minutes=10)
    """An agent who did nothing for so long is not counted as being at the desk."""

    def office_hours(self, team: str | None = None) -> OfficeHours:
        """Return a team's calendar; without a team that of those without one of their own."""
        calendar = self.team_calendars.get(team, self.calendar) if team else self.calendar
        return OfficeHours(calendar.days, calendar.spans, self.last_call, self.closed_days)


RequestSettings = Annotated[Settings, from_app(Settings)]
