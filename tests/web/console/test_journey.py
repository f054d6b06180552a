"""A journey's page: found from anywhere by what a customer can say, with its whole story."""

import re

from playwright.async_api import expect
from tests.e2e import stories
from tests.web.console.clerk import Clerk
from tests.web.console.conftest import Sits
from tests.web.console.test_accessible import faults_of

from demo.actors import Actors


async def _finds(clerk: Clerk, typed: str, hold_id: str, *, group: str = "Hành trình") -> None:
    """Type into the palette and open the first answer with Enter."""
    await clerk.types("Control+k")
    await clerk.dialog.get_by_role("combobox").fill(typed)
    await expect(clerk.dialog.get_by_text(group, exact=True)).to_be_visible()
    await clerk.types("Enter")
    await clerk.stands_at(f"/journeys/{hold_id}")
    await expect(clerk.page.locator("h1")).to_contain_text("Hành trình")
    await expect(clerk.dialog).to_have_count(0)  # while it closes, Escape is its own


async def test_a_journey_is_found_by_code_number_phone_and_id(sits: Sits, actors: Actors) -> None:
    customer = await stories.sent(actors, "ESIM")
    clerk = await sits("officer1")
    await clerk.opens("/connection")
    national = f"0{customer.hold['msisdn'].removeprefix('84')}"
    order = customer.order["order_id"]
    for typed in (customer.hold["hold_code"].lower(), national, customer.hold_id, order):
        await _finds(clerk, typed, customer.hold_id)
        await clerk.types("Escape")
        await clerk.stands_at("/connection")
    await _finds(clerk, customer.person.phone, customer.hold_id, group="Theo số điện thoại khách")
    assert clerk.complaints == []


async def test_the_page_tells_the_stage_the_next_step_and_the_whole_story(
    sits: Sits, actors: Actors
) -> None:
    customer = await stories.sent(actors, "ESIM")
    clerk = await sits("officer1")
    await clerk.opens(f"/journeys/{customer.hold_id}")
    await clerk.reads("Hồ sơ đang chờ đấu nối", seconds=30)
    await clerk.reads(re.compile("Bước tiếp theo: xác nhận hoặc từ chối"))
    story = clerk.page.get_by_role("listitem")
    await expect(story.first).to_contain_text("Đã giữ số")
    await expect(story.filter(has_text="Xác minh video thành công")).to_contain_text("agent")
    assert await faults_of(clerk) == []
    await clerk.presses(re.compile("^Mở bàn đấu nối"))
    await clerk.stands_at(f"/connection/{customer.hold_id}")
    assert clerk.complaints == []


async def test_a_journey_of_another_region_is_not_there(sits: Sits, actors: Actors) -> None:
    customer = await stories.with_slip(actors, "ESIM")
    clerk = await sits("officer1")
    await clerk.opens(f"/journeys/{customer.hold_id}")
    await clerk.reads("Không tìm thấy, hoặc không thuộc phạm vi của bạn.")
