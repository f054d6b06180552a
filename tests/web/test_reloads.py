"""An activation that is interrupted: pages loaded anew, and a tab that may not go on."""

import re
from typing import Any

from playwright.async_api import Route, expect
from tests.e2e import stories
from tests.web.applicant import step
from tests.web.conftest import Opened

from demo import papers
from demo.actors import Actors


async def test_a_reload_loses_nothing_typed_or_sent(visits: Opened, actors: Actors) -> None:
    """F5b.3 to F5b.7: at every step the page is loaded anew, and the back button goes one back."""
    customer = await stories.paid_esim(actors)
    await customer.starts_activation()
    applicant = await visits()
    await applicant.opens_activation_of(customer)
    page = applicant.page
    await applicant.fills(address="Thôn Thử, xã Mẫu")
    await page.reload()
    await expect(page.locator("[name=address]")).to_have_value("Thôn Thử, xã Mẫu")
    await applicant.confirms_the_information()
    await applicant.uploads(papers.card(customer.person, "FRONT"))
    await page.go_back()
    await page.reload()
    await applicant.reads(re.compile("^Đã gửi lúc"))
    await applicant.presses("Tiếp tục")
    for picture in (papers.card(customer.person, "BACK"), papers.portrait(customer.person)):
        await applicant.uploads(picture)
        await page.reload()
    await applicant.verifies()
    await page.reload()
    await applicant.calls()
    await page.reload()
    await applicant.is_seen_and_approved()


async def test_a_reload_keeps_consents_and_signature(visits: Opened, actors: Actors) -> None:
    """F5b.8: what was read, agreed to and drawn is there again."""
    customer, _ = await stories.approved(actors, "ESIM")
    applicant = await visits()
    await applicant.opens_activation_of(customer)
    await applicant.stands_at(step("sign"))
    agreed = applicant.page.get_by_role("checkbox", name=re.compile("^Tôi đã đọc"))
    await applicant.page.get_by_text("Hết hợp đồng", exact=True).scroll_into_view_if_needed()
    await agreed.check()
    await applicant.draws_a_signature()
    await applicant.page.reload()
    await expect(agreed).to_be_checked()
    await expect(applicant.page.get_by_role("button", name="Xóa, ký lại")).to_be_visible()


async def only_the_app(route: Route) -> None:
    """Answer as kyc does in production."""
    await route.fulfill(json={"channels": ["app"]})


async def test_a_tab_is_led_to_the_installed_app(visits: Opened, actors: Actors) -> None:
    """LAW01, SYS02: told before the person begins."""
    customer = await stories.paid_esim(actors)
    tab = await visits()
    await tab.page.route("**/v1/activation-channels", only_the_app)
    await tab.opens_activation_of(customer)

    await tab.reads("Hòa mạng trong ứng dụng Chọn Số")
    begin = tab.page.get_by_role("button", name="Bắt đầu hòa mạng")
    await expect(begin).to_have_count(0)


async def test_the_installed_app_begins_and_says_what_it_is(visits: Opened, actors: Actors) -> None:
    """LAW01: refused with the cookies of the browser it was installed from, it renews them."""
    customer = await stories.paid_esim(actors)
    app = await visits()
    await app.page.route("**/v1/activation-channels", only_the_app)
    await app.page.add_init_script("Object.defineProperty(navigator, 'standalone', {value: true})")
    await app.opens_activation_of(customer)
    await app.page.route("**/api/kyc/v1/sessions", refused, times=1)
    async with app.page.expect_request("**/sessions/refresh") as renewing:
        await app.presses("Bắt đầu hòa mạng")
    assert (await renewing.value).post_data_json == {"client": "app"}
    await app.stands_at(step("info"))


async def refused(route: Route) -> None:
    """Answer as kyc does to a client that may not activate."""
    problem: dict[str, Any] = {"type": "/problems/activation-channel", "title": "", "status": 403}
    kind = {"content-type": "application/problem+json"}
    await route.fulfill(status=403, json=problem, headers=kind)
