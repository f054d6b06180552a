"""One person plays the customer alone, with the simulators' pages and staff on autopilot.

Nothing else runs beside it: the autopilot would carry on the customers of other tests.
"""

import re
from collections.abc import AsyncIterator

import pytest
from playwright.async_api import expect
from tests.web.applicant import Applicant
from tests.web.conftest import Opened

from demo.actors import Actors
from demo.shopper import PASSWORD

pytestmark = pytest.mark.alone
CODE = re.compile(r"\b\d{6}\b")


@pytest.fixture
async def visitor(visits: Opened, actors: Actors) -> AsyncIterator[Applicant]:
    """Give a person who has turned the autopilot on at the simulators' page."""
    visitor = await visits()
    await visitor.opens("/sim/")
    await visitor.presses("Bật", first=True)
    await visitor.reads("Nhân viên tự động: đang bật")
    yield visitor
    await actors.gateway.put("/sim/autopilot/v1", {"on": False})


async def code_behind_the_link(visitor: Applicant, purpose: str) -> str:
    """Open the simulated messages by the link under the field, and wait for the code."""
    async with visitor.page.context.expect_page() as opened:
        await visitor.presses("Mở tin nhắn mô phỏng")
    inbox = await opened.value
    message = inbox.get_by_role("row").filter(has_text=purpose).filter(has_text=CODE).first
    await expect(message).to_be_visible(timeout=15_000)  # the page looks for news by itself
    code = CODE.search(await message.inner_text())
    assert code
    await inbox.close()
    return code[0]


async def registers(visitor: Applicant) -> None:
    """Go back to the app, and register with the code behind the link (F1.3 to F1.12)."""
    await visitor.presses("← Ứng dụng")
    await visitor.stands_at("/")
    await visitor.opens("/register")
    await visitor.fills(phone=visitor.person.phone, password=PASSWORD)
    await visitor.presses("Gửi mã xác thực")
    code = await code_behind_the_link(visitor, "OTP_REGISTER")
    await visitor.page.locator("[autocomplete=one-time-code]").fill(code)
    await visitor.presses("Kích hoạt tài khoản")
    await visitor.stands_at("/")


async def leaves_the_payment_page_and_pays(visitor: Applicant) -> None:
    """Abandon the payment, find the way back to it, and pay (F3.6, F3.12)."""
    await visitor.presses_next("Thanh toán")
    await visitor.page.get_by_role("checkbox", name=re.compile("^Tôi đã xem")).check()
    to_pay = visitor.page.get_by_role("button", name=re.compile("^Thanh toán [0-9]"))
    await to_pay.click()
    await visitor.presses("Bỏ dở, quay lại ứng dụng")
    await visitor.stands_at(re.compile(r"/holds/[0-9a-f-]{36}/pay$"))
    await to_pay.click()
    await visitor.page.get_by_role("button", name="Thanh toán", exact=True).click()
    await visitor.reads("Đã thanh toán")
    await visitor.presses_next("Xem phiếu giữ số")


async def photographs_anything(visitor: Applicant) -> None:
    """Take three pictures with the camera of the device, whatever is before it (F5b.4)."""
    for step in ("front", "back", "portrait"):
        await visitor.stands_at(re.compile(f"/{step}$"))
        await visitor.presses("Chụp ảnh")
        await visitor.presses("Dùng ảnh này")


async def test_from_registration_to_an_installed_esim_with_nobody_else_played(
    visitor: Applicant,
) -> None:
    """F1, F3, F5b: every other person is on autopilot; the camera sees no specimen."""
    await registers(visitor)
    await visitor.finds_and_holds("eSIM")
    await visitor.fills_in_the_form()
    await leaves_the_payment_page_and_pays(visitor)
    await visitor.starts_activation()
    await visitor.confirms_the_information()
    await photographs_anything(visitor)
    await visitor.verifies()
    await visitor.calls()
    # Three challenges and four photos, each with a moment for the person before the camera.
    await visitor.reads("Xác minh thành công", seconds=90)
    await visitor.presses("Tiếp tục ký hợp đồng")
    await visitor.reads_and_signs()
    await visitor.sends()
    await visitor.presses_next("Cài eSIM")
    await visitor.presses("Đã cài được")
    await visitor.reads("Đã hòa mạng")
    assert visitor.complaints == []
