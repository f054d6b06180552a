"""Papers and calls that are refused, as a customer meets them on the screen (F5a.4 to F5a.8)."""

import re

import pytest
from tests.e2e import stories
from tests.web.applicant import Applicant, step
from tests.web.conftest import Opened

from demo import papers
from demo.actors import Actors


async def photographs_the_front_again(applicant: Applicant) -> None:
    """Take the front once more, keep the other pictures, and send all (F5a.5, F5a.6)."""
    await applicant.stands_at(step("front"))
    await applicant.uploads(papers.card(applicant.person, "FRONT"))
    for name in ("back", "portrait"):
        await applicant.stands_at(step(name))
        await applicant.presses("Tiếp tục")
    await applicant.verifies()


async def test_papers_are_photographed_again_until_a_person_looks(
    visits: Opened, actors: Actors
) -> None:
    """F5a.7 TH1, G27: what is wrong and what helps; after the third time nobody is left alone."""
    customer = await stories.paid_esim(actors)
    await customer.starts_activation()
    await customer.declares()
    for _ in range(2):
        await customer.photographs(card={"blur": True})
        await customer.verifies()

    applicant = await visits()
    await applicant.opens_activation_of(customer)
    await applicant.reads("Ảnh giấy tờ bị mờ.")
    await applicant.reads("Đây là lần xác thực cuối trước khi nhân viên xem hồ sơ.")
    await applicant.presses("Chụp lại giấy tờ")
    await applicant.stands_at(step("front"))
    await applicant.uploads(papers.card(customer.person, "FRONT", blur=True))
    for name in ("back", "portrait"):
        await applicant.stands_at(step(name))
        await applicant.presses("Tiếp tục")
    await applicant.verifies()

    await applicant.reads("Nhân viên đang xem xét hồ sơ")
    assert applicant.complaints == []


async def test_a_name_that_differs_is_corrected_and_the_pictures_stay(
    visits: Opened, actors: Actors
) -> None:
    """F5a.7 TH1, F5a.4, G32: the reason names the field, and leads to the form alone."""
    customer = await stories.paid_esim(actors)
    await customer.starts_activation()
    await customer.declares(full_name="Trần Thị Khác")
    await customer.photographs()
    await customer.verifies()

    applicant = await visits()
    await applicant.opens_activation_of(customer)
    await applicant.reads(re.compile("Mục: họ và tên"))
    await applicant.presses("Sửa thông tin")
    await applicant.fills(full_name=customer.person.full_name)
    await applicant.presses("Tiếp tục")
    await applicant.verifies()

    await applicant.reads("Thông tin đã khớp")


@pytest.mark.parametrize(
    ("reason", "button", "leads_to"),
    [
        ("PHOTO_UNCLEAR", "Chụp lại giấy tờ", "front"),
        ("DATA_MISMATCH", "Sửa thông tin", "info"),
        ("CALL_QUALITY", "Gọi lại", "call"),
        ("FACE_MISMATCH", None, "call"),
    ],
)
async def test_a_rejected_call_leads_to_the_step_that_mends_it(
    visits: Opened, actors: Actors, reason: str, button: str | None, leads_to: str
) -> None:
    """F5a.8 TH1, F5b.7 TH1, G26."""
    customer = await stories.paid_esim(actors)
    assert (await customer.shows_papers())["status"] == "KYC_PASSED"
    applicant = await visits()
    await applicant.opens_activation_of(customer)
    await applicant.asks_for_a_call()
    await applicant.reads("Bạn đang trong hàng chờ")
    agent = await actors.agent()
    await agent.answers(customer.hold_id)
    await applicant.reads("Nhân viên đang gặp bạn")
    await agent.rejects(reason)

    if button is None:
        await applicant.reads("Đến cửa hàng để hoàn tất")
        await applicant.reads(re.compile("^GS "))
        return
    await applicant.presses(button)
    await applicant.stands_at(step(leads_to))
    if leads_to == "call":
        await applicant.agrees_to_the_call()
        await applicant.reads("Bạn đang trong hàng chờ")


async def test_papers_that_a_call_refused_lead_back_to_a_call(
    visits: Opened, actors: Actors
) -> None:
    """G26: photographed again and passed again, the customer calls, and is not sent in a circle."""
    customer = await stories.paid_esim(actors)
    await customer.shows_papers()
    await customer.calls()
    agent = await actors.agent()
    await agent.answers(customer.hold_id)
    await agent.rejects("PHOTO_UNCLEAR")
    await customer.kyc_is("DRAFT")

    applicant = await visits()
    await applicant.opens_activation_of(customer)
    await applicant.presses("Chụp lại giấy tờ")
    await photographs_the_front_again(applicant)

    await applicant.calls()


async def test_who_does_not_want_to_wait_books_a_time(visits: Opened, actors: Actors) -> None:
    """SD.1, G33: the hours, a wait for which nobody is there, an appointment out of the queue."""
    await (await actors.agent()).is_offline()
    customer = await stories.paid_esim(actors)
    await customer.shows_papers()
    applicant = await visits()
    await applicant.opens_activation_of(customer)
    await applicant.reads(re.compile("Tổ xác minh làm việc từ thứ Hai đến thứ Sáu"))
    await applicant.asks_for_a_call()
    await applicant.reads("Bạn đang trong hàng chờ")
    await applicant.reads("Chờ khoảng")
    await applicant.presses("Đặt lịch hẹn")
    sheet = applicant.page.get_by_role("dialog")
    for group in ("Chọn ngày", "Chọn giờ"):
        await sheet.get_by_role("group", name=group).get_by_role("button").last.click()
    await sheet.get_by_role("button", name="Đặt lịch này").click()

    await applicant.reads(re.compile("^Lịch hẹn của bạn"))
    await applicant.reads("Bạn đã rời hàng chờ")
