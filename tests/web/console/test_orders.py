"""The orders' desk: an order through all tabs, parcels that come back, many at once, keys alone."""

import re

from playwright.async_api import expect
from tests.e2e.stories import ordered_home, with_courier
from tests.web.console.clerk import Clerk
from tests.web.console.conftest import Sits
from tests.web.console.test_accessible import faults_of

from demo.actors import Actors
from demo.staff import COLLECTION, new_serial


async def test_an_order_goes_through_all_tabs(sits: Sits, actors: Actors) -> None:
    """F4.4, F4.8, F4.12, F4.13, F4.22."""
    lan = await ordered_home(actors)
    clerk = await sits("osp1")
    code = lan.hold["hold_code"]
    await opens_order(clerk, code)

    await confirms(clerk)
    await packs(clerk)
    assert await faults_of(clerk) == []
    await clerk.presses(re.compile("^Bàn giao bưu tá"))
    await clerk.reads(f"Đã bàn giao cho bưu tá: {code}")
    await clerk.reads("Bưu tá đang giao.")

    tracking = await tracking_of(actors, lan.hold_id)
    for word in ("picked", "delivered"):
        await actors.outside.courier(tracking, word)
    await lan.order_is("DELIVERED")
    await clerk.opens("/orders?tab=DELIVERED&order=NEWEST")
    await expect(clerk.page.get_by_role("row", name=re.compile(code))).to_be_visible()
    assert clerk.complaints == []


async def test_a_refused_parcel_is_followed_until_it_is_back(sits: Sits, actors: Actors) -> None:
    """F4.15 TH1, F4.16 to F4.18, G21."""
    lan = await ordered_home(actors)
    shipment = await (await actors.osp()).sees_order(lan.hold_id)
    tracking, _ = await with_courier(actors, lan)
    clerk = await sits("osp1")
    await actors.outside.courier(tracking, "refused", "Khách đổi ý")
    for word, text in (("return", "Đang hoàn hàng."), ("returned", "Đã hoàn hàng.")):
        await actors.outside.courier(tracking, word)
        await lan.order_is("CANCELLED")
        await clerk.opens(f"/orders?tab=CANCELLED&order=NEWEST&id={shipment['shipment_id']}")
        await clerk.reads(text)
    await clerk.reads("SIM này dùng được cho đơn khác.")


async def test_an_order_goes_its_whole_way_by_keys_alone(sits: Sits, actors: Actors) -> None:
    """F4.8, F4.12, F4.13: find, open, confirm, scan, hand over, close."""
    lan = await ordered_home(actors)
    clerk = await sits("osp1")
    await _finds_by_keys(clerk, lan.hold["hold_code"])

    await clerk.types("Enter")
    await clerk.page.keyboard.type(COLLECTION)
    await clerk.types("Control+Enter")
    serial = clerk.page.get_by_label("Serial SIM trắng")
    await expect(serial).to_be_focused()
    await expect(clerk.page.get_by_text("Đang đặt đơn vị vận chuyển.")).to_have_count(0)
    await clerk.page.keyboard.type(new_serial())
    await clerk.types("Enter")
    await expect(clerk.page.get_by_role("button", name=re.compile("^Bàn giao"))).to_be_focused()
    await clerk.types("Enter")
    await clerk.reads("Bưu tá đang giao.")
    await clerk.types("Escape")
    await expect(clerk.page.locator(".ws-side")).to_have_count(0)


async def test_cash_that_the_carrier_kept_silent_about_is_followed(
    sits: Sits, actors: Actors
) -> None:
    """F4.19 to F4.21: amount, carrier and tracking code, until the carrier names the money."""
    lan = await ordered_home(actors)
    tracking, _ = await with_courier(actors, lan)
    await actors.outside.fault("carrier", "silent_cash")
    await actors.outside.courier(tracking, "delivered")
    await lan.order_is("DELIVERED")
    clerk = await sits("osp1")
    await clerk.opens("/orders")
    await clerk.presses(re.compile("^Tiền thu hộ [1-9]"))
    await clerk.chooses(re.compile(lan.hold["hold_code"]))

    side = clerk.page.locator(".ws-side")
    await expect(side.get_by_text(tracking)).to_be_visible()
    await expect(side.get_by_text("GHN")).to_be_visible()
    await clerk.presses("Mở đơn", within=side)
    await clerk.reads("Đã giao")
    assert clerk.complaints == []


