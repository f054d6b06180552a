"""Customer and agent see and hear each other through the media node (F5a.8, F5b.7, P5.1, LAW09)."""

from collections.abc import AsyncIterator, Callable

import pytest
from playwright.async_api import Browser, expect
from tests.chaos.suite import Suite
from tests.e2e import stories
from tests.web.conftest import FAILED, Opened, Windows
from tests.web.console.call_desk import (
    approves_by_keys,
    passes_challenges,
    receives_photos,
    sees_the_customer,
    ticks_everything,
)
from tests.web.console.live_calls import LONG, LiveCall, accepted_call, two_cameras

from demo.actors import Actors


@pytest.fixture(scope="module")
async def cameras(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[list[Browser]]:
    async with two_cameras(tmp_path_factory.mktemp("films")) as browsers:
        yield browsers


@pytest.fixture
async def call(
    request: pytest.FixtureRequest, suite: Suite, cameras: list[Browser], actors: Actors
) -> AsyncIterator[LiveCall]:
    theirs, ours = (Windows(browser, suite.gateway) for browser in cameras)
    yield await accepted_call(theirs, ours, actors)
    failed = request.node.stash.get(FAILED, False)
    await theirs.close(f"{request.node.name}-customer", failed=failed)
    await ours.close(f"{request.node.name}-agent", failed=failed)


async def test_both_see_and_hear_each_other_and_the_call_is_decided(
    call: LiveCall, record_property: Callable[[str, object], None]
) -> None:
    """F5a.8 TH2, SD.2: challenges, photos by the customer's own camera, and all is recorded."""
    record_property("first frames after", round(await call.is_live(), 2))
    await call.carries_picture_and_sound()
    agent, applicant = call.agent, call.applicant
    await sees_the_customer(agent)
    await expect(agent.page.locator(".self video")).to_be_visible()
    await expect(applicant.page.locator(".meet-own video")).to_be_visible()
    await expect(applicant.page.locator(".meet-rec")).to_have_text("Đang ghi hình")

    await passes_challenges(agent)
    await receives_photos(agent)
    await ticks_everything(agent)
    await approves_by_keys(agent)

    await applicant.reads("Xác minh thành công")
    await applicant.presses("Tiếp tục ký hợp đồng")
    assert agent.complaints == applicant.complaints == []


async def test_a_line_that_breaks_is_mended_without_anybody(call: LiveCall, suite: Suite) -> None:
    """G26: a page loaded anew, a second tab, and a media node that dies in mid-call."""
    page = call.applicant.page
    await call.is_live()
    await page.reload()
    await call.is_live()
    await unmuted(call)
    await call.carries_picture_and_sound()

    second = await page.context.new_page()
    await second.goto(page.url)
    await call.applicant.reads("Cuộc gọi đang mở ở nơi khác", seconds=LONG)
    await second.close()
    await call.applicant.presses("Tiếp tục ở đây")
    await call.is_live()

    suite.kill("media")
    await call.applicant.reads("Đang nối lại", seconds=LONG)
    await call.agent.reads("Đang nối lại", seconds=LONG)
    await call.is_live()
    await call.carries_picture_and_sound()


async def unmuted(call: LiveCall) -> None:
    """Press for the sound, where the browser plays none on a page that nobody has pressed yet."""
    button = call.applicant.page.get_by_role("button", name="Bật tiếng nhân viên")
    if await button.is_visible():
        await button.click()


async def test_the_customer_ends_the_call_after_a_question(call: LiveCall) -> None:
    """G26: the one button of the call asks first; after it another call may be placed."""
    await call.is_live()
    await call.applicant.presses("Kết thúc cuộc gọi")
    await call.applicant.presses("Ở lại cuộc gọi")
    await call.is_live()
    await call.applicant.presses("Kết thúc cuộc gọi")
    await call.applicant.presses("Kết thúc")

    await call.applicant.asks_for_a_call("Gọi lại")
    await call.applicant.reads("Bạn đang trong hàng chờ")
    await call.agent.reads("Khách đã rời cuộc gọi")


FAULTS = {
    "NotAllowedError": "Máy ảnh và micro đang bị chặn",
    "NotFoundError": "Không tìm thấy máy ảnh",
    "NotReadableError": "Máy ảnh hoặc micro đang bận",
}
FAULTY = """
  navigator.permissions.query = async () => ({ state: 'prompt' });
  navigator.mediaDevices.enumerateDevices = async () => [];
  navigator.mediaDevices.getUserMedia = async () => { throw new DOMException('', fault); };
"""


async def test_without_a_camera_there_is_a_way_on(visits: Opened, actors: Actors) -> None:
    """F5a.8, LAW09: no call, but how to allow it, another attempt, an appointment, or a store."""
    customer = await stories.paid_esim(actors)
    await customer.shows_papers()
    applicant = await visits()
    page = applicant.page
    await page.add_init_script(FAULTY)
    await applicant.opens_activation_of(customer)
    again = "Bật máy ảnh và micro"
    for fault, said in FAULTS.items():
        await page.evaluate("fault => { window.fault = fault; }", fault)
        await applicant.presses(again)
        again = "Thử lại"
        await applicant.reads(said)
        await expect(page.get_by_role("button", name="Gọi ngay")).to_have_count(0)
        await expect(page.get_by_role("link", name="Xem phiếu và cửa hàng")).to_be_visible()
    await applicant.presses("Đặt lịch hẹn")
    await expect(page.get_by_role("dialog")).to_be_visible()
