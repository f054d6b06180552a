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
