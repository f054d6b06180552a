"""Office hours by week, holiday, swapped day and exception, without a database in sight (G33)."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from videocall.hours.domain import USUAL_DAY, DayKind, OfficeHours, OutOfHours

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
HOURS = OfficeHours()
SWAPPED = date(2026, 8, 22)
"""The Saturday that was worked so that Monday 31/08/2026 was free."""


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=HANOI)


@pytest.mark.parametrize(
    ("moment", "opens"),
    [
        ("2026-11-02 07:59", "2026-11-02 08:00"),
        ("2026-11-02 08:00", None),
        ("2026-11-02 11:49", None),
        ("2026-11-02 11:50", "2026-11-02 13:00"),
        ("2026-11-02 12:30", "2026-11-02 13:00"),
        ("2026-11-02 13:00", None),
        ("2026-11-02 16:50", "2026-11-03 08:00"),
        ("2026-11-06 17:30", "2026-11-09 08:00"),
        ("2026-11-07 10:00", "2026-11-09 08:00"),
        ("2026-11-24 10:00", "2026-11-25 08:00"),
        ("2026-02-16 10:00", "2026-02-23 08:00"),
        ("2026-08-22 08:00", None),
        ("2026-08-21 17:00", "2026-08-22 08:00"),
        ("2026-08-29 10:00", "2026-09-03 08:00"),
        ("2024-05-04 15:00", None),
    ],
)
def test_office_hours_know_lunch_weekends_holidays_and_swapped_days(
    moment: str, opens: str | None
) -> None:
    """SD.1, G33: Tết, the day of Vietnamese culture on 24/11, and Saturdays that are worked."""
    now = at(moment).astimezone(UTC)

    if opens is None:
        HOURS.check_open(now)
    else:
        with pytest.raises(OutOfHours) as refused:
            HOURS.check_open(now)
        assert refused.value.opens_at == at(opens)


def test_a_day_is_one_of_vietnam_whatever_the_zone_of_the_clock() -> None:
    """Seven in the evening in London is a Monday already in Hanoi."""
    early = OfficeHours(week=(((time(0), time(1)),), *((),) * 6))

    assert early.is_open(datetime(2026, 11, 1, 17, 0, tzinfo=UTC))
    assert early.is_open(datetime(2026, 11, 1, 17, 59, 59, tzinfo=UTC))
    assert not early.is_open(datetime(2026, 11, 1, 16, 59, 59, tzinfo=UTC))
    assert not early.is_open(datetime(2026, 11, 1, 18, 0, tzinfo=UTC))


def test_who_was_cut_off_may_call_until_closing() -> None:
    HOURS.check_open(at("2026-11-02 16:59"), returning=True)
    with pytest.raises(OutOfHours):
        HOURS.check_open(at("2026-11-02 17:00"), returning=True)


def test_a_swapped_saturday_is_worked_as_a_monday_also_where_saturdays_are_short() -> None:
    short = ((time(8), time(11)),)
    hours = OfficeHours(week=(*(USUAL_DAY,) * 5, short, ()))

    assert (hours.kind_of(SWAPPED), hours.spans_on(SWAPPED)) == (DayKind.SWAPPED, USUAL_DAY)
    assert hours.spans_on(date(2026, 8, 29)) == short
    assert hours.kind_of(date(2027, 2, 6)) is DayKind.HOLIDAY


@pytest.mark.parametrize("day", [date(2026, 2, 17), SWAPPED, date(2026, 11, 3), date(2026, 11, 8)])
def test_an_exception_counts_before_holidays_swaps_and_the_week(day: date) -> None:
    evening = ((time(18), time(20)),)
    hours = OfficeHours(exceptions={day: evening})

    assert (hours.kind_of(day), hours.spans_on(day)) == (DayKind.EXCEPTION, evening)
    assert OfficeHours(exceptions={day: ()}).spans_on(day) == ()


def test_a_team_that_never_works_promises_nothing() -> None:
    with pytest.raises(OutOfHours) as refused:
        OfficeHours(week=((),) * 7).check_open(at("2026-11-02 12:00"))

    assert refused.value.opens_at is None
