"""Customer and agent see and hear each other through the media node (F5a.8, F5b.7, P5.1, LAW09)."""

import time
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass

import pytest
from playwright.async_api import Browser, Page, async_playwright, expect
from tests.chaos.suite import Suite
from tests.e2e import stories
from tests.web import browser as chromium
from tests.web.applicant import Applicant
from tests.web.camera import AGENT, CUSTOMER, film
from tests.web.conftest import FAILED, PHONE, Opened, Windows
from tests.web.console.call_desk import (
    approves_by_keys,
    begins_shift,
    nobody_waits,
    passes_challenges,
    receives_photos,
    sees_the_customer,
    ticks_everything,
)
from tests.web.console.clerk import Clerk
from tests.web.console.conftest import SCREEN

from demo.actors import Actors
from demo.customer import Customer

LISTENING = """
  window.connections = [];
  window.sockets = [];
  window.WebSocket = class extends WebSocket {
    constructor(...given) { super(...given); sockets.push(this); }
  };
  window.RTCPeerConnection = class extends RTCPeerConnection {
    constructor(...given) { super(...given); connections.push(this); }
  };
"""
RECEIVED = """async () => {
  const total = { framesDecoded: 0, totalAudioEnergy: 0 };
  for (const connection of connections)
    for (const stat of (await connection.getStats()).values())
      if (stat.type === 'inbound-rtp')
        for (const name of Object.keys(total)) total[name] += stat[name] ?? 0;
  return total;
}"""
SHOWN = """selector => document.querySelector(selector)?.videoWidth > 0
  && document.querySelector(selector).closest('[data-phase]').dataset.phase === 'live'"""
LONG = 40.0
"""Two browsers that encode and decode leave little of two cores to anything else (s)."""
CUSTOMERS_SCREEN, AGENTS_SCREEN = ".meet-v", "video.frame-v"


@pytest.fixture(scope="module")
async def cameras(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[list[Browser]]:
    """Start a browser for the customer and one for the agent: a fake camera films one person."""
    folder = tmp_path_factory.mktemp("films")
    sitters = {"customer": CUSTOMER, "agent": AGENT}
    async with async_playwright() as playwright:
        browsers = [
            await chromium.launched(playwright, film(sitter, folder / f"{name}.y4m"))
            for name, sitter in sitters.items()
        ]
        yield browsers
        for browser in browsers:
            await browser.close()


@dataclass(frozen=True)
class Call:
    """A call in which both are before their cameras."""

    customer: Customer
    applicant: Applicant
    agent: Clerk
    accepted_at: float
    """When the agent pressed Enter, on this process's clock (s)."""

    @property
    def screens(self) -> tuple[tuple[Page, str], ...]:
        """The pages, each with the place of the other party's picture."""
        return (self.applicant.page, CUSTOMERS_SCREEN), (self.agent.page, AGENTS_SCREEN)

    async def is_live(self, *, seconds: float = LONG) -> None:
        """Wait until both see each other."""
        for page, screen in self.screens:
            await page.wait_for_function(SHOWN, arg=screen, timeout=seconds * 1000)

    async def carries_picture_and_sound(self) -> None:
        """Wait until pictures move and sound arrives on both sides."""
        for page, _ in self.screens:
            before = await page.evaluate(RECEIVED)
            await page.wait_for_function(
                f"""async before => {{
                  const now = await ({RECEIVED})();
                  return now.framesDecoded > before.framesDecoded + 5
                    && now.totalAudioEnergy > before.totalAudioEnergy;
                }}""",
                arg=before,
            )


@pytest.fixture
async def call(
    request: pytest.FixtureRequest,
    suite: Suite,
    cameras: list[Browser],
    actors: Actors,
) -> AsyncIterator[Call]:
    """Bring a customer who called from the app, and the agent who has just accepted the call."""
    await nobody_waits(actors)
    theirs, ours = (Windows(browser, suite.gateway) for browser in cameras)
    customer = await stories.paid_esim(actors)
    assert (await customer.shows_papers())["status"] == "KYC_PASSED"
    applicant = Applicant(await theirs.open(PHONE, phone=True), actors)
    agent = Clerk(await ours.open(SCREEN), "agent1")
    for page in (applicant.page, agent.page):
        await page.add_init_script(LISTENING)
    await agent.signs_in()
    await begins_shift(agent)
    await applicant.opens_activation_of(customer)
    await applicant.reads("Nhân viên sẽ thấy bạn như thế này")
    await applicant.asks_for_a_call()
    await applicant.reads("Bạn đang trong hàng chờ")
    await expect(agent.page.get_by_role("alertdialog")).to_contain_text("Cuộc gọi đến")
    accepted_at = time.monotonic()
    await agent.types("Enter")
    yield Call(customer, applicant, agent, accepted_at)
    failed = request.node.stash.get(FAILED, False)
    await theirs.close(f"{request.node.name}-customer", failed=failed)
    await ours.close(f"{request.node.name}-agent", failed=failed)


async def test_both_see_and_hear_each_other_and_the_call_is_decided(
    call: Call, record_property: Callable[[str, object], None]
) -> None:
    """F5a.8 TH2, SD.2: challenges, photos by the customer's own camera, and all is recorded."""
    await call.is_live()
    record_property("first frames after", round(time.monotonic() - call.accepted_at, 2))
    await call.carries_picture_and_sound()
    agent, applicant = call.agent, call.applicant
    await sees_the_customer(agent)
    await expect(agent.page.locator(".self video")).to_be_visible()
    await expect(applicant.page.locator(".meet-own video")).to_be_visible()
    await expect(applicant.page.locator(".meet-rec")).to_have_text("Đang ghi hình")

    await passes_challenges(agent)
    await receives_photos(agent)
    await ticks_everything(agent)
    await agent.reads("Đủ thử thách, ảnh và tiêu chí, có thể duyệt")
    await approves_by_keys(agent)

    await applicant.reads("Xác minh thành công")
    await applicant.presses("Tiếp tục ký hợp đồng")
    assert agent.complaints == applicant.complaints == []


async def test_a_line_that_breaks_is_mended_without_anybody(call: Call, suite: Suite) -> None:
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


async def unmuted(call: Call) -> None:
    """Press for the sound, where the browser plays none on a page that nobody has pressed yet."""
    button = call.applicant.page.get_by_role("button", name="Bật tiếng nhân viên")
    if await button.is_visible():
        await button.click()


async def test_the_customer_ends_the_call_after_a_question(call: Call) -> None:
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
