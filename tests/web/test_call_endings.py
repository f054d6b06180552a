"""A call that did not succeed leads to the one right step, for each reason an agent has (G26)."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

import pytest
from playwright.async_api import Page, Route, expect
from tests.e2e import stories
from tests.web.applicant import Applicant
from tests.web.conftest import Opened
from tests.web.stages import Stages

from demo.actors import Actors
from kit.clock import VIETNAM
from kit.errors import ServiceError
from kit.http import PROBLEM_JSON, problem_of, problem_response
from videocall.appointments.api import slots_of
from videocall.calls.states import REJECTIONS, RETRIES
from videocall.hours.domain import OfficeHours, OutOfHours
from videocall.pilots.domain import NotInPilot

SAID = {
    "PHOTO_UNCLEAR": "Ảnh giấy tờ chưa rõ",
    "DOC_DAMAGED": "Giấy tờ bị hỏng hoặc mờ chữ",
    "DATA_MISMATCH": "Thông tin khai báo không khớp với giấy tờ",
    "CALL_QUALITY": "Hình hoặc tiếng chưa rõ",
    "LIVENESS_FAILED": "Các thử thách trước máy ảnh chưa được làm đủ",
    "CUSTOMER_REFUSED": "một bước chưa được thực hiện",
    "NOT_PRESENT_OWNER": "Chính chủ giấy tờ cần có mặt",
    "DOC_FAKE_SUSPECTED": "Giấy tờ cần được xem trực tiếp",
    "FACE_MISMATCH": "Khuôn mặt chưa khớp",
    "IDENTITY_DOUBT": "Chưa xác nhận được danh tính",
    "DOC_EXPIRED": "Giấy tờ đã hết hạn",
    "UNDER_AGE": "chưa đủ 15 tuổi",
    "COERCION_SUSPECTED": "gặp bạn trực tiếp tại cửa hàng",
    "TECHNICAL": "gián đoạn do kỹ thuật",
    "POOR_NETWORK": "Chuyển sang Wi-Fi",
    "POOR_LIGHT": "Nơi gọi quá tối",
    "NO_DOCUMENT_AT_HAND": "Lấy giấy tờ ra, rồi gọi lại",
    "CUSTOMER_LEFT": "vì bạn đã rời đi",
    "NEWER_CHECK": "Bạn vừa gửi giấy tờ mới",
}
STEPS = {"EDIT": "Sửa thông tin", "PHOTO": "Chụp lại ảnh", "CALL": "Gọi lại"}
"""The one blue button of a screen; a store has none, but its address."""


@pytest.fixture
async def applicant(visits: Opened, actors: Actors) -> Applicant:
    """Bring a customer who called once, and stands before the step of the call."""
    customer = await stories.paid_esim(actors)
    await customer.shows_papers()
    await customer.calls()
    applicant = await visits()
    await applicant.opens_activation_of(customer)
    return applicant


async def test_each_reason_says_what_to_do_and_leads_there(applicant: Applicant) -> None:
    """F5a.8 TH1, F5b.7 TH1, G26: the reason, the step, and no way past it."""
    page, shown = applicant.page, dict[str, Any]()

    async def ended(route: Route) -> None:
        call = await (await route.fetch()).json()
        await route.fulfill(json=call | shown)

    await page.route("**/api/videocall/v1/calls/by-hold/*", ended)
    endings = {code: ("REJECTED", repeat) for code, repeat in REJECTIONS.items()}
    assert SAID.keys() == REJECTIONS.keys() | RETRIES
    for code, words in SAID.items():
        status, repeat = endings.get(code, ("RETRY_NEEDED", "CALL"))
        left = 0 if repeat == "STORE" else 2
        shown |= {"status": status, "reason_code": code, "repeat": repeat, "attempts_left": left}
        await page.reload()
        await applicant.reads(re.compile(words))
        for step, name in STEPS.items():
            button = page.get_by_role("button", name=name, exact=True)
            await expect(button).to_have_count(1 if step == repeat else 0)
        store = page.get_by_text("Đến cửa hàng để hoàn tất")
        await expect(store).to_have_count(1 if repeat == "STORE" else 0)


HOURS: Final = OfficeHours()
QUARTER, WEEK = timedelta(minutes=15), timedelta(days=7)
NIGHT, TET, SWAPPED = (
    datetime(*day, tzinfo=VIETNAM)
    for day in ((2026, 11, 2, 21, 0), (2027, 2, 8, 9, 0), (2026, 8, 22, 9, 0))
)


@dataclass
class Answers:
    """The answers of the service about a team's hours as they are at another moment."""

    now: datetime = NIGHT
    refusal: ServiceError | None = None
    """The answer whatever the hours are."""

    async def at(self, page: Page) -> None:
        """Answer a page's requests."""
        await page.route("**/v1/appointments/by-hold/*/slots", self._slots)
        await page.route("**/api/videocall/v1/calls", self._call)

    async def _slots(self, route: Route) -> None:
        if self.refusal:
            await refused(route, self.refusal)
            return
        free = list(HOURS.slots(self.now, length=QUARTER, ahead=WEEK))
        shown = slots_of(HOURS, free, now=self.now)
        await route.fulfill(json=shown.model_dump(mode="json"))

    async def _call(self, route: Route) -> None:
        try:
            HOURS.check_open(self.now)
        except OutOfHours as refusal:
            await refused(route, refusal)


