"""An agent's day at the video desk, with customers in their own app (P3.5, P5.1, SB.3.3a)."""

import re

import pytest
from playwright.async_api import expect
from tests.e2e import stories
from tests.web.applicant import Applicant, step
from tests.web.conftest import Opened
from tests.web.console.call_desk import (
    accepts,
    approves_by_keys,
    begins_shift,
    nobody_waits,
    passes_challenges,
    sees_the_customer,
    ticks_everything,
    uploads,
)
from tests.web.console.clerk import Clerk
from tests.web.console.conftest import Sits
from tests.web.console.test_accessible import faults_of

from demo.actors import Actors
from demo.customer import Customer

APPROVE = re.compile("^Duyệt, chuyển đấu nối")
PHOTOS = {
    "Chân dung": "FACE",
    "Mặt trước": "FRONT",
    "Mặt sau": "BACK",
    "Cầm giấy tờ": "FACE_WITH_ID",
}


async def callers(
    visits: Opened, sits: Sits, actors: Actors, *, script: str = ""
) -> tuple[Customer, Applicant, Clerk]:
    """Bring a customer who calls from the app, and the agent who has just answered.

    The customer's browser runs the script before each page.
    """
    await nobody_waits(actors)
    customer = await stories.paid_esim(actors)
    assert (await customer.shows_papers())["status"] == "KYC_PASSED"
    applicant = await visits()
    await applicant.page.add_init_script(script)
    await applicant.opens_activation_of(customer)
    await applicant.asks_for_a_call()
    await applicant.reads("Bạn đang trong hàng chờ")
    agent = await sits("agent1")
    await begins_shift(agent)
    await accepts(agent, customer)
    await applicant.reads("Nhân viên đang gặp bạn")
    return customer, applicant, agent


async def test_an_agent_approves_a_call_when_nothing_is_missing_any_more(
    visits: Opened, sits: Sits, actors: Actors
) -> None:
    """F5a.8 TH2, SD.2: the decision says what is missing, and is shut until then."""
    customer, applicant, agent = await callers(visits, sits, actors)
    approve = agent.page.get_by_role("button", name=APPROVE)

    await agent.reads("Còn thử thách, 4 ảnh, 5 tiêu chí chưa xong")
    await expect(approve).to_be_disabled()
    assert await faults_of(agent) == []
    await passes_challenges(agent)
    for place, kind in PHOTOS.items():
        await uploads(agent, customer, place, kind)
    await ticks_everything(agent)
    await agent.reads("Đủ thử thách, ảnh và tiêu chí, có thể duyệt")
    await sees_the_customer(agent)
    await approve.click()

    await agent.reads("Đã duyệt, chuyển sang ký và đấu nối")
    assert await faults_of(agent) == []
    await applicant.reads("Xác minh thành công")
    await agent.presses("Sẵn sàng")
    await agent.reads("Chưa có cuộc gọi")
    assert agent.complaints == []


async def test_a_call_is_decided_by_keys_alone(visits: Opened, sits: Sits, actors: Actors) -> None:
    """From the next call to the approval: challenges, frames, ticks, the decision."""
    _, applicant, agent = await callers(visits, sits, actors)
    await sees_the_customer(agent)

    await passes_challenges(agent)
    for number in range(1, len(PHOTOS) + 1):
        await agent.types("c")
        await expect(agent.page.locator(".tray li[data-state=done]")).to_have_count(number)
    await ticks_everything(agent)
    await agent.reads("Đủ thử thách, ảnh và tiêu chí, có thể duyệt")
    await approves_by_keys(agent)

    await applicant.reads("Xác minh thành công")


async def test_an_agent_rejects_with_a_reason_by_keys(
    visits: Opened, sits: Sits, actors: Actors
) -> None:
    """F5a.8 TH1: no refusal without a reason; the customer reads where to go on."""
    _, applicant, agent = await callers(visits, sits, actors)

    await agent.types("r")
    confirm = agent.dialog.get_by_role("button", name="Từ chối", exact=True)
    await expect(confirm).to_be_disabled()
    assert await faults_of(agent) == []
    await agent.dialog.get_by_label("Thông tin khai báo sai").check()
    await agent.types("Enter")

    await agent.reads("Đã từ chối")
    await agent.reads("Khách sửa khai báo")
    await applicant.presses("Sửa thông tin")
    await applicant.stands_at(step("info"))


async def test_an_agent_sends_a_customer_back_for_a_photo(
    visits: Opened, sits: Sits, actors: Actors
) -> None:
    """G26: the papers are photographed again, the form stays."""
    _, applicant, agent = await callers(visits, sits, actors)

    await agent.presses("Yêu cầu chụp lại")
    await agent.types("1", "Enter")

    await agent.reads("Khách chụp lại giấy tờ")
    await applicant.presses("Chụp lại giấy tờ")
    await applicant.stands_at(step("front"))


async def test_a_broken_line_is_waited_for_and_a_reload_loses_nothing(
    visits: Opened, sits: Sits, actors: Actors
) -> None:
    """G26: the customer comes back to the same agent; ticks and call survive a reload."""
    _, applicant, agent = await callers(visits, sits, actors)
    await agent.types("1", "2")
    await agent.reads(re.compile("3 tiêu chí chưa xong"))

    await agent.types("t")
    assert await faults_of(agent) == []
    await agent.dialog.get_by_label("Mất kết nối, chờ khách quay lại").check()
    await agent.types("Enter")
    await agent.reads("Khách mất kết nối")
    assert await faults_of(agent) == []
    await agent.page.reload()
    await agent.reads("Khách mất kết nối")
    await applicant.presses("Quay lại cuộc gọi")

    await agent.reads(re.compile("3 tiêu chí chưa xong"))


@pytest.mark.parametrize("username", ["manager2"])
async def test_a_supervisor_frees_a_call_that_goes_nowhere(
    visits: Opened, sits: Sits, actors: Actors, username: str
) -> None:
    """SD.2: the customer's place is kept."""
    _, applicant, _ = await callers(visits, sits, actors)
    manager = await sits(username)
    await manager.opens("/video")
    calls = manager.page.locator(".w-list", has_text="Cuộc gọi đang diễn ra")
    await calls.get_by_role("button").first.click()
    await expect(manager.page.get_by_role("complementary")).to_be_visible()
    assert await faults_of(manager) == []
    await manager.presses("Giải phóng cuộc gọi")

    await manager.reads("Đã giải phóng")
    await applicant.reads(re.compile("gọi lại", re.IGNORECASE))
