"""Holding, delivery and cancelling: the ways a customer can go, and refusals (F3, F4)."""

import re

from playwright.async_api import expect
from tests.e2e import stories
from tests.web.conftest import Opened
from tests.web.openings import confirms, opened_by


async def test_a_number_that_somebody_else_has_just_held_is_said_to_be_gone(
    visits: Opened,
) -> None:
    """F3.1: lost between the look and the press."""
    other = await (await visits()).actors.customer()
    number = await other.finds("*68")
    loser = await (await visits()).actors.customer()
    visitor = await opened_by(visits, loser, f"/?giu={number['display'].replace(' ', '')}")
    await visitor.reads("Chọn loại SIM")
    await other.holds(number, "ESIM")
    await (
        visitor.page.get_by_role("dialog").get_by_role("button", name="Giữ số", exact=True).click()
    )
    await visitor.reads(re.compile("Số này vừa có người khác giữ|Có người vừa giữ số này"))


async def test_a_form_whose_number_was_given_back_in_another_tab_leads_to_a_new_search(
    visits: Opened,
) -> None:
    """F3.3: two tabs; what was typed is not lost silently."""
    actors = (await visits()).actors
    customer = await actors.customer()
    await customer.finds_and_holds("ESIM")
    form = await opened_by(visits, customer, "/holds/{hold_id}/form")
    await form.fills(full_name="Nguyễn Thị Mẫu Lan")
    await form.page.reload()
    await expect(form.page.locator("[name=full_name]")).to_have_value("Nguyễn Thị Mẫu Lan")
    other = await opened_by(visits, customer, "/holds/{hold_id}/form")
    await other.presses("Trả số")
    await other.reads("Người khác sẽ giữ được số ngay lập tức")
    await confirms(other, "Trả số")
    await other.stands_at("/")
    await form.presses("Nhận phiếu giữ số")
    await form.reads("Tìm lại số này", seconds=20)


async def test_a_slip_that_is_given_back_says_so_and_what_can_be_done_now(visits: Opened) -> None:
    """F3.14 TH2: the consequence first, then the slip as it is now."""
    customer = await stories.with_slip((await visits()).actors, "ESIM")
    visitor = await opened_by(visits, customer, "/holds/{hold_id}")
    await visitor.presses("Trả số")
    await confirms(visitor, "Trả số")
    await visitor.stands_at("/")
    await visitor.opens(f"/holds/{customer.hold_id}")
    await visitor.reads("Bạn đã trả số này")
    await expect(visitor.page.get_by_role("button", name="Giữ lại số này")).to_be_visible()


async def test_a_sim_card_is_fetched_at_a_store_near_the_customer(visits: Opened) -> None:
    """F3.8 TH2, F3.9, F4.6: the province by typing, the store by its hours, paid at the counter."""
    actors = (await visits()).actors
    customer = await stories.with_slip(actors, "PHYSICAL")
    visitor = await opened_by(visits, customer, "/holds/{hold_id}")
    await visitor.presses_next("Chọn cách nhận SIM")
    await visitor.presses_next("Tiếp tục")
    await visitor.reads("Chọn giao tận nhà hoặc nhận tại cửa hàng.")
    await visitor.page.get_by_role("radio", name=re.compile("^Nhận tại cửa hàng")).check()
    await visitor.presses_next("Tiếp tục")
    await visitor.reads("Chọn một cửa hàng.")
    await visitor.page.get_by_role("combobox").fill("ha noi")
    await visitor.page.keyboard.press("Enter")
    await expect(visitor.page.get_by_role("radio").nth(2)).to_have_accessible_name(
        re.compile("Hà Nội")
    )
    await visitor.page.get_by_role("combobox").fill("ho chi minh")
    await visitor.page.keyboard.press("Enter")
    await visitor.page.get_by_role("radio", name=re.compile("^Cửa hàng Sài Gòn")).check()
    await visitor.presses_next("Tiếp tục")
    await visitor.orders_on_receipt()
    await visitor.presses_next("Xem phiếu")
    await visitor.presses_next("Theo dõi đơn hàng")
    await visitor.reads("Cửa hàng đang chuẩn bị SIM")
    await (await actors.store()).makes_ready(customer.hold_id)
    await visitor.page.reload()
    await visitor.reads("SIM đã sẵn sàng")


