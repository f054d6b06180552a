"""The search as a person uses it: digits, filters, empty lists, the back button (F3.1, P1.2)."""

import re

from playwright.async_api import expect
from tests.web.conftest import Opened


async def test_a_person_searches_by_digits_and_the_address_keeps_them(visits: Opened) -> None:
    """P1.2: three digits at the end; a reload and the back button find the same list."""
    visitor = await visits()
    await visitor.opens("/")
    page = visitor.page
    await page.locator(".cell").nth(7).click()
    await page.keyboard.type("868")
    await visitor.stands_at(re.compile(r"\?so=%3F%3F%3F%3F%3F%3F%3F868$"))
    numbers = page.locator(".offers:not([aria-busy=true]) .offer .ms")
    await expect(numbers.first).to_be_visible()
    for label in await numbers.evaluate_all("all => all.map(one => one.ariaLabel)"):
        assert label.replace(" ", "").endswith("868"), label
    await page.reload()
    await expect(numbers.first).to_have_attribute("aria-label", re.compile(r"8 ?6 ?8$"))
    assert visitor.complaints == []


async def test_nothing_found_says_so_and_leads_back(visits: Opened) -> None:
    """P1.2: an empty list has one sentence and one way out."""
    visitor = await visits()
    await visitor.opens("/?so=0912345678")
    await visitor.reads("Chưa có số nào như vậy")
    await visitor.presses("Bỏ hết điều kiện")
    await visitor.reads("Số đẹp gợi ý")
    await expect(visitor.page.locator(".offer").first).to_be_visible()


async def test_filters_narrow_the_list_and_can_be_cleared(visits: Opened) -> None:
    """P1.2: kind, prefix and price of the catalogue."""
    visitor = await visits(wide=True)
    await visitor.opens("/")
    await visitor.presses("Bộ lọc")
    await visitor.page.get_by_label("Dạng số đẹp").select_option(label="Soi gương ABC.CBA")
    await visitor.presses("Xem kết quả")
    await visitor.stands_at("?dang=SOI_GUONG")
    kinds = visitor.page.locator(".offer-kind")
    # The former list stays until the new one has come.
    await expect(kinds.filter(has_not_text="Soi gương ABC.CBA")).to_have_count(0)
    await expect(kinds.first).to_be_visible()


async def test_a_stranger_who_holds_is_led_to_the_sign_in_and_back(visits: Opened) -> None:
    """F3.1: nothing chosen is lost on the way."""
    visitor = await visits()
    await visitor.opens("/?so=???????868")
    await visitor.page.get_by_role("button", name=re.compile("^Giữ số 0")).first.click()
    await visitor.presses("Đăng nhập để giữ số")
    await visitor.stands_at(re.compile(r"/login\?next="))
