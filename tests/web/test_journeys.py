"""An eSIM from the first search to "Đã hòa mạng", pressing what a person sees.

A SIM card's way is that of `console/test_whole_journey.py`, with every desk beside it.
"""

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
