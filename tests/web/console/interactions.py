"""`make interactions`: a hundred thousand orders pass by without a task over 50 ms.

Not part of `make test`: on a busy machine it measures the machine. The database's side of a list of
this length is measured by `make bench-lists`; here the answers are made up, so the browser is.
"""

import re
from typing import Any, Final
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

import pytest
from playwright.async_api import Route
from rich.console import Console
from rich.table import Table
from tests.e2e.stories import ordered_home
from tests.web.console.clerk import Clerk
from tests.web.console.conftest import Sits

from demo.actors import Actors

LONGEST_MS: Final = 50
ROWS: Final = 100_000
ROW_PX: Final = 46
OBSERVER: Final = """
window.tasks = [];
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) tasks.push(Math.round(entry.duration));
}).observe({type: 'longtask'});
"""
STAFF: Final = "/api/shipping/v1/staff/shipments"


class Orders:
    """The answers of the list's API: one real order, told a hundred thousand times."""

    def __init__(self, listed: dict[str, Any], opened: dict[str, Any]) -> None:
        self.listed, self.opened = listed, opened

    async def page(self, route: Route) -> None:
        """Answer with the rows after a cursor, which is the number of rows before it."""
        query = parse_qs(urlsplit(route.request.url).query)
        first = int(query.get("after", ["0"])[0])
        rows = range(first, min(first + int(query["limit"][0]), ROWS))
        after = str(rows.stop) if rows.stop < ROWS else None
        items = [self.listed | self._names(index) for index in rows]
        await route.fulfill(json={"items": items, "next": after})

    async def counts(self, route: Route) -> None:
        """Answer that all orders wait."""
        answer = await (await route.fetch()).json()
        for tab in answer["tabs"]:
            tab["count"] = ROWS if tab["tab"] == "PENDING" else 0
        await route.fulfill(json=answer)

    async def one(self, route: Route) -> None:
        """Answer with the order that somebody opens."""
        index = UUID(urlsplit(route.request.url).path.rsplit("/", 1)[-1]).int
        await route.fulfill(json=self.opened | self._names(index))

    @staticmethod
    def _names(index: int) -> dict[str, str]:
        return {"shipment_id": str(UUID(int=index)), "hold_code": f"GS261130{index:06}"}


async def _presses_end(clerk: Clerk) -> None:
    """Go to the end of what has been read, again and again, until there is no more."""
    while not await _is_at(clerk, ROWS):
        await clerk.types("End")


async def _wheels_to_the_end(clerk: Clerk) -> None:
    while not await _is_at(clerk, ROWS):
        await clerk.page.mouse.wheel(0, 60 * ROW_PX)


async def _walks_among_them(clerk: Clerk) -> None:
    """Walk with the keys that somebody holds down, from the middle of the list."""
    await clerk.types("Home")
    for _ in range(200):
        await clerk.types("PageDown")
    for _ in range(200):
        await clerk.types("ArrowDown")


async def _drags_the_bar(clerk: Clerk) -> None:
    """Jump to hundred places of the list, which are far from each other."""
    for place in range(100):
        await clerk.page.evaluate(
            "top => document.querySelector('.table').scrollTo({top})",
            (place * 37 % 100) * ROWS * ROW_PX / 100,
        )
        await clerk.page.evaluate("() => new Promise(requestAnimationFrame)")


ACTS: Final = (
    ("End, until all are read", _presses_end, True),
    ("the wheel, until all are read", _wheels_to_the_end, True),
    ("PageDown and arrows, an order open", _walks_among_them, False),
    ("jumps with the bar", _drags_the_bar, False),
)


async def _is_at(clerk: Clerk, row: int) -> bool:
    """Tell whether a row, counted from one, stands on the page."""
    return bool(await clerk.page.locator(f"[aria-rowindex='{row + 1}']").count())


async def test_a_list_of_a_hundred_thousand_orders_passes_by_without_a_long_task(
    sits: Sits, actors: Actors, capsys: pytest.CaptureFixture[str]
) -> None:
    """The longest task of each act, from the first row to the last."""
    clerk = await sits("osp1")
    await _is_told(clerk, actors)
    table = Table("act", "tasks over 50 ms", "longest, ms", title=f"{ROWS} orders in a list")
    worst = 0
    for name, act, begins_anew in ACTS:
        if begins_anew:
            await clerk.opens("/orders")
            await clerk.page.locator(".table-r").first.click()
        await clerk.page.locator(".table").hover()
        await clerk.page.evaluate("tasks.length = 0")
        await act(clerk)
        tasks: list[int] = await clerk.page.evaluate("tasks")
        worst = max(worst, *tasks, 0)
        table.add_row(name, str(len(tasks)), str(max(tasks, default=0)))
    with capsys.disabled():
        Console().print(table)
    assert worst <= LONGEST_MS
    assert clerk.complaints == []


async def _is_told(clerk: Clerk, actors: Actors) -> None:
    """Let the console be told of a hundred thousand orders, all like one that is real."""
    lan = await ordered_home(actors)
    osp = await actors.osp()
    listed = await osp.sees_order(lan.hold_id)
    opened = await osp.gateway.get(f"{STAFF}/{listed['shipment_id']}")
    orders = Orders(listed, opened)
    await clerk.page.route(f"**{STAFF}?*", orders.page)
    await clerk.page.route(f"**{STAFF}/counts*", orders.counts)
    await clerk.page.route(re.compile(f"{STAFF}/0{{8}}-"), orders.one)
    await clerk.page.add_init_script(OBSERVER)