async def test_many_orders_are_confirmed_at_once_with_a_result_for_each(
    sits: Sits, actors: Actors
) -> None:
    """F4.8: one of them was cancelled while it was ticked."""
    first, second = await ordered_home(actors), await ordered_home(actors)
    clerk = await sits("osp1")
    await clerk.opens("/orders?order=NEWEST")
    for customer in (first, second):
        code = customer.hold["hold_code"]
        row = clerk.page.get_by_role("row", name=re.compile(code))
        await row.get_by_role("checkbox").check()
    await clerk.reads("Đã chọn 2 đơn")
    await second.cancels()
    await second.order_is("CANCELLED")

    await clerk.presses("Xác nhận, hẹn lấy hàng")
    await clerk.dialog.get_by_label("Nơi bưu tá đến lấy").fill(COLLECTION)
    assert await faults_of(clerk) == []
    await clerk.presses("Xác nhận, hẹn lấy hàng", within=clerk.dialog)

    await clerk.reads("1 đơn xong, 1 đơn cần xem")
    await clerk.reads(re.compile("Đơn vừa đổi trạng thái: đã hủy"))
    assert await faults_of(clerk) == []
    await first.order_is("AWAITING_COLLECTION")


async def test_an_order_is_rejected_for_a_reason_and_only_for_one(
    sits: Sits, actors: Actors
) -> None:
    """G17."""
    lan = await ordered_home(actors)
    clerk = await sits("osp1")
    await opens_order(clerk, lan.hold["hold_code"])
    await clerk.presses("Từ chối")
    reject = clerk.dialog.get_by_role("button", name="Từ chối đơn")
    await expect(reject).to_be_disabled()
    assert await faults_of(clerk) == []
    await clerk.types("1")
    await reject.click()

    await clerk.reads(f"Đã từ chối đơn {lan.hold['hold_code']}")
    await lan.order_is("CANCELLED")


async def test_filters_stand_in_the_address_and_an_empty_list_offers_to_clear_them(
    sits: Sits,
) -> None:
    clerk = await sits("osp1")
    await clerk.opens("/orders")
    await clerk.page.get_by_label("Cách nhận SIM").select_option("CHANNEL")
    await clerk.page.get_by_role("button", name="Quá hạn").click()
    await expect(clerk.page).to_have_url(re.compile("delivery=CHANNEL.*overdue=true"))
    assert await faults_of(clerk) == []
    await clerk.presses("Xóa lọc")
    await expect(clerk.page).not_to_have_url(re.compile("delivery|overdue"))


async def test_a_supervisor_follows_orders_and_is_offered_no_work(
    sits: Sits, actors: Actors
) -> None:
    lan = await ordered_home(actors)
    clerk = await sits("manager2")
    await opens_order(clerk, lan.hold["hold_code"])
    await clerk.reads("Vì sao đơn về đây")
    await expect(clerk.page.get_by_role("button", name=re.compile("Xác nhận, hẹn"))).to_have_count(
        0
    )


async def opens_order(clerk: Clerk, code: str) -> None:
    """Search for an order by its hold code, and open it."""
    await clerk.opens("/orders")
    finder = clerk.page.get_by_label(re.compile("^Tìm đơn theo"))
    await finder.fill(code)
    await finder.press("Enter")
    await clerk.chooses(re.compile(code))


async def _finds_by_keys(clerk: Clerk, code: str) -> None:
    """Search, walk to the row with Tab, and open it with Enter."""
    await clerk.opens("/orders")
    await clerk.types("/")
    await clerk.page.keyboard.type(code)
    await clerk.types("Enter")
    await expect(clerk.page.get_by_role("row", name=re.compile(code))).to_be_visible()
    while not await clerk.page.evaluate("document.activeElement.matches('.table-r')"):
        await clerk.types("Tab")
    await clerk.types("Enter")
    await expect(clerk.page.get_by_label("Nơi bưu tá đến lấy")).to_be_visible()


async def confirms(clerk: Clerk) -> None:
    """Say where the courier finds the parcel (F4.8)."""
    await clerk.page.get_by_label("Nơi bưu tá đến lấy").fill(COLLECTION)
    assert await faults_of(clerk) == []
    await clerk.presses(re.compile("^Xác nhận, hẹn lấy hàng"))
    await clerk.reads("Đã xác nhận. Đang đặt bưu tá.")


async def packs(clerk: Clerk) -> str:
    """Scan too little, then a whole serial, which is returned (F4.12)."""
    scanned = new_serial()
    serial = clerk.page.get_by_label("Serial SIM trắng")
    await serial.fill("12")
    await serial.press("Enter")
    await clerk.reads("Serial có 10 đến 20 chữ số. Quét lại mã vạch.")
    assert await faults_of(clerk) == []
    await serial.fill(scanned)
    await serial.press("Enter")
    return scanned


async def tracking_of(actors: Actors, hold_id: str) -> str:
    """Return the carrier's code of a parcel that is under way."""
    order = await (await actors.osp()).sees_order(hold_id, "DELIVERING")
    return str(order["tracking_code"])
