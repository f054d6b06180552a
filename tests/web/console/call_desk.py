"""An agent's hands at the video desk."""

import re

from playwright.async_api import FilePayload, expect
from tests.web.applicant import Applicant
from tests.web.console.clerk import Clerk

from demo import papers
from demo.actors import Actors
from demo.customer import Customer

Seen = Customer | Applicant
"""A person in a call, who came so far by API or by hand."""

CHECKS = 5
ATTEMPTS = 8


async def nobody_waits(actors: Actors) -> None:
    """Send away whoever still waits from another test: the next caller is then this test's."""
    agent = await actors.agent()
    while (await agent.gateway.get("/api/videocall/v1/desk/queue"))["waiting"]:
        if offer := await agent.rings():
            await agent.accepts(offer)
    await agent.rings()
    await agent.is_offline()


async def begins_shift(agent: Clerk) -> None:
    """Try camera, microphone and speaker, and begin (SB.3.3)."""
    await agent.opens("/video")
    await agent.presses("Bật camera và micro")
    await agent.presses("Phát tiếng thử")
    await agent.presses("Tôi nghe thấy")
    await agent.presses("Vào ca")


async def accepts(agent: Clerk, customer: Seen) -> None:
    """Accept the call that rings by its key, and see whom it is about (P5.1)."""
    await expect(agent.page.get_by_role("alertdialog")).to_contain_text("Cuộc gọi đến")
    await agent.types("Enter")
    await expect(agent.page.locator(".frame-n")).to_contain_text(customer.person.full_name)
    await expect(agent.page.locator("table.cmp")).to_contain_text(customer.person.full_name)


async def sees_the_customer(agent: Clerk) -> None:
    """Wait until the customer's picture is on the stage, and the recording light is on (LAW09)."""
    await expect(agent.page.locator(".frame[data-phase=live]")).to_be_visible(timeout=40_000)
    await expect(agent.page.locator(".rec")).to_have_text("Đang ghi", timeout=40_000)


async def approves_by_keys(agent: Clerk) -> None:
    """Approve, and once more where the recording stood still at that moment."""
    # Before it is complete, the key does nothing.
    await agent.reads("Đủ thử thách, ảnh và tiêu chí, có thể duyệt")
    approved = agent.page.get_by_text("Đã duyệt, chuyển sang ký và đấu nối")
    refused = agent.page.get_by_role("alert").filter(has_text="Chưa duyệt được")
    for _ in range(ATTEMPTS):
        await sees_the_customer(agent)
        await agent.types("Control+Enter")
        await expect(approved.or_(refused)).to_be_visible(timeout=30_000)
        if await approved.is_visible():
            return
    await expect(approved).to_be_visible()


async def goes_on(agent: Clerk, act: str) -> None:
    """Press the space bar once it does what its button names; while that is shut, it does nothing.

    The desk may show the outcome of an act before its request is answered.
    """
    button = agent.page.locator(".controls").get_by_role("button", name=act)
    await expect(button).to_be_enabled(timeout=30_000)
    await agent.types("Space")


async def passes_challenges(agent: Clerk, *, greeted: bool = False) -> None:
    """Greet, set each challenge, and see it done, with the space bar alone (P5.1)."""
    passed = agent.page.locator(".talks li[data-state=done]")
    await expect(agent.page.locator(".talks li")).to_have_count(5)
    if not greeted:
        await goes_on(agent, "Tiếp tục")
    for number in range(2, 5):
        await expect(passed).to_have_count(number - 1)
        await goes_on(agent, "Hiện cho khách")
        await goes_on(agent, "Khách làm đúng")
    await expect(passed).to_have_count(4)


async def receives_photos(agent: Clerk, count: int = len(papers.OF_A_CALL)) -> None:
    """Ask for each photo, and accept what the customer's camera took, with the space bar alone."""
    for number in range(1, count + 1):
        await goes_on(agent, "Yêu cầu chụp")
        await goes_on(agent, "Nhận ảnh")
        await expect(agent.page.locator(".tray li[data-state=done]")).to_have_count(number)


async def uploads(agent: Clerk, customer: Seen, step: str, kind: str) -> None:
    """Choose a photo from the device for a place of the tray."""
    await agent.presses(re.compile(f"^{step}"))
    still = FilePayload(
        name="anh.jpg", mimeType="image/jpeg", buffer=papers.of_a_call(customer.person, kind)
    )
    await agent.page.locator(".controls input[type=file]").set_input_files(files=still)
    await expect(
        agent.page.locator(".tray li").filter(has_text=step).locator("img")
    ).to_be_visible()


async def ticks_everything(agent: Clerk) -> None:
    """Tick every line of the checklist by its digit."""
    for digit in range(1, CHECKS + 1):
        await agent.types(str(digit))
