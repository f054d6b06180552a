"""Office hours of the call teams (SD.1, G33)."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Final

from holidays import country_holidays

from kit.clock import VIETNAM
from kit.errors import Conflict

HOLIDAYS: Final = country_holidays("VN", language="vi")
FAR: Final = 60
"""Days to look ahead: longer than any holiday."""


@dataclass(eq=False)
class OutOfHours(Conflict):
    """Nobody answers now: call when the team is back, or book an appointment."""

    opens_at: datetime | None
    reason_code: str = "OUT_OF_HOURS"


@dataclass(frozen=True)
class OfficeHours:
    """A team's calendar, in Vietnam's time."""

    days: frozenset[int] = frozenset(range(5))
    spans: tuple[tuple[time, time], ...] = (
        (time(8), time(12)),
        (time(13), time(17)),
    )
    last_call: timedelta = timedelta(minutes=10)
    """New calls are taken until so long before closing, so that they can be finished."""
    closed_days: frozenset[date] = field(default_factory=frozenset)

    def check_open(self, now: datetime, *, returning: bool = False) -> None:
        """Refuse a call nobody would answer; somebody who was cut off may come until closing."""
        if not self.is_open(now, margin=timedelta() if returning else self.last_call):
            raise OutOfHours(self.opens_after(now))

    def is_open(self, now: datetime, *, margin: timedelta = timedelta()) -> bool:
        """Tell whether the team is there, and will be for so long."""
        local = now.astimezone(VIETNAM)
        return any(
            opens <= local < closes - margin for opens, closes in self._spans_on(local.date())
        )

    def opens_after(self, now: datetime) -> datetime | None:
        """Return when the team is next there."""
        today = now.astimezone(VIETNAM).date()
        days = (today + timedelta(days=ahead) for ahead in range(FAR))
        openings = (opens for day in days for opens, _ in self._spans_on(day))
        return next((opens for opens in openings if opens > now), None)

    def slots(self, now: datetime, *, length: timedelta, ahead: timedelta) -> Iterator[datetime]:
        """Return the beginnings of whole appointments from now on."""
        today = now.astimezone(VIETNAM).date()
        for day in range(ahead.days + 1):
            for opens, closes in self._spans_on(today + timedelta(days=day)):
                at = opens
                while at + length <= closes:
                    if now < at <= now + ahead:
                        yield at
                    at += length

    def _spans_on(self, day: date) -> Iterator[tuple[datetime, datetime]]:
        if day.weekday() not in self.days or day in HOLIDAYS or day in self.closed_days:
            return
        for opens, closes in self.spans:
            yield (
                datetime.combine(day, opens, VIETNAM),
                datetime.combine(day, closes, VIETNAM),
            )
