"""The hours of the team, as a customer sees them before calling (SD.1, G33)."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from services.videocall.tests.world import World

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
MONDAY = datetime(2026, 11, 9, 16, 30, tzinfo=HANOI)
TUESDAY = datetime(2026, 11, 10, 8, 0, tzinfo=HANOI)


@pytest.mark.parametrize("always_open", [False])
@pytest.mark.parametrize(
    ("now", "back"), [(MONDAY, None), (MONDAY + timedelta(minutes=25), TUESDAY)]
)
async def test_a_customer_sees_the_hours_before_they_call(
    world: World, now: datetime, back: datetime | None
) -> None:
    """SD.1: the last call is taken ten minutes before closing."""
    world.set_clock(now)
    customer = await world.customer()

    path = f"/v1/appointments/by-hold/{customer.hold_id}/slots"
    seen = (await customer.http.get(path)).json()

    weekdays = [0, 1, 2, 3, 4]
    assert seen["office_hours"] == [
        {"days": weekdays, "opens": "08:00:00", "closes": "12:00:00"},
        {"days": weekdays, "opens": "13:00:00", "closes": "17:00:00"},
    ]
    assert seen["is_open"] is (back is None)
    assert (seen["opens_at"] and datetime.fromisoformat(seen["opens_at"])) == back


LUNCH = [{"opens": "08:00", "closes": "12:00"}, {"opens": "13:00", "closes": "17:00"}]


@pytest.mark.parametrize("always_open", [False])
@pytest.mark.parametrize(
    ("now", "today", "back"),
    [
        (MONDAY, {"kind": "USUAL", "holiday": None, "spans": LUNCH}, None),
        (
            datetime(2027, 2, 8, 9, 0, tzinfo=HANOI),
            {"kind": "HOLIDAY", "holiday": "Mùng ba Tết Nguyên Đán", "spans": []},
            datetime(2027, 2, 11, 8, 0, tzinfo=HANOI),
        ),
        (
            datetime(2026, 8, 22, 9, 0, tzinfo=HANOI),
            {"kind": "SWAPPED", "holiday": None, "spans": LUNCH},
            None,
        ),
    ],
)
async def test_a_customer_sees_why_this_day_is_another_than_usual(
    world: World, now: datetime, today: dict[str, object], back: datetime | None
) -> None:
    """SD.1, G33: at Tết a call is refused until the team is back; a swapped Saturday is worked."""
    world.set_clock(now)
    customer = await world.customer()

    path = f"/v1/appointments/by-hold/{customer.hold_id}/slots"
    assert (await customer.http.get(path)).json()["today"] == today

    answer = await customer.call()
    assert answer.status_code == (201 if back is None else 409)
    opens_at = answer.json().get("opens_at")
    assert (opens_at and datetime.fromisoformat(opens_at)) == back
