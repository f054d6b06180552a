"""A call whose network fails: each ending is told, and there is a way on (F5a.8, G26)."""

from playwright.async_api import expect
from tests.web.conftest import Opened
from tests.web.console.conftest import Sits
from tests.web.console.test_video import callers

from demo.actors import Actors

NO_UDP = """
  window.RTCPeerConnection = class extends RTCPeerConnection {
    constructor(given) { super({ ...given, iceTransportPolicy: 'relay' }); }
  };
"""
"""Relayed candidates alone, and no TURN server: as in a network that lets no UDP through."""
LONG = 60.0
"""Two connections are given ten seconds each before the screen says so (s)."""


async def test_a_network_without_udp_leads_to_an_appointment(
    visits: Opened, sits: Sits, actors: Actors
) -> None:
    """G26: the customer reads why there is no picture, and the agent ends without a rejection."""
    _, applicant, agent = await callers(visits, sits, actors, script=NO_UDP)
    await applicant.reads("Mạng này có thể chặn cuộc gọi có hình", seconds=LONG)
    await agent.reads("Đang chờ hình của khách")

    await agent.types("t")
    await agent.dialog.get_by_label("Mạng yếu").check()
    await agent.types("Enter")
    await applicant.reads(
        "Mạng chưa đủ tốt. Chuyển sang Wi-Fi hoặc nơi có sóng mạnh hơn, rồi gọi lại."
    )
    await expect(applicant.page.get_by_role("button", name="Gọi lại")).to_be_enabled()
    await applicant.presses("Đặt lịch hẹn")
    await expect(applicant.page.get_by_role("dialog")).to_be_visible()
