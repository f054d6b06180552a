"""A serial, a connection and a scan that fail, as a customer meets them (F5a.9 to F5b.20)."""

import re

import pytest
from playwright.async_api import expect
from tests.e2e import stories
from tests.web.applicant import step
from tests.web.conftest import Opened

from demo.actors import Actors


async def test_a_serial_is_compared_and_what_was_typed_survives_a_reload(
    visits: Opened, actors: Actors
) -> None:
    """F5a.9, G37: a misread digit, another card, the right one; then its picture."""
    customer, serial = await stories.approved(actors, "PHYSICAL")
    assert serial
    misread = serial[:-1] + str((int(serial[-1]) + 1) % 10)
    another = "8984010000000000013"
    applicant = await visits()
    await applicant.opens_activation_of(customer)
    await applicant.stands_at(step("serial"))
    field = applicant.page.get_by_label("Số sê-ri SIM")
    for typed, said in (
        (misread, "Có một chữ số bị đọc nhầm"),
        (another, "Số sê-ri không phải của thẻ SIM đã gửi"),
    ):
        await field.fill(typed)
        await applicant.presses("Kiểm tra số sê-ri")
        await applicant.reads(re.compile(said))
    await applicant.page.reload()
    await expect(field).to_have_value("8984 0100 0000 0000 013")

    await applicant.enters_serial(serial)
    await applicant.stands_at(step("sign"))


@pytest.mark.parametrize(
    ("reason", "button", "leads_to"),
    [
        ("DATA_MISMATCH", "Sửa thông tin", "info"),
        ("PHOTO_UNCLEAR", "Chụp lại giấy tờ", "front"),
        ("CALL_INSUFFICIENT", "Gọi video lại", "call"),
        ("SERIAL_MISMATCH", "Nhập lại số sê-ri", "serial"),
        ("SIGNATURE_INVALID", "Ký lại hợp đồng", "sign"),
        ("FRAUD_SUSPECTED", None, None),
    ],
)
async def test_a_refused_connection_reopens_exactly_the_step_it_names(
    visits: Opened, actors: Actors, reason: str, button: str | None, leads_to: str | None
) -> None:
    """F5a.16, F5a.18 TH1, F5b.18, F5b.20 TH1, G32."""
    sim = "PHYSICAL" if reason == "SERIAL_MISMATCH" else "ESIM"
    customer = await stories.sent(actors, sim)
    applicant = await visits()
    await applicant.opens_activation_of(customer)
    await applicant.reads("Hồ sơ đã gửi")
    officer = await actors.officer()
    await officer.refuses(customer.hold_id, reason, "Xem lại giúp tổ đấu nối.")

    await applicant.reads("Chưa hòa mạng được")
    await applicant.reads(re.compile("Xem lại giúp tổ đấu nối"))
    if button is None or leads_to is None:
        await applicant.reads("Đến cửa hàng để hoàn tất")
        return
    await applicant.presses(button)
    await applicant.stands_at(step(leads_to))


async def test_a_scan_that_failed_is_helped_and_a_new_code_installs(
    visits: Opened, actors: Actors
) -> None:
    """F5b.14 TH2, F5b.17, F5b.20 TH1, G29: help by reason, another code, connected throughout."""
    customer = await stories.sent(actors, "ESIM")
    officer = await actors.officer()
    await officer.confirms(customer.hold_id)
    await customer.activation_is("ESIM_QR_SENT")

    applicant = await visits()
    await applicant.opens_activation_of(customer)
    await applicant.presses_next("Cài eSIM")
    picture = applicant.page.get_by_role("img", name="Mã QR cài eSIM")
    before = await picture.get_attribute("src")
    await applicant.presses("Chưa cài được")
    await applicant.page.get_by_role("radio", name="Máy báo mã đã được dùng").check()
    await applicant.presses("Xem cách khắc phục")
    await applicant.reads(re.compile("Mã đã được dùng trên một máy khác"))
    await applicant.presses("Cấp lại mã QR")
    await applicant.reads("Đã có mã mới")
    assert await picture.get_attribute("src") != before
    assert await picture.evaluate("image => image.decode().then(() => image.naturalWidth > 0)")

    await applicant.presses("Đã cài được")
    await applicant.reads("Đã hòa mạng")
    assert applicant.complaints == []
