"""A supervisor sets when the call teams answer, and where calls overflow to (SD.1, SD.4, G33)."""

from playwright.async_api import Locator, expect
from tests.web.console.clerk import Clerk
from tests.web.console.conftest import Sits
from tests.web.console.test_accessible import faults_of

REASON = "Trực thay ngày thành lập công ty, theo thông báo của Tổng công ty Viễn thông"
SAVED = "Đã lưu, có hiệu lực ngay"


async def test_a_day_gets_hours_of_its_own_and_loses_them_again(sits: Sits) -> None:
    """G33: no hours without a reason that colleagues read; who changed what stands below."""
    manager = await sits("manager2")
    await manager.opens("/oversight/hours")
    last_day = manager.page.locator(".h-day").last
    await last_day.click()
    hours, reason = manager.dialog.get_by_label("Giờ làm"), manager.dialog.get_by_label("Lý do")
    await hours.fill("8 giờ")
    await manager.presses("Lưu giờ làm")
    await manager.reads("Viết lý do để đồng nghiệp hiểu ngày này.")
    await manager.reads("Viết giờ theo mẫu 8:00–12:00, 13:00–17:00, các khoảng không chồng nhau.")
    assert await faults_of(manager) == []
    await hours.fill("8:00–11:00")
    await reason.fill(REASON)
    await manager.presses("Lưu giờ làm")
    await manager.reads(SAVED)
    await expect(last_day).to_have_attribute("data-kind", "EXCEPTION")
    await expect(last_day).to_contain_text(REASON)
    assert await faults_of(manager) == []

    await last_day.click()
    await manager.presses("Bỏ ngày riêng")
    await expect(last_day).not_to_have_attribute("data-kind", "EXCEPTION")
    assert manager.complaints == []


async def test_a_rule_of_overflow_is_closed_dropped_and_made_again(sits: Sits) -> None:
    """SD.4: a team's calls go to all agents of its region; other regions are for head office."""
    manager = await sits("manager2")
    await manager.opens("/oversight/rules")
    rules = manager.page.locator(".v-rules li")
    await expect(rules.first).to_be_visible()
    before = await rules.count()
    closed = rules.filter(has_text="Đang đóng")
    await manager.presses("Đóng", within=rules.first)
    await expect(closed).to_have_count(1)
    assert await faults_of(manager) == []
    await manager.presses("Xóa", within=closed)
    await expect(rules).to_have_count(before - 1)

    await manager.presses("Thêm quy tắc")
    to = manager.dialog.get_by_label("Chuyển thêm cho")
    await refused(manager, to, "KV1", "Việc này do văn phòng tổng công ty quyết định.")
    await to.select_option("KV2")
    await manager.presses("Lưu", within=manager.dialog)
    await manager.reads(SAVED)
    await expect(rules).to_have_count(before)
    await expect(closed).to_have_count(0)
    assert manager.complaints == []


async def refused(manager: Clerk, to: Locator, region: str, words: str) -> None:
    """Choose a region, and read in the dialog why that may not be."""
    await to.select_option(region)
    await manager.presses("Lưu", within=manager.dialog)
    await expect(manager.dialog.get_by_role("alert")).to_contain_text(words)
    assert await faults_of(manager) == []
