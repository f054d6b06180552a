"""An auditor plays what a media node recorded of a call (LAW12, P5.1)."""

from playwright.async_api import expect
from tests.web.console import test_pictures_and_sound as meeting
from tests.web.console.call_desk import passes_challenges, sees_the_customer
from tests.web.console.clerk import Clerk
from tests.web.console.conftest import Sits
from tests.web.console.live_calls import LiveCall
from tests.web.console.test_accessible import faults_of

cameras, call = meeting.cameras, meeting.call
"""Two browsers before their cameras, and a call that they hold."""

PLAYED = """() => [...document.querySelectorAll('.pb-track video:not([hidden])')]
  .map(({ currentTime, videoWidth, paused }) => ({ currentTime, videoWidth, paused }))"""


async def recorded(call: LiveCall) -> str:
    """Let both be seen and the challenges be met, and let the customer hang up; return the call."""
    await call.is_live()
    await sees_the_customer(call.agent)
    await call.carries_picture_and_sound()
    await passes_challenges(call.agent)
    await call.applicant.presses("Kết thúc cuộc gọi")
    await call.applicant.presses("Kết thúc")
    await call.applicant.reads("Cuộc gọi đã kết thúc")
    path = f"/api/videocall/v1/calls/by-hold/{call.customer.hold_id}"
    return str((await call.customer.gateway.get(path))["call_id"])


async def test_an_auditor_plays_a_recorded_call(call: LiveCall, sits: Sits) -> None:
    """LAW12, P5.1: both pictures on one time line, its challenges and events, and a legal hold."""
    call_id = await recorded(call)
    auditor = await sits("auditor1")
    page = auditor.page

    await auditor.opens(f"/review/calls/{call_id}")

    await auditor.reads("Bằng chứng nguyên vẹn")
    await auditor.reads("Khách rời cuộc gọi")
    assert await faults_of(auditor) == []
    await plays_and_pauses(auditor)
    before = await page.get_by_role("slider").input_value()
    await auditor.types("ArrowLeft")
    assert int(await page.get_by_role("slider").input_value()) < int(before)
    passed = page.get_by_role("region", name="Câu thử").get_by_role("button", name="Đạt")
    await expect(passed).to_have_count(3)
    before = await page.get_by_role("slider").input_value()
    await passed.last.click()
    await expect(page.get_by_role("slider")).not_to_have_value(before)
    await page.get_by_role("button", name="Khách đồng ý").last.click()
    await expect(page.get_by_role("slider")).to_have_value("0")
    await auditor.reads("Không có lệnh giữ pháp lý")
    await expect(page.get_by_role("button", name="Giữ bằng chứng")).to_have_count(0)
    assert auditor.complaints == []
    await keeps_and_lets_go(await sits("manager2"), call_id)


async def plays_and_pauses(auditor: Clerk) -> None:
    """Press the space bar until both pictures have moved, and once more."""
    await auditor.types("Space")
    await auditor.page.wait_for_function(
        f"""() => {{
          const videos = ({PLAYED})();
          return videos.length === 2
            && videos.every((video) => video.videoWidth > 0 && video.currentTime > 1);
        }}"""
    )
    await auditor.types("Space")
    await expect(auditor.page.get_by_role("button", name="Phát", exact=True)).to_be_visible()


async def keeps_and_lets_go(manager: Clerk, call_id: str) -> None:
    """Place a legal hold over a call, and lift it, each for a reason that the events show."""
    await manager.opens(f"/review/calls/{call_id}")
    for button, reason, result in (
        ("Giữ bằng chứng", "Cơ quan điều tra yêu cầu", "Đang giữ theo yêu cầu pháp lý"),
        ("Bỏ giữ", "Vụ việc đã kết thúc", "Không có lệnh giữ pháp lý"),
    ):
        await manager.presses(button)
        assert await faults_of(manager) == []
        await manager.dialog.get_by_text(reason).click()
        await manager.presses(button, within=manager.dialog)
        await manager.reads(result)
        await expect(manager.dialog).to_have_count(0)
    events = manager.page.get_by_role("list", name="Diễn biến")
    for word in ("POLICE", "CASE_CLOSED"):
        await expect(events.get_by_text(word, exact=True)).to_be_visible()
    assert manager.complaints == []
