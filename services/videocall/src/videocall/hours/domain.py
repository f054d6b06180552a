"""Office hours of the call teams (SD.1, G33)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Annotated, Final

from holidays import country_holidays
from pydantic import BaseModel, Field

from kit.clock import VIETNAM
from kit.errors import Conflict

HOLIDAYS: Final = country_holidays("VN", language="vi")
"""Public holidays with their substitute days, and the Saturdays that are worked instead."""
EVERY_TEAM: Final = "*"
"""Stands for all teams without a calendar of their own."""
FAR: Final = 60
"""Days to look ahead: longer than any holiday."""
Span = tuple[time, time]
Spans = tuple[Span, ...]
USUAL_DAY: Final[Spans] = ((time(8), time(12)), (time(13), time(17)))
USUAL_WEEK: Final[tuple[Spans, ...]] = (*(USUAL_DAY,) * 5, (), ())
"""The spans of each day, Monday first."""
MONDAY: Final = 0


TimeOfDay = Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$", examples=["08:00"])]
"""A time of a day without a date or zone, which JSON Schema's format `time` does not have."""


class DaySpan(BaseModel):
    """A part of the day in which a team answers, in Vietnam's time."""

    opens: TimeOfDay
    closes: TimeOfDay


@dataclass(eq=False)
class OutOfHours(Conflict):
    """Nobody answers now: call when the team is back, or book an appointment."""

    opens_at: datetime | None
    reason_code: str = "OUT_OF_HOURS"


class DayKind(StrEnum):
    """The reason why a day has the hours that it has."""

    USUAL = "USUAL"
    HOLIDAY = "HOLIDAY"
    SWAPPED = "SWAPPED"
    """A Saturday or Sunday that is worked in place of a day between holidays."""
    EXCEPTION = "EXCEPTION"
    """The hours of this one day were set by a supervisor."""


@dataclass(frozen=True)
class OfficeHours:
    """A team's calendar, in Vietnam's time."""

    week: tuple[Spans, ...] = USUAL_WEEK
    exceptions: Mapping[date, Spans] = field(default_factory=dict)
    """Days whose hours were set by hand: they count before holidays and the week."""
    last_call: timedelta = timedelta(minutes=10)
    """New calls are taken until so long before closing, so that they can be finished."""
    always_open: bool = False
    """Calls are taken at any hour; appointments still follow the calendar."""

    def check_open(self, now: datetime, *, returning: bool = False) -> None:
        """Refuse a call nobody would answer; somebody who was cut off may come until closing."""
        if not self.is_open(now, margin=timedelta() if returning else self.last_call):
            raise OutOfHours(self.opens_after(now))

    def is_open(self, now: datetime, *, margin: timedelta = timedelta()) -> bool:
        """Tell whether the team is there, and will be for so long."""
        local = now.astimezone(VIETNAM)
        return self.always_open or any(
            opens <= local < closes - margin for opens, closes in self._moments_on(local.date())
        )

    def opens_after(self, now: datetime) -> datetime | None:
        """Return when the team is next there."""
        today = now.astimezone(VIETNAM).date()
        days = (today + timedelta(days=ahead) for ahead in range(FAR))
        openings = (opens for day in days for opens, _ in self._moments_on(day))
        return next((opens for opens in openings if opens > now), None)

    def slots(self, now: datetime, *, length: timedelta, ahead: timedelta) -> Iterator[datetime]:
        """Return the beginnings of whole appointments from now on."""
        today = now.astimezone(VIETNAM).date()
        for day in range(ahead.days + 1):
            for opens, closes in self._moments_on(today + timedelta(days=day)):
                at = opens
                while at + length <= closes:
                    if now < at <= now + ahead:
                        yield at
                    at += length

    def kind_of(self, day: date) -> DayKind:
        """Return why a day has its hours."""
        if day in self.exceptions:
            return DayKind.EXCEPTION
        if HOLIDAYS.is_weekend(day) and HOLIDAYS.is_working_day(day):
            return DayKind.SWAPPED
        return DayKind.HOLIDAY if day in HOLIDAYS else DayKind.USUAL

    def spans_on(self, day: date) -> Spans:
        """Return the hours of a day; a swapped day off is worked as a Monday."""
        match self.kind_of(day):
            case DayKind.EXCEPTION:
                return self.exceptions[day]
            case DayKind.SWAPPED:
                return self.week[MONDAY]
            case DayKind.HOLIDAY:
                return ()
            case DayKind.USUAL:
                return self.week[day.weekday()]

    def _moments_on(self, day: date) -> Iterator[tuple[datetime, datetime]]:
        for opens, closes in self.spans_on(day):
            yield (
                datetime.combine(day, opens, VIETNAM),
                datetime.combine(day, closes, VIETNAM),
            )
