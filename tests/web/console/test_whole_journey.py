"""A SIM card's whole way by hands alone: the customer in one window, every desk in another."""

import re

from playwright.async_api import expect
from tests.web.applicant import Applicant
from tests.web.conftest import Opened
from tests.web.console.call_desk import (
    accepts,
    begins_shift,
    nobody_waits,
    passes_challenges,
    receives_photos,
    sees_the_customer,
    ticks_everything,
)
from tests.web.console.clerk import Clerk
from tests.web.console.conftest import Sits
from tests.web.console.test_connection import CONFIRM
from tests.web.console.test_orders import confirms, opens_order, packs, tracking_of
from tests.web.console.test_video import APPROVE
from tests.web.test_journeys import with_account

from demo.actors import Actors


async def test_a_customer_and_every_desk_bring_a_sim_card_to_the_network(
    visits: Opened, sits: Sits, actors: Actors
) -> None:
    """F3, F4.4 to F4.15, F5a, P5.1, P6.1: only the courier and mSale are not played by hand."""
    await nobody_waits(actors)
    nam = await with_account(visits)
    await nam.finds_and_holds("SIM vật lý")
    await nam.fills_in_the_form()
    await nam.presses_next("Chọn cách nhận SIM")
    await nam.chooses_home()
    await nam.orders_on_receipt()
    serial = await sends_the_parcel(await sits("osp1"), nam)
    await nam.starts_activation()
    await nam.confirms_the_information()
    await nam.photographs()
    await nam.verifies()
    await nam.calls()
    await approves(await sits("agent1"), nam)
    await nam.presses("Tiếp tục với thẻ SIM")
    await nam.enters_serial(serial)
    await nam.reads_and_signs()
    await nam.sends()
    await connects(await sits("officer1"), nam)
    await nam.reads("Đã hòa mạng", seconds=60)
    assert nam.complaints == []


async def sends_the_parcel(clerk: Clerk, customer: Applicant) -> str:
    """Confirm, pack and hand over an order, which the courier delivers; return the serial."""
    order = await (await customer.actors.osp()).sees_order(customer.hold_id)
    await opens_order(clerk, order["hold_code"])
    await confirms(clerk)
    serial = await packs(clerk)
    await clerk.presses(re.compile("^Bàn giao bưu tá"))
    await clerk.reads("Bưu tá đang giao.")
    tracking = await tracking_of(customer.actors, customer.hold_id)
    slip = f"/holds/{customer.hold_id}"
    for word, said in (("picked", "Đang giao"), ("delivered", "Đã giao")):
        await customer.actors.outside.courier(tracking, word)
        await customer.opens(slip)
        await customer.reads(said)
    return serial


async def approves(agent: Clerk, customer: Applicant) -> None:
    """Answer the call that rings, compare, and approve."""
    await begins_shift(agent)
    await accepts(agent, customer)
    await customer.reads("Nhân viên đang gặp bạn")
    await passes_challenges(agent)
    await receives_photos(agent)
    await ticks_everything(agent)
    await sees_the_customer(agent)
    await agent.page.get_by_role("button", name=APPROVE).click()
    await agent.reads("Đã duyệt, chuyển sang ký và đấu nối")
    await customer.reads("Xác minh thành công")


async def connects(officer: Clerk, customer: Applicant) -> None:
    """Claim the dossier, look at the evidence, and confirm."""
    await officer.opens(f"/connection/{customer.hold_id}")
    await officer.presses(re.compile("^Nhận hồ sơ"))
    await officer.reads(customer.person.full_name)
    signature = officer.page.get_by_role("button", name="Phóng to: Chữ ký")
    await expect(signature).to_be_enabled()
    await officer.presses(CONFIRM)
    await officer.reads("Đã xác nhận, mSale đang đấu nối")