async def refused(route: Route, refusal: ServiceError) -> None:
    """Answer with a refusal, as every service words it."""
    answer = problem_response(problem_of(refusal, "/v1/calls"))
    await route.fulfill(
        status=answer.status_code, body=bytes(answer.body), content_type=PROBLEM_JSON
    )


CLOSED: Final = (
    (NIGHT, None, "08:00, 03/11/2026"),
    (TET, "Hôm nay nghỉ lễ: Mùng ba Tết Nguyên Đán.", "08:00, 11/02/2027"),
)


async def test_a_customer_who_comes_when_nobody_is_at_work_books_a_time(
    visits: Opened, stages: Stages
) -> None:
    """SD.1, G33: at night and at Tết, before and after the press: why, and until when."""
    applicant, answers = await visits(), Answers()
    page = applicant.page
    await answers.at(page)
    customer = await stages.customer("papers passed")
    for answers.now, reason, opens in CLOSED:
        await applicant.opens_activation_of(customer)
        await applicant.reads(re.compile(f"Mở lại lúc {opens}"))
        await applicant.presses("Gọi ngay")
        await applicant.reads("Tổ xác minh đang ngoài giờ")
        await applicant.reads(f"Mở lại lúc {opens}")
        await expect(page.get_by_text(reason or "Hôm nay nghỉ")).to_have_count(1 if reason else 0)
        await expect(page.get_by_role("button", name="Gọi ngay")).to_be_enabled()
        await applicant.presses("Đặt lịch hẹn")
        days = page.get_by_role("group", name="Chọn ngày").get_by_role("button")
        await expect(days.first).to_be_visible()


async def test_a_worked_saturday_and_a_region_without_video_calls(
    visits: Opened, stages: Stages
) -> None:
    """SD.1, G33: the day says that it is worked; G40: where there are no calls, a store goes on."""
    applicant, answers = await visits(), Answers(SWAPPED)
    page = applicant.page
    await answers.at(page)
    await applicant.opens_activation_of(await stages.customer("papers passed"))
    call = page.get_by_role("button", name="Gọi ngay")
    await applicant.reads("Hôm nay làm bù, 08:00–12:00, 13:00–17:00.")
    await expect(call).to_be_enabled()
    await expect(page.get_by_text("Mở lại lúc")).to_have_count(0)

    answers.refusal = NotInPilot(UUID(int=0), "KV1")
    await page.reload()
    await applicant.reads("Khu vực của bạn chưa xác minh qua cuộc gọi")
    await applicant.reads("Đến cửa hàng để hoàn tất")
    await expect(call).to_have_count(0)
