"""The store's counter: prepare, and give against code and money (F4.6, F4.7)."""

import re

from playwright.async_api import expect
from tests.e2e.stories import ordered_at_store
from tests.web.console.clerk import Clerk
from tests.web.console.conftest import Sits
from tests.web.console.test_accessible import faults_of

from demo.actors import Actors
from demo.staff import new_serial


async def test_a_store_prepares_a_sim_and_gives_it_against_code_and_money(
    sits: Sits, actors: Actors
) -> None:
    """F4.6, F4.7, G15: by scanner and keys, but for the tick that the money is there."""
    lan = await ordered_at_store(actors)
    code = lan.hold["hold_code"]
    clerk = await sits("store1")
    await clerk.opens("/counter")
    await clerk.chooses(re.compile(code))
    await clerk.presses("Báo khách đến lấy")
    await clerk.reads("Đã báo khách SIM sẵn sàng")
    await lan.order_is("AWAITING_COLLECTION")
    await _scans(clerk, f"{code[:2]} {code[2:8]} {code[8:]}".lower())
    serial = clerk.page.get_by_label("Serial SIM trao cho khách")
    await expect(serial).to_be_focused()
    await clerk.page.keyboard.type(new_serial())
    await clerk.types("Enter")
    await clerk.reads("Thu tiền rồi đánh dấu ô này.")
    assert await faults_of(clerk) == []
    await clerk.page.get_by_label(re.compile("^Đã thu đủ")).check()
    await clerk.types("Control+Enter")

    await clerk.reads(f"Đã trao SIM cho mã {code}")
    await lan.order_is("DELIVERED")
    await clerk.presses(re.compile("^Đã trao hôm nay"))
    await expect(clerk.page.get_by_role("row", name=re.compile(code))).to_be_visible()
    assert clerk.complaints == []


async def _scans(clerk: Clerk, code: str) -> None:
    """Close what lies on the counter, and scan a code."""
    await clerk.types("Escape")
    await expect(clerk.page.get_by_label("Mã giữ số của khách")).to_be_focused()
    await clerk.page.keyboard.type(code)
    await clerk.types("Enter")
    await clerk.reads("Thu của khách")


async def test_a_code_of_another_store_or_none_is_not_here(sits: Sits) -> None:
    clerk = await sits("store1")
    await clerk.opens("/counter")
    for code in ("GS2611027KM3QX", "GS123"):
        await clerk.page.get_by_label("Mã giữ số của khách").fill(code)
        await clerk.types("Enter")
        await clerk.reads("Mã này không có ở cửa hàng này")
        await clerk.presses("Nhập lại mã")
