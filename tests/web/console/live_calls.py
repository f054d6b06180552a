"""A call between two browsers: a customer's app and an agent's console, each with a fake camera."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.async_api import Browser, Page, async_playwright, expect
from tests.e2e import stories
from tests.web import browser as chromium
from tests.web.applicant import Applicant
from tests.web.camera import AGENT, CUSTOMER, film
from tests.web.conftest import PHONE, Windows
from tests.web.console.call_desk import begins_shift, nobody_waits
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


@asynccontextmanager
async def two_cameras(folder: Path) -> AsyncIterator[list[Browser]]:
    """Start a browser for the customer and one for the agent: a fake camera films one person."""
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
class LiveCall:
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

    async def is_live(self, *, seconds: float = LONG) -> float:
        """Wait until both see each other; return when they did, in seconds since the accept."""
        waits = [
            page.wait_for_function(SHOWN, arg=screen, timeout=seconds * 1000)
            for page, screen in self.screens
        ]
        await asyncio.gather(*waits)
        return time.monotonic() - self.accepted_at

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


async def accepted_call(
    theirs: Windows, ours: Windows, actors: Actors, *, rings_for: float = 0
) -> LiveCall:
    """Bring a customer who called from the app, and the agent who has just accepted the call.

    The agent presses as soon as the call rings, or looks at it first for some seconds.
    """
    await nobody_waits(actors)
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
    await asyncio.sleep(rings_for)
    accepted_at = time.monotonic()
    await agent.types("Enter")
    return LiveCall(customer, applicant, agent, accepted_at)
