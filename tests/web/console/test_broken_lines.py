"""A call whose network fails: each ending is told, and there is a way on (F5a.8, G26)."""

import re
from datetime import timedelta
from typing import Any, Final

from playwright.async_api import Page, expect
from tests.web.conftest import Opened
from tests.web.console import test_pictures_and_sound as meeting
from tests.web.console.conftest import Sits
from tests.web.console.live_calls import LiveCall
from tests.web.console.test_video import callers
from tests.web.databases import Databases

from demo.actors import Actors
from demo.gateway import until

cameras, call = meeting.cameras, meeting.call
"""Two browsers before their cameras, and a call that they hold."""

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


CUT: Final = """
  for (const socket of sockets) socket.close();
  for (const connection of connections) {
    connection.close();
    connection.dispatchEvent(new Event('connectionstatechange'));
  }
"""
"""An emulated network leaves picture, sound and open sockets alone; who closes is told nothing."""


async def loses_its_network(page: Page) -> None:
    """Let nothing through any more: requests, sockets, picture and sound."""
    await page.context.set_offline(True)
    await page.evaluate(CUT)


TEN_SECONDS: Final = "since => performance.now() - since > 10_000"


async def test_a_network_that_is_lost_and_a_desk_that_is_left(
    call: LiveCall, databases: Databases
) -> None:
    """G26: after ten seconds the same agent goes on; after three minutes a new call waits anew."""
    await call.is_live()
    await is_cut_off_for_ten_seconds(call)
    await is_cut_off_for_three_minutes(call, databases)
    await call.applicant.asks_for_a_call("Gọi lại")
    await call.applicant.reads("Bạn đang trong hàng chờ")

    await call.agent.presses("Sẵn sàng")
    await expect(call.agent.page.get_by_role("alertdialog")).to_contain_text("Cuộc gọi đến")
    await call.agent.types("Enter")
    await call.is_live()
    await is_left_by_the_agent(call, databases)


async def is_cut_off_for_ten_seconds(call: LiveCall) -> None:
    """Lose the customer's network; it is back while the agent waits, and the call goes on."""
    page = call.applicant.page
    await loses_its_network(page)
    since = await page.evaluate("performance.now()")
    await call.applicant.reads("Đang nối lại", seconds=LONG)
    await call.agent.reads("Đang nối lại", seconds=LONG)
    await page.wait_for_function(TEN_SECONDS, arg=since)
    await page.context.set_offline(False)
    await call.is_live()
    await call.carries_picture_and_sound()


async def is_cut_off_for_three_minutes(call: LiveCall, databases: Databases) -> None:
    """Lose it for longer than the agent waits: the call is over, and the customer reads why."""
    page, agent = call.applicant.page, call.agent
    await loses_its_network(page)
    await agent.reads("Đang nối lại", seconds=LONG)
    await agent.types("t")
    await agent.dialog.get_by_label("Mất kết nối, chờ khách quay lại").check()
    await agent.types("Enter")
    await agent.reads("Khách mất kết nối")
    dropped = await placed_call(call)
    await databases.line_was_broken_for(dropped["call_id"], timedelta(minutes=3))
    await agent.reads("Khách đã rời cuộc gọi")
    await page.context.set_offline(False)
    await call.applicant.reads("Cuộc gọi đã kết thúc")
    await call.applicant.reads(re.compile("mất kết nối quá 2 phút"))


async def is_left_by_the_agent(call: LiveCall, databases: Databases) -> None:
    """Let the desk be gone in mid-call: the customer keeps the first place for another call."""
    await call.agent.page.goto("about:blank")
    left = await placed_call(call)

    async def is_over() -> bool:
        await databases.desk_was_silent_for(left["call_id"], timedelta(minutes=1))
        return bool((await placed_call(call))["status"] == "RETRY_NEEDED")

    await until("the call to be taken from an agent who has gone", is_over)
    await call.applicant.reads("Cuộc gọi bị gián đoạn")
    await call.applicant.reads(re.compile("Chỗ đầu hàng được giữ thêm"))
    await expect(call.applicant.page.get_by_role("button", name="Gọi lại")).to_be_enabled()


async def placed_call(call: LiveCall) -> dict[str, Any]:
    """Read the newest call of the customer."""
    path = f"/api/videocall/v1/calls/by-hold/{call.customer.hold_id}"
    return dict(await call.customer.gateway.get(path))
