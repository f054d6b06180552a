"""A moment from outside can be read again by everybody, and no fact lies before its cause."""

import datetime as dt
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import AwareDatetime, TypeAdapter, ValidationError

from values.dates import PlainDate, age_on, parse_date
from values.errors import BadValue
from values.moments import (
    CLOCK_TOLERANCE,
    EARLIEST,
    LATEST,
    Moment,
    between,
    not_before,
    not_in_future,
)

NOW = datetime(2026, 11, 22, 14, 15, tzinfo=UTC)
MOMENT = TypeAdapter(Moment)
OFFSETS = st.timedeltas(timedelta(hours=-23), timedelta(hours=23)).map(
    lambda d: dt.timezone(timedelta(minutes=d // timedelta(minutes=1)))
)

ABSURD = [
    "0001-01-01T00:00:00+07:00",
    "0001-01-01T00:00:00Z",
    "9999-12-31T23:59:59-07:00",
    "1999-12-31T23:59:59Z",
    "2100-01-01T00:00:01Z",
    "2026-11-22T14:15:00",
    "2026-11-22",
    "1764446185",
    "soon",
    "",
]


@pytest.mark.parametrize("written", ABSURD)
def test_an_absurd_moment_is_refused(written: str) -> None:
    with pytest.raises(ValidationError):
        MOMENT.validate_python(written)
    with pytest.raises(ValidationError):
        MOMENT.validate_json(f'"{written}"')


@pytest.mark.parametrize("number", [0, 1764446185, 1.5, True, None])
def test_a_number_is_not_a_moment(number: object) -> None:
    with pytest.raises(ValidationError):
        MOMENT.validate_python(number)


@given(st.datetimes(timezones=OFFSETS))
def test_a_moment_that_is_taken_can_be_written_at_every_offset(moment: datetime) -> None:
    try:
        taken: datetime = MOMENT.validate_python(moment)
    except ValidationError:
        assert not EARLIEST <= moment <= LATEST
        return
    assert EARLIEST <= taken <= LATEST
    for hours in (-23, 7, 23):
        taken.astimezone(dt.timezone(timedelta(hours=hours)))
    assert MOMENT.validate_json(f'"{taken.isoformat()}"') == taken


def test_its_schema_is_the_one_of_any_moment() -> None:
    """The schemas of contracts do not change with the bounds (decision 0006)."""
    assert MOMENT.json_schema() == TypeAdapter(AwareDatetime).json_schema()


def test_another_clock_may_be_a_little_wrong() -> None:
    two_fast, too_fast = NOW + timedelta(minutes=2), NOW + CLOCK_TOLERANCE + timedelta(seconds=1)
    two_slow, too_slow = NOW - timedelta(minutes=2), NOW - CLOCK_TOLERANCE - timedelta(seconds=1)

    assert not_in_future(two_fast, now=NOW) == NOW
    assert not_in_future(two_slow, now=NOW) == two_slow
    assert not_before(two_slow, NOW) == NOW
    assert not_before(two_fast, NOW) == two_fast
    with pytest.raises(BadValue, match="not come"):
        not_in_future(too_fast, now=NOW)
    with pytest.raises(BadValue, match="before what"):
        not_before(too_slow, NOW)


@given(st.datetimes(timezones=OFFSETS), st.timedeltas(timedelta(0), timedelta(days=99)))
def test_a_fact_that_must_be_kept_is_put_after_its_cause(fact: datetime, ago: timedelta) -> None:
    placed = between(fact, NOW - ago, now=NOW)

    assert NOW - ago <= placed <= NOW
    assert placed == fact or not NOW - ago <= fact <= NOW


@pytest.mark.parametrize(
    "written", ["1999-03-15", " 1999-03-15 ", "１９９９-０３-１５", "１９９９－０３－１５"]
)
def test_a_day_is_read(written: str) -> None:
    assert parse_date(written) == dt.date(1999, 3, 15)


@pytest.mark.parametrize(
    "written",
    ["", "1999-02-29", "19990315", "1999-W11-1", "1999-03-15T00:00:00", "0001-01-01", "15/03/1999"],
)
def test_what_is_not_a_day_of_our_time_is_refused(written: str) -> None:
    with pytest.raises(BadValue) as refusal:
        parse_date(written)
    assert refusal.value.code == "DATE_INVALID"


def test_a_model_takes_a_day_and_never_a_moment() -> None:
    day = TypeAdapter(PlainDate)

    assert day.validate_json('"1999-03-15"') == dt.date(1999, 3, 15)
    assert day.json_schema() == {"format": "date", "type": "string"}
    for other in (NOW, 0, "1999-03-15T00:00:00", dt.date(1, 1, 1)):
        with pytest.raises(ValidationError):
            day.validate_python(other)


def test_birthdays_are_counted() -> None:
    born = dt.date(2008, 2, 29)

    assert age_on(dt.date(2023, 2, 28), born) == 14
    assert age_on(dt.date(2023, 3, 1), born) == 15