async def test_a_wrong_address_or_tax_code_is_said_at_its_field_and_nothing_is_lost(
    visits: Opened,
) -> None:
    """F3.10, F3.5: the service's own word stands at the field; reload keeps what was typed."""
    customer = await stories.with_slip((await visits()).actors, "PHYSICAL")
    visitor = await opened_by(visits, customer, "/holds/{hold_id}/delivery")
    await visitor.page.get_by_role("radio", name=re.compile("^Giao tận nhà")).check()
    await visitor.fills(phone="12345", street="Số 7 Phố Thử")
    await visitor.presses_next("Tiếp tục")
    await visitor.reads("Nhập số di động Việt Nam")
    await visitor.page.reload()
    await expect(visitor.page.locator("[name=street]")).to_have_value("Số 7 Phố Thử")
    await visitor.fills(phone=customer.person.phone)
    await visitor.presses_next("Tiếp tục")
    await visitor.stands_at(re.compile("/pay$"))
    await visitor.presses_next("Thanh toán")
    await visitor.reads("Đánh dấu đồng ý để tiếp tục")
    await visitor.page.get_by_role("checkbox", name=re.compile("^Tôi đã xem")).check()
    await visitor.page.get_by_role("checkbox", name=re.compile("^Xuất hóa đơn")).check()
    await visitor.fills(name="Công ty Mẫu", tax_code="123", address="Số 7 Phố Thử")
    await visitor.page.get_by_role("radio", name=re.compile("^Khi nhận hàng")).check()
    await visitor.presses_next("Đặt hàng")
    await visitor.reads("Mã số thuế gồm 10, 12 hoặc 13 chữ số")
    await visitor.fills(tax_code="")
    await visitor.presses_next("Đặt hàng")
    await visitor.reads("Đã đặt hàng")


async def test_a_paid_order_is_cancelled_with_its_consequences_said_first(visits: Opened) -> None:
    """F4.3 TH1, G18: the refund is seen on the order; the tab is Đã hủy."""
    customer = await stories.paid_esim((await visits()).actors)
    visitor = await opened_by(visits, customer, "/orders/{order_id}")
    await visitor.presses("Hủy đơn hàng")
    dialog = visitor.page.get_by_role("dialog")
    await expect(dialog.get_by_text(re.compile("^Bạn được hoàn"))).to_be_visible()
    await dialog.get_by_role("radio", name="Tôi phải chờ lâu").check()
    await dialog.get_by_role("button", name="Hủy đơn hàng").click()
    await visitor.reads("Bạn đã hủy đơn này vì phải chờ lâu", seconds=25)
    await visitor.reads("Hoàn tiền", seconds=25)
    await visitor.opens("/orders?tab=CANCELLED")
    await visitor.reads("Đã hủy")
    await visitor.opens("/orders?tab=DELIVERED")
    await visitor.reads("Chưa có đơn nào ở mục này")


async def test_a_parcel_on_its_way_cannot_be_cancelled_any_more(visits: Opened) -> None:
    """F4.10, G18: the tabs' words follow the parcel, the way to cancel is gone."""
    actors = (await visits()).actors
    customer = await stories.ordered_home(actors)
    visitor = await opened_by(visits, customer, "/orders/{order_id}")
    await visitor.presses("Hủy đơn hàng")
    dialog = visitor.page.get_by_role("dialog")
    await expect(dialog.get_by_text(re.compile("^Nếu bưu tá đã cầm SIM"))).to_be_visible()
    reads = re.compile("/api/order/v1/orders/[0-9a-f-]+$")
    await visitor.page.route(reads, lambda route: route.abort())  # the page does not know yet
    await stories.with_courier(actors, customer)
    await dialog.get_by_role("button", name="Hủy đơn hàng").click()
    await visitor.reads("hãy từ chối khi người giao hàng đến")
    await dialog.get_by_role("button", name="Giữ đơn hàng").click()
    await visitor.page.unroute(reads)
    await visitor.reads("Đang giao hàng", seconds=25)
    await expect(visitor.page.get_by_role("button", name="Hủy đơn hàng")).to_have_count(0)


async def test_a_slip_can_be_shown_without_a_network_until_its_owner_signs_out(
    visits: Opened,
) -> None:
    """F3.14: the code is there at the counter, with the time of the data."""
    customer = await stories.with_slip((await visits()).actors, "PHYSICAL")
    visitor = await opened_by(visits, customer, "/holds/{hold_id}")
    code = customer.hold["hold_code_display"]
    await visitor.reads(code)
    await visitor.page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    await visitor.page.context.set_offline(True)
    await visitor.page.reload()
    await visitor.reads(code)
    await visitor.reads(re.compile("Đây là nội dung lúc"))
    await visitor.page.context.set_offline(False)
    assert await visitor.page.evaluate("localStorage.getItem('slips') !== null")
    await visitor.opens("/account")
    await visitor.presses("Đăng xuất")
    await confirms(visitor, "Đăng xuất")
    await visitor.stands_at("/")
    assert await visitor.page.evaluate("localStorage.getItem('slips')") is None
