"""The review desk: doubtful checks, customers at a store, audits, who looked (G27, SD.2, LAW19)."""

import re

from playwright.async_api import expect
from tests.e2e import stories
from tests.web.console.clerk import Clerk
from tests.web.console.conftest import Sits
from tests.web.console.test_accessible import faults_of

from demo.actors import Actors
from demo.customer import Customer

REFERENCE = "C06-2026-000123"
POINTS = 3


async def unreadable(actors: Actors) -> Customer:
    """Bring a customer whose card nobody could read three times (G27)."""
    customer = await stories.paid_esim(actors)
    await customer.starts_activation()
    await customer.declares()
    for _ in range(3):
        await customer.photographs(card={"blur": True})
        await customer.verifies()
    await customer.kyc_is("NEEDS_REVIEW")
    return customer


async def opens_case(clerk: Clerk, customer: Customer) -> None:
    """Find a case in the list by its number, which the desk shows as it is read aloud."""
    await clerk.opens("/review/cases")
    await clerk.chooses(re.compile(re.escape(customer.hold["display"])))


async def test_a_reviewer_closes_every_open_point_of_a_case(sits: Sits, actors: Actors) -> None:
    """G27, LAW05: the papers open with the claim; a yes says what was compared."""
    customer = await unreadable(actors)
    officer = await sits("officer1")
    await opens_case(officer, customer)

    await officer.presses("Nhận hồ sơ")
    await officer.reads(customer.person.full_name)
    await officer.reads(f"Còn {POINTS} điểm chưa đối chiếu")
    assert await faults_of(officer) == []
    passes = officer.page.get_by_role("button", name="Hồ sơ hợp lệ")
    await expect(passes).to_be_disabled()
    for choice in await officer.page.locator(".point .segments label").all():
        await choice.click()
    for field in await officer.page.get_by_label("Mã tra cứu CSDL").all():
        await field.fill(REFERENCE)
    await passes.click()

    await officer.reads("Hồ sơ hợp lệ, khách được tiếp tục")
    await customer.kyc_is("KYC_PASSED")
    assert officer.complaints == []


async def test_a_claimed_case_names_the_colleague_and_a_supervisor_takes_it_over(
    sits: Sits, actors: Actors
) -> None:
    """G27: one reviewer at a time; a no needs its reason."""
    customer = await unreadable(actors)
    officer = await sits("officer1")
    await opens_case(officer, customer)
    await officer.presses("Nhận hồ sơ")
    await officer.reads(customer.person.full_name)

    manager = await sits("manager2")
    await opens_case(manager, customer)
    await manager.reads(re.compile(r"officer1 nhận lúc \d\d:\d\d"))
    await manager.presses("Tiếp quản")
    await manager.reads(customer.person.full_name)
    await manager.presses("Không hợp lệ")
    assert await faults_of(manager) == []
    await manager.types("1", "Enter")

    await manager.reads("Đã kết luận không hợp lệ")
    await customer.kyc_is("KYC_FAILED")


async def approved_by(actors: Actors, agent_name: str) -> Customer:
    """Bring a customer whom an agent has seen and approved."""
    customer = await stories.paid_esim(actors)
    assert (await customer.shows_papers())["status"] == "KYC_PASSED"
    await customer.calls()
    agent = await actors.agent(agent_name)
    await agent.answers(customer.hold_id)
    await agent.sees_the_case(customer.hold_id)
    await agent.examines(customer.person)
    await agent.approves()
    return customer


async def test_an_auditor_reads_who_looked_at_a_case_and_audits_a_call(
    sits: Sits, actors: Actors
) -> None:
    """LAW19: each look is there, with its name and time; the auditor's own as well."""
    await approved_by(actors, "agent1")
    auditor = await sits("auditor1")
    await auditor.opens("/review/audits")
    await auditor.page.locator(".table-r", has_text="agent1").first.click()
    await auditor.reads("Khuôn mặt nhìn thẳng")
    assert await faults_of(auditor) == []

    await auditor.presses("Ai đã xem hồ sơ này")
    await auditor.stands_at("/oversight/audit")
    row = auditor.page.get_by_role("row", name=re.compile("^agent1, Xem hồ sơ xác thực"))
    await expect(row.first).to_be_visible()
    assert auditor.complaints == []


async def test_a_supervisor_revokes_an_approval_that_an_auditor_doubts(
    sits: Sits, actors: Actors
) -> None:
    """SD.2: a day's only decision of an agent is always in the sample; both say why."""
    customer = await approved_by(actors, "agent2")
    row = re.compile(re.escape(customer.hold["display"]))
    auditor = await sits("auditor1")
    await auditor.opens("/review/audits")
    await auditor.chooses(row)
    await auditor.presses("Có nghi vấn")
    await auditor.dialog.get_by_label("Điều bạn thấy chưa đúng").fill("Khuôn mặt không rõ.")
    assert await faults_of(auditor) == []
    await auditor.presses("Có nghi vấn", within=auditor.dialog)
    await auditor.reads("Đã ghi kết quả kiểm tra")

    manager = await sits("manager2")
    await manager.opens("/review/audits")
    await manager.chooses(row)
    await manager.reads("Khuôn mặt không rõ.")
    await manager.presses("Thu hồi kết quả duyệt")
    await manager.types("1")
    assert await faults_of(manager) == []
    await manager.types("Enter")
    await manager.reads("Đã thu hồi kết quả duyệt")
    assert auditor.complaints == manager.complaints == []


async def test_an_auditor_reads_the_newest_look_and_the_newest_export_first(
    sits: Sits, actors: Actors
) -> None:
    """LAW19: of all services in one list, of one hold or one member of staff if asked for."""
    customer = await stories.paid_esim(actors)
    assert (await customer.shows_papers())["status"] == "KYC_PASSED"
    await customer.calls()
    agent = await actors.agent()
    await agent.answers(customer.hold_id)
    await agent.sees_the_case(customer.hold_id)
    osp = await sits("osp1")
    await osp.opens("/orders")
    async with osp.page.expect_download():
        await osp.presses("Tải CSV")
    clerk = await sits("auditor1")
    await clerk.opens("/oversight/audit")

    first = clerk.page.get_by_role("row").nth(1)
    await expect(first).to_have_accessible_name(re.compile(r"^osp1, Xuất [\d.]+ đơn ra tệp"))
    await first.click()
    await clerk.reads("Chờ xử lý")
    await clerk.page.get_by_label("Mã giữ số hoặc số thuê bao").fill(customer.hold["hold_code"])
    await clerk.types("Enter")
    await clerk.reads(f"Phiếu {customer.hold['hold_code']}")
    await clerk.chooses(re.compile("^agent1, Xem hồ sơ xác thực"))
    await expect(clerk.page.get_by_role("row", name=re.compile("^osp1"))).to_have_count(0)
    await clerk.presses("Mọi lượt của agent1")
    await expect(clerk.page.get_by_role("button", name="Bỏ lọc Nhân viên agent1")).to_be_visible()
    assert clerk.complaints == []
