"""A call that did not succeed leads to the one right step, for each reason an agent has (G26)."""

import re
from typing import Any

import pytest
from playwright.async_api import Route, expect
from tests.e2e import stories
from tests.web.applicant import Applicant
from tests.web.conftest import Opened

from demo.actors import Actors
from videocall.calls.states import REJECTIONS, RETRIES

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
