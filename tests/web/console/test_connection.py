"""An officer at the console: confirm, refuse, conflicts, a supervisor who takes over (P6.1)."""

import re

from playwright.async_api import Route, expect
from tests.e2e import stories
from tests.web.conftest import Opened
from tests.web.console.clerk import Clerk
from tests.web.console.conftest import Sits
from tests.web.console.test_accessible import faults_of

from demo.actors import Actors
from demo.customer import Customer

CONFIRM = re.compile("^Xác nhận đấu nối")
READS_OF_THE_DESK = re.compile(r"/api/activation/v1/desk/(queue|counts|[0-9a-f-]{36}$)")


def row_of(customer: Customer) -> re.Pattern[str]:
    """Return the name of a dossier's row: its number in groups."""
    national = f"0{customer.hold['msisdn'].removeprefix('84')}"
    return re.compile(f"{national[:4]} {national[4:7]} {national[7:]}")


async def _opened(clerk: Clerk, customer: Customer) -> None:
    """Claim a dossier from the list, and have its papers and pictures before one."""
    await clerk.opens("/connection")
    await clerk.chooses(row_of(customer))
    await clerk.presses(re.compile("^Nhận hồ sơ"))
    await clerk.stands_at(f"/connection/{customer.hold_id}")
    await clerk.reads(customer.person.full_name)


async def test_an_officer_confirms_by_keyboard_alone(sits: Sits, actors: Actors) -> None:
    """P6.1: the list, the claim, the evidence and the decision, without a mouse."""
    customer = await stories.sent(actors, "ESIM")
    clerk = await sits("officer1")
    await clerk.opens("/connection")
    row = clerk.page.get_by_role("row", name=row_of(customer))
    await expect(row).to_be_visible()
    for _ in range(100):
        await clerk.types("j")
        if await row.get_attribute("aria-selected") == "true":
            break
    await clerk.types("Enter")
    await clerk.stands_at(f"/connection/{customer.hold_id}")
    await clerk.reads(customer.person.full_name)
    await expect(clerk.page.get_by_role("button", name="Phóng to: Chữ ký")).to_be_enabled()
    await expect(
        clerk.page.get_by_role("button", name="Phóng to: Khuôn mặt trong cuộc gọi")
    ).to_be_enabled()
    await clerk.reads(re.compile("Giấy tờ đang dùng cho"))
    assert await faults_of(clerk) == []
    await clerk.types("Control+Enter")
    await clerk.reads("Đã xác nhận, mSale đang đấu nối")

    await customer.activation_is("ESIM_QR_SENT")
    assert clerk.complaints == []


async def test_a_refusal_names_the_step_that_the_customer_then_sees(
    sits: Sits, visits: Opened, actors: Actors
) -> None:
    """F5a.16, F5a.18: nothing is sent without a reason; its step opens again, no other."""
    customer = await stories.sent(actors, "ESIM")
    clerk = await sits("officer1")
    await _opened(clerk, customer)
    await clerk.types("x")
    refuse = clerk.dialog.get_by_role("button", name="Từ chối")
    await expect(refuse).to_be_disabled()
    await clerk.types("5")
    await expect(clerk.dialog.get_by_role("radio", name=re.compile("^Chữ ký"))).to_be_checked()
    assert await faults_of(clerk) == []
    await clerk.dialog.get_by_label("Ghi chú cho khách").fill("Chữ ký bị nhòe, vui lòng ký lại.")
    await refuse.click()
    await clerk.reads("Đã từ chối, khách được báo bước cần làm lại")
    await expect(clerk.dialog).to_have_count(0)

    applicant = await visits()
    await applicant.opens_activation_of(customer)
    await applicant.reads("Chữ ký bị nhòe, vui lòng ký lại.")
    await applicant.presses("Ký lại hợp đồng")
    assert clerk.complaints == []


async def test_a_conflict_says_which_colleague_was_quicker_and_when(
    sits: Sits, actors: Actors
) -> None:
    """The list was read before the colleague claimed; nothing else has told of it yet."""
    customer = await stories.sent(actors, "ESIM")
    clerk = await sits("officer1")
    await clerk.opens("/connection")
    await clerk.chooses(row_of(customer))
    await expect(clerk.page.get_by_role("button", name=re.compile("^Nhận hồ sơ"))).to_be_visible()

    async def is_silent(route: Route) -> None:
        await (route.abort() if route.request.method == "GET" else route.continue_())

    await clerk.page.route(READS_OF_THE_DESK, is_silent)
    await (await actors.officer("officer2")).claims(customer.hold_id)
    await clerk.presses(re.compile("^Nhận hồ sơ"))
    await clerk.reads(re.compile(r"Hồ sơ đã được officer2 nhận lúc \d\d:\d\d"))
    await clerk.stands_at("/connection")


async def test_a_supervisor_takes_over_and_the_officer_gives_back(
    sits: Sits, actors: Actors
) -> None:
    """P4.1: another's dossier shows whose it is; released, it waits for anybody."""
    customer = await stories.sent(actors, "ESIM")
    await (await actors.officer("officer2")).claims(customer.hold_id)
    clerk = await sits("manager2")
    await clerk.opens("/connection")
    await clerk.chooses(row_of(customer))
    await clerk.reads(re.compile(r"officer2 nhận lúc \d\d:\d\d"))
    assert await faults_of(clerk) == []
    await clerk.presses(re.compile("^Nhận thay"))
    await clerk.stands_at(f"/connection/{customer.hold_id}")
    await expect(clerk.page.get_by_role("button", name=CONFIRM)).to_be_enabled()
    await clerk.presses(re.compile("^Trả lại"))
    await clerk.stands_at("/connection")
    await expect(clerk.page.get_by_role("row", name=row_of(customer))).to_contain_text(
        "Chưa ai nhận"
    )
    assert clerk.complaints == []


async def test_the_desk_is_not_for_other_roles(sits: Sits) -> None:
    """Refuse the page in words, without a list, to an auditor who types its address."""
    clerk = await sits("auditor1")
    await clerk.opens("/connection")
    await clerk.reads("Mục này không dành cho vai trò của bạn")
    assert await faults_of(clerk) == []
    await expect(clerk.page.get_by_role("grid")).to_have_count(0)
