"""Both journeys from the first search to "Đã hòa mạng", pressing what a person sees."""

import re

from tests.web.applicant import Applicant
from tests.web.conftest import Opened


async def with_account(visits: Opened) -> Applicant:
    """Give a person who has just registered and looks at the numbers."""
    visitor = await visits()
    await visitor.opens("/register")
    await visitor.registers()
    await visitor.stands_at("/")
    return visitor


async def test_a_customer_comes_from_the_search_to_an_esim(visits: Opened) -> None:
    """F3, F5b: search, hold, form, online payment, papers, call, signature, scan."""
    lan = await with_account(visits)
    await lan.finds_and_holds("eSIM")
    await lan.fills_in_the_form()
    await lan.reads("Đã giữ")
    await lan.presses_next("Thanh toán")
    await lan.pays()
    await lan.reads("Đã thanh toán")
    await lan.presses_next("Xem phiếu giữ số")
    await lan.starts_activation()
    await lan.confirms_the_information()
    await lan.photographs()
    await lan.verifies()
    await lan.calls()
    await lan.is_seen_and_approved()
    await lan.presses("Tiếp tục ký hợp đồng")
    await lan.reads_and_signs()
    await lan.sends()
    officer = await lan.actors.officer()
    await officer.claims(lan.hold_id)
    await officer.confirms(lan.hold_id)
    await lan.presses_next("Cài eSIM")
    await lan.presses("Đã cài được")
    await lan.reads("Đã hòa mạng")
    assert lan.complaints == []


async def test_a_customer_who_leaves_the_payment_page_pays_again(visits: Opened) -> None:
    """F3.6 TH2: abandoned at the bank, nothing is lost, the second try succeeds."""
    lan = await with_account(visits)
    await lan.finds_and_holds("eSIM")
    await lan.fills_in_the_form()
    await lan.presses_next("Thanh toán")
    await lan.pays("Hủy giao dịch")
    await lan.reads("Thanh toán không thành công")
    await lan.presses("Thanh toán lại")
    await lan.page.get_by_role("button", name="Thanh toán", exact=True).click()
    await lan.stands_at(re.compile(r"returned=1$"))
    await lan.reads("Đã thanh toán")


async def receives_the_parcel(visitor: Applicant) -> str:
    """Have the SIM packed, carried and delivered, and see that on the slip; return its serial."""
    osp = await visitor.actors.osp()
    shipment = await osp.sees_order(visitor.hold_id)
    await osp.confirms(shipment)
    tracking = await osp.booked(shipment)
    serial = await osp.packs(shipment)
    await osp.hands_over(shipment)
    await visitor.actors.outside.courier(tracking, "picked")
    await visitor.opens(f"/holds/{visitor.hold_id}")
    await visitor.reads("Đang giao")
    await visitor.actors.outside.courier(tracking, "delivered")
    return serial


async def test_a_customer_comes_from_the_search_to_a_sim_card(visits: Opened) -> None:
    """F3, F4, F5a: delivered home, paid on receipt, serial and picture of the card, connected."""
    nam = await with_account(visits)
    await nam.finds_and_holds("SIM vật lý")
    await nam.fills_in_the_form()
    await nam.presses_next("Chọn cách nhận SIM")
    await nam.chooses_home()
    await nam.orders_on_receipt()
    serial = await receives_the_parcel(nam)
    await nam.starts_activation()
    await nam.confirms_the_information()
    await nam.photographs()
    await nam.verifies()
    await nam.calls()
    await nam.is_seen_and_approved()
    await nam.presses("Tiếp tục với thẻ SIM")
    await nam.enters_serial(serial)
    await nam.reads_and_signs()
    await nam.sends()
    officer = await nam.actors.officer()
    await officer.claims(nam.hold_id)
    await officer.confirms(nam.hold_id)
    await nam.reads("Đã hòa mạng")
    assert nam.complaints == []
