"""A person is interrupted in mid-step, and nothing they did is lost or done twice."""

import re

from playwright.async_api import expect
from tests.web.applicant import Applicant
from tests.web.conftest import Opened
from tests.web.stages import Stages

NAME = "Nguyễn Trần Thị Phương Thảo"


async def in_the_form(visits: Opened, stages: Stages) -> Applicant:
    """Give a person whose number is locked and who has typed a name."""
    visitor = await visits()
    customer = await stages.fresh("locked")
    await visitor.signs_in_as(customer)
    visitor.chosen = customer.hold_id
    await visitor.opens(f"/holds/{customer.hold_id}/form")
    await visitor.fills(full_name=NAME)
    return visitor


async def test_a_reload_and_the_back_button_keep_what_was_typed(
    visits: Opened, stages: Stages
) -> None:
    """F3.3: the draft of the form outlives both."""
    visitor = await in_the_form(visits, stages)
    name = visitor.page.locator("[name=full_name]")
    await visitor.page.reload()
    await expect(name).to_have_value(NAME)
    await visitor.page.goto("/plans")
    await visitor.page.go_back()
    await expect(name).to_have_value(NAME)


async def test_a_line_that_breaks_in_mid_step_loses_nothing(visits: Opened, stages: Stages) -> None:
    """F3.4: the form says what happened, keeps everything, and is sent when the line is back."""
    visitor = await in_the_form(visits, stages)
    await visitor.fills_in_everything()
    await visitor.page.context.set_offline(True)
    await visitor.presses("Nhận phiếu giữ số")
    await visitor.reads("Không có kết nối mạng")
    await visitor.reads("Không có mạng. Nội dung")
    await visitor.page.context.set_offline(False)
    await expect(visitor.page.locator("[name=full_name]")).to_have_value(visitor.person.full_name)
    await visitor.presses("Nhận phiếu giữ số")
    await visitor.stands_at(f"/holds/{visitor.chosen}")


async def test_two_taps_hold_one_number(visits: Opened, stages: Stages) -> None:
    """F3.1: an impatient thumb is harmless."""
    visitor = await visits()
    customer = await stages.fresh("registered")
    await visitor.signs_in_as(customer)
    await visitor.opens("/")
    await visitor.opens_a_number()
    sheet = visitor.page.get_by_role("dialog")
    await sheet.get_by_role("button", name="Giữ số", exact=True).dblclick()
    await visitor.stands_at(re.compile("/form$"))
    holds = await customer.gateway.get("/api/hold/v1/holds")
    assert len(holds["items"]) == 1


async def test_two_tabs_show_the_same_hold_and_one_slip(visits: Opened, stages: Stages) -> None:
    """F3.4: the second tab, left at the form, finds that the slip was issued in the first."""
    visitor = await in_the_form(visits, stages)
    second = await visitor.page.context.new_page()
    await second.goto(f"/holds/{visitor.chosen}/form")
    await visitor.fills_in_everything()
    await visitor.presses("Nhận phiếu giữ số")
    await visitor.stands_at(f"/holds/{visitor.chosen}")
    await second.bring_to_front()
    await second.reload()
    await expect(second.get_by_role("heading", level=1)).to_be_visible()
    await second.goto(f"/holds/{visitor.chosen}")
    await expect(second.get_by_text(re.compile("^GS "))).to_be_visible()


async def test_the_slip_is_read_without_a_network(visits: Opened, stages: Stages) -> None:
    """F3.13: at a counter without reception the code is still there, with the time it was read."""
    visitor = await visits()
    customer = await stages.customer("slip of an eSIM")
    await visitor.signs_in_as(customer)
    await visitor.opens(f"/holds/{customer.hold_id}")
    code = visitor.page.get_by_text(re.compile("^GS "))
    await expect(code).to_be_visible()
    await visitor.page.evaluate("navigator.serviceWorker.ready.then(() => null)")
    await visitor.page.context.set_offline(True)
    await visitor.page.reload()
    await expect(code).to_be_visible()
    await visitor.reads("Không có mạng. Nội dung")


async def test_who_came_from_outside_goes_back_within_the_app(visits: Opened) -> None:
    """F1.13: a link that led to the sign-in; its arrow does not lead out of the app."""
    visitor = await visits()
    await visitor.opens("/orders/01a22a8a-45cc-7e65-9baf-f9ca176049af")
    await visitor.stands_at(re.compile(r"/login\?next="))
    await visitor.presses("Quay lại")
    await visitor.stands_at("/")
    await visitor.reads("Số đẹp gợi ý")
