"""An agent's day at the video desk, with customers in their own app (P3.5, P5.1, SB.3.3a)."""

import re

from playwright.async_api import Page, expect
from tests.e2e import stories
from tests.web.applicant import Applicant, step
from tests.web.conftest import Opened
from tests.web.console.call_desk import (
    accepts,
    approves_by_keys,
    begins_shift,
    goes_on,
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

FIRST_PHOTO_IS_DARK = """
  let isDark = true;
  const takePhoto = ImageCapture.prototype.takePhoto;
  ImageCapture.prototype.takePhoto = function (...given) {
    if (!isDark) return takePhoto.apply(this, given);
    isDark = false;
    const dark = new OffscreenCanvas(1600, 1200);
    dark.getContext('2d').fillRect(0, 0, 1600, 1200);
    return dark.convertToBlob({ type: 'image/jpeg' });
  };
"""
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
    """From the next call to the approval: challenges, frames, ticks, the decision.

    P5.1: a challenge that fails is drawn anew; a photo that is too dark is taken again.
    """
    _, applicant, agent = await callers(visits, sits, actors, script=FIRST_PHOTO_IS_DARK)
    await sees_the_customer(agent)

    await fails_the_first_challenge(agent, applicant)
    await passes_challenges(agent, greeted=True)
    await goes_on(agent, "Yêu cầu chụp")
    await applicant.reads("Ảnh quá tối. Quay về phía có ánh sáng.")
    await goes_on(agent, "Nhận ảnh")
    await expect(agent.page.locator(".tray li[data-state=done]")).to_have_count(1)
    ask = agent.page.locator(".controls").get_by_role("button", name="Yêu cầu chụp")
    for number in range(2, len(PHOTOS) + 1):
        await expect(ask).to_be_enabled()
        await agent.types("c")
        await expect(agent.page.locator(".tray li[data-state=done]")).to_have_count(number)
    await ticks_everything(agent)
    await approves_by_keys(agent)

    await applicant.reads("Xác minh thành công")


async def fails_the_first_challenge(agent: Clerk, applicant: Applicant) -> None:
    """Greet, set a challenge that the customer does not do, and draw others (P5.1)."""
    await goes_on(agent, "Tiếp tục")
    await goes_on(agent, "Hiện cho khách")
    await expect(applicant.page.locator(".task")).to_be_visible()
    await expect(agent.page.get_by_role("button", name="Khách làm đúng")).to_be_enabled()
    await agent.types("f")
    await goes_on(agent, "Đổi ba thử thách khác")
    await expect(agent.page.locator(".talks li[data-state=failed]")).to_have_count(0)


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


async def test_a_supervisor_watches_whispers_joins_and_frees_a_call(
    visits: Opened, sits: Sits, actors: Actors
) -> None:
    """SD.2, LAW09: unseen at first, then heard by the agent alone, then seen by both."""
    _, applicant, agent = await callers(visits, sits, actors)
    guests = [applicant.page.locator(".meet-guest"), agent.page.locator(".guest")]
    await sees_the_customer(agent)
    manager = await sits("manager2")
    await watches(manager)
    for guest in guests:
        await expect(guest).to_have_count(0)

    await manager.presses("Nhắc riêng nhân viên")
    await manager.reads("Đang nói với nhân viên, khách không nghe")
    await agent.reads("Quản lý đang nhắc riêng bạn")
    await expect(guests[0]).to_have_count(0)
    assert await faults_of(manager) == []
    await manager.presses("Ngừng nói")
    await expect(guests[1]).to_have_count(0)

    await manager.presses("Tham gia cuộc gọi")
    await manager.reads("Bạn đang nói với cả hai bên")
    await applicant.reads("Quản lý đang tham gia")
    await shows_a_picture(applicant.page, ".meet-guest video")
    await shows_a_picture(agent.page, ".guest video")
    await manager.presses("Giải phóng cuộc gọi")
    await manager.reads("Đã giải phóng")
    await applicant.reads(re.compile("gọi lại", re.IGNORECASE))
    assert manager.complaints == []


async def watches(manager: Clerk) -> None:
    """Choose the call on the wall, and see both parties."""
    await manager.opens("/video")
    calls = manager.page.locator(".w-list", has_text="Cuộc gọi đang diễn ra")
    await calls.get_by_role("button").first.click()
    await expect(manager.page.get_by_role("complementary")).to_be_visible()
    assert await faults_of(manager) == []
    await manager.presses("Xem và nghe")
    for number in (1, 2):
        await shows_a_picture(manager.page, f".w-feeds figure:nth-child({number}) video")


async def shows_a_picture(page: Page, video: str) -> None:
    """Wait until a picture has arrived where a video stands."""
    arrived = "video => document.querySelector(video)?.videoWidth > 0"
    await page.wait_for_function(arrived, arg=video, timeout=40_000)
