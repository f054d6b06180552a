"""An auditor plays what a media node recorded of a call (LAW12, P5.1)."""

from playwright.async_api import expect
from tests.web.console import test_pictures_and_sound as meeting
from tests.web.console.call_desk import sees_the_customer
from tests.web.console.conftest import Sits
from tests.web.console.test_accessible import faults_of

cameras, call = meeting.cameras, meeting.call
"""Two browsers before their cameras, and a call that they hold."""

PLAYED = """() => [...document.querySelectorAll('.pb-track video:not([hidden])')]
  .map(({ currentTime, videoWidth, paused }) => ({ currentTime, videoWidth, paused }))"""


async def test_an_auditor_plays_a_recorded_call(call: meeting.Call, sits: Sits) -> None:
    """LAW12, P5.1: both pictures on one time line, its events, and the word of the chain."""
    await call.is_live()
    await sees_the_customer(call.agent)
    await call.carries_picture_and_sound()
    await call.applicant.presses("Kết thúc cuộc gọi")
    await call.applicant.presses("Kết thúc")
    await call.applicant.reads("Bạn đã rời hàng chờ")
    recorded = await call.customer.gateway.get(
        f"/api/videocall/v1/calls/by-hold/{call.customer.hold_id}"
    )
    auditor = await sits("auditor1")
    page = auditor.page

    await auditor.opens(f"/review/calls/{recorded['call_id']}")

    await auditor.reads("Bằng chứng nguyên vẹn")
    await auditor.reads("Khách rời cuộc gọi")
    assert await faults_of(auditor) == []
    await auditor.types("Space")
    await page.wait_for_function(
        f"""() => {{
          const videos = ({PLAYED})();
          return videos.length === 2
            && videos.every((video) => video.videoWidth > 0 && video.currentTime > 1);
        }}"""
    )
    await auditor.types("Space")
    await expect(page.get_by_role("button", name="Phát", exact=True)).to_be_visible()
    before = await page.get_by_role("slider").input_value()
    await auditor.types("ArrowLeft")
    assert int(await page.get_by_role("slider").input_value()) < int(before)
    await page.get_by_role("button", name="Khách đồng ý").last.click()
    await expect(page.get_by_role("slider")).to_have_value("0")
    assert auditor.complaints == []
