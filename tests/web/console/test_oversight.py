"""A supervisor's day: the board, an order for another company, a stuck journey, dead events."""

import re

from playwright.async_api import expect
from tests.e2e.stories import ordered_home
from tests.web.console.conftest import Sits
from tests.web.console.test_accessible import faults_of
from tests.web.databases import Databases

from demo.actors import Actors
from demo.customer import Customer
from demo.gateway import until


async def test_the_board_shows_the_regions_of_its_supervisor(sits: Sits) -> None:
    """SB.3.3, SD.4."""
    clerk = await sits("manager2")
    await clerk.opens("/oversight")
    await expect(clerk.page.get_by_role("heading", name="Công ty KV2")).to_be_visible()
    await expect(clerk.page.get_by_text(re.compile("^Công ty KV"))).to_have_count(1)
    await clerk.reads("Hành trình theo bước")
    assert await faults_of(clerk) == []

    head_office = await sits("admin")
    await head_office.opens("/oversight")
    rows = head_office.page.get_by_role("row", name=re.compile("^Công ty KV"))
    await expect(rows).to_have_count(9)
    assert clerk.complaints == head_office.complaints == []


async def test_a_supervisor_hands_an_order_to_another_company(sits: Sits, actors: Actors) -> None:
    """SD.3, and why the order was here."""
    lan = await ordered_home(actors)
    clerk = await sits("manager2")
    await clerk.opens(f"/oversight/routing?region=KV2&id={lan.order['order_id']}")
    await clerk.reads(re.compile("KV2 · 2HCM"))

    await clerk.presses("Chuyển công ty")
    assert await faults_of(clerk) == []
    await clerk.dialog.get_by_label("Công ty nhận").select_option("KV3")
    await clerk.presses("Chuyển đơn", within=clerk.dialog)

    await clerk.reads("Đã chuyển đơn sang KV3")
    osp = await actors.desk("admin")
    order = await osp.get(f"/api/order/v1/staff/orders/{lan.order['order_id']}")
    assert order["region"] == "KV3"
    assert clerk.complaints == []


async def _is_told(customer: Customer) -> bool:
    """Tell whether all facts of a placed order are in its story: a later one starts it anew."""
    story = await customer.gateway.get(f"/api/order/v1/journeys/{customer.hold_id}/timeline")
    return {"OrderRouted", "HoldConfirmed"} <= {entry["event"] for entry in story["items"]}


async def test_a_stuck_journey_says_whose_work_is_next_and_leads_to_its_page(
    sits: Sits, actors: Actors, databases: Databases
) -> None:
    lan = await ordered_home(actors)
    await until("the order's story to be told so far", lambda: _is_told(lan))
    await databases.grow_old(lan.hold_id)

    clerk = await sits("manager2")
    await clerk.opens("/oversight/stuck?responsible=ORDERS")
    await clerk.chooses(re.compile(lan.hold["hold_code"]))
    side = clerk.page.get_by_role("complementary")
    await expect(side.get_by_text("Bàn đơn hàng")).to_be_visible()
    await expect(side.get_by_text("Việc tiếp theo")).to_be_visible()
    assert await faults_of(clerk) == []
    await clerk.presses("Xem hành trình", within=side)
    await clerk.stands_at(f"/console/journeys/{lan.hold_id}")
    assert clerk.complaints == []


async def test_one_person_runs_a_dead_event_again(
    sits: Sits, actors: Actors, databases: Databases
) -> None:
    event_id = await databases.park_dead("catalog")
    clerk = await sits("sre")
    await clerk.opens(f"/oversight/events?service=catalog&id={event_id}")
    await clerk.reads('"session_id":')

    await clerk.presses("Chạy lại")

    await clerk.reads("Sự kiện đang được chạy lại")
    await expect(clerk.page.get_by_role("complementary")).to_have_count(0)
    assert await _is_gone(actors, "catalog", event_id)
    assert clerk.complaints == []


async def test_a_drop_needs_a_second_person(
    sits: Sits, actors: Actors, databases: Databases
) -> None:
    event_id = await databases.park_dead("notification")
    address = f"/oversight/events?service=notification&id={event_id}"
    first, second = await sits("sre"), await sits("admin")
    await first.opens(address)

    await first.presses("Đề nghị bỏ")
    assert await faults_of(first) == []
    await first.dialog.get_by_label("Dữ liệu thử").check()
    await first.presses("Đề nghị bỏ", within=first.dialog)
    await first.reads("Bạn đề nghị bỏ")
    await expect(first.page.get_by_role("button", name="Duyệt bỏ")).to_have_count(0)
    assert await faults_of(first) == []

    await second.opens(address)
    await second.reads("sre đề nghị bỏ")
    await second.presses("Duyệt bỏ")
    assert await faults_of(second) == []
    await second.presses("Duyệt bỏ", within=second.dialog)
    await second.reads("Đã bỏ sự kiện")

    assert await _is_gone(actors, "notification", event_id)
    assert first.complaints == second.complaints == []


async def _is_gone(actors: Actors, service: str, event_id: str) -> bool:
    sre = await actors.desk("sre")
    path = f"/api/{service}/v1/dead-letters"

    async def gone() -> bool:
        states = ("DEAD", "FAILING", "WAITING", "QUEUED")
        pages = [await sre.get(path, state=state, limit=100) for state in states]
        return event_id not in {item["event_id"] for page in pages for item in page["items"]}

    return await until("the event is no longer parked", gone)


async def test_an_auditor_sees_no_events(sits: Sits) -> None:
    clerk = await sits("auditor1")
    await clerk.opens("/oversight/audit")
    await expect(clerk.page.get_by_role("link", name="Sự kiện lỗi")).to_have_count(0)
    await clerk.opens("/oversight/events")
    await clerk.reads("Mục này không dành cho vai trò của bạn")
