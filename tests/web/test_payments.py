"""Paying online and on receipt: left, failed, late, twice, too much (F3.11, F3.12, G10)."""

import re

from playwright.async_api import expect
from tests.e2e import stories
from tests.web.applicant import Applicant
from tests.web.conftest import Opened
from tests.web.openings import confirms, opened_by

ABOVE_THE_LIMIT_VND = 20_000_001


async def agrees(visitor: Applicant) -> None:
    """Tick the agreement to price, commitment and promotion (SB.7)."""
    await visitor.page.get_by_role("checkbox", name=re.compile("^Tôi đã xem")).check()


async def at_the_payment_page(visitor: Applicant) -> None:
    """Agree to the price and leave for the payment page (F3.12 TH1)."""
    await agrees(visitor)
    await visitor.presses_next("Thanh toán")
    await visitor.stands_at(re.compile("/sim/payment/"))


async def pays_there(visitor: Applicant) -> None:
    """Pay on the payment page; its menu has a link of the same name."""
    await visitor.page.get_by_role("button", name="Thanh toán", exact=True).click()


async def test_what_costs_too_much_is_not_paid_on_receipt(visits: Opened) -> None:
    """F3.11: the limit is the service's."""
    customer = await (await visits()).actors.customer()
    await customer.finds_and_holds("PHYSICAL", min_price=ABOVE_THE_LIMIT_VND)
    await customer.fills_in_the_form()
    await customer.chooses_home()
    visitor = await opened_by(visits, customer, "/holds/{hold_id}/pay")
    await visitor.reads("chỉ thanh toán trực tuyến")
    await expect(
        visitor.page.get_by_role("radio", name=re.compile("^Khi nhận hàng"))
    ).to_have_count(0)


async def test_a_payment_that_was_left_is_taken_up_again_and_a_failed_one_says_why(
    visits: Opened,
) -> None:
    """F3.12, G10: back button at the bank, then no money in the account, then paid."""
    customer = await stories.with_slip((await visits()).actors, "ESIM")
    visitor = await opened_by(visits, customer, "/holds/{hold_id}/pay")
    await at_the_payment_page(visitor)
    await visitor.page.go_back()
    await visitor.reads("Đơn đang chờ bạn thanh toán")
    await visitor.presses_next("Thanh toán")
    await visitor.presses("Tài khoản không đủ tiền")
    await visitor.reads("Thanh toán không thành công: tài khoản không đủ tiền")
    await visitor.presses("Thanh toán lại")
    await pays_there(visitor)
    await visitor.reads("Đã thanh toán")
    await visitor.page.reload()
    await visitor.presses_next("Hòa mạng")
    await visitor.stands_at(re.compile(r"/activate/"))


async def test_money_that_comes_after_the_number_was_given_back_is_refunded(
    visits: Opened,
) -> None:
    """G10: the slip is returned in another tab while the payment page is open."""
    customer = await stories.with_slip((await visits()).actors, "ESIM")
    payer = await opened_by(visits, customer, "/holds/{hold_id}/pay")
    await at_the_payment_page(payer)
    other = await opened_by(visits, customer, "/holds/{hold_id}")
    await other.presses("Trả số")
    await confirms(other, "Trả số")
    await other.stands_at("/")
    await pays_there(payer)
    await payer.reads(re.compile(r"^Hoàn [0-9.]+"), seconds=25)
    await payer.presses_next("Xem đơn hàng")
    await payer.reads("Đã hủy")
    await payer.reads("Hoàn tiền")


async def test_what_was_paid_twice_goes_back_and_the_number_stays(visits: Opened) -> None:
    """G10: two attempts, both paid."""
    customer = await stories.with_slip((await visits()).actors, "ESIM")
    await customer.orders("ONLINE")
    path = f"/api/order/v1/orders/{customer.order['order_id']}/payments"
    second = await customer.gateway.post(path)
    await customer.pays()
    await customer.outside.pay(second["payment_url"])
    visitor = await opened_by(visits, customer, "/holds/{hold_id}/pay?returned=1")
    await visitor.reads("Đơn này được trả hai lần")
    await visitor.reads("Đã thanh toán")
