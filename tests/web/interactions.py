"""`make interactions`: how long a press waits for its picture on a phone four times slower.

Not part of `make test`: on a busy machine it measures the machine.
"""

import re
from typing import Any, Final

import pytest
from playwright.async_api import expect
from rich.console import Console
from rich.table import Table
from tests.web.applicant import Applicant
from tests.web.conftest import Opened
from tests.web.stages import Stages

LONGEST_MS: Final = 200
SLOWER: Final = 4
OBSERVER: Final = """
window.presses = [];
new PerformanceObserver((list) => {
  for (const entry of list.getEntries())
    if (entry.interactionId) presses.push([entry.name, Math.round(entry.duration)]);
}).observe({type: 'event', durationThreshold: 16, buffered: true});
"""


async def _types_into_the_search(visitor: Applicant) -> None:
    await visitor.opens("/")
    await expect(visitor.page.locator(".offer").first).to_be_visible()
    await visitor.page.locator(".cell").nth(7).click()
    await visitor.page.keyboard.type("868", delay=120)
    await visitor.stands_at(re.compile("868$"))


async def _opens_the_hold_sheet(visitor: Applicant) -> None:
    await visitor.opens("/")
    await visitor.page.get_by_role("button", name=re.compile("^Giữ số 0")).first.click()
    await expect(visitor.page.get_by_role("dialog")).to_be_visible()


async def _fills_in_the_form(visitor: Applicant) -> None:
    await visitor.opens(f"/holds/{visitor.chosen}/form")
    name = visitor.page.locator("[name=full_name]")
    await name.press_sequentially("Nguyễn Thị Mẫu Lan", delay=60)
    await visitor.page.get_by_role("radio", name="Nữ").check()
    await visitor.chooses_ward()


async def _opens_the_payment(visitor: Applicant) -> None:
    await visitor.opens(f"/holds/{visitor.chosen}")
    await visitor.presses_next("Thanh toán")
    await visitor.page.get_by_role("checkbox", name=re.compile("^Tôi đã xem")).check()


ACTS: Final = (
    ("typing digits", _types_into_the_search, None),
    ("opening the hold sheet", _opens_the_hold_sheet, "registered"),
    ("the subscriber's form", _fills_in_the_form, "locked"),
    ("slip and payment", _opens_the_payment, "slip of an eSIM"),
)


async def test_a_press_is_answered_within_200_ms_on_a_slow_phone(
    visits: Opened, stages: Stages, capsys: pytest.CaptureFixture[str]
) -> None:
    """The longest interaction of each act, at a quarter of this machine's speed."""
    table = Table("act", "presses", "longest, ms", title=f"interactions, {SLOWER}x slower")
    worst = 0
    for name, act, stage in ACTS:
        visitor = await visits()
        if stage:
            customer = await stages.customer(stage)
            await visitor.signs_in_as(customer)
            visitor.chosen = customer.hold.get("hold_id", "")
        await visitor.page.add_init_script(OBSERVER)
        slow = await visitor.page.context.new_cdp_session(visitor.page)
        await slow.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        await act(visitor)
        presses: list[list[Any]] = await visitor.page.evaluate("presses")
        longest = max((duration for _, duration in presses), default=0)
        worst = max(worst, longest)
        table.add_row(name, str(len(presses)), str(longest))
    with capsys.disabled():
        Console().print(table)
    assert worst <= LONGEST_MS
