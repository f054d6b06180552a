"""A visitor who has a slip and wants to be connected: papers, call, signature, scan (F5a, F5b)."""

import re
from typing import Any

from playwright.async_api import FilePayload, expect
from tests.web.visitor import Visitor

from demo import papers
from demo.customer import Customer


def step(name: str) -> re.Pattern[str]:
    """Return the address of a step of the activation."""
    return re.compile(f"/activate/[0-9a-f-]{{36}}/{name}$")


class Applicant(Visitor):
    """A person who goes through the activation, one screen after the other."""

    async def opens_activation_of(self, customer: Customer) -> None:
        """Open the activation of a customer who has come so far by API."""
        await self.signs_in_as(customer)
        await self.opens(f"/activate/{customer.hold_id}")

    async def starts_activation(self) -> None:
        """Press "Hòa mạng" on the slip, and on the page that says what is needed (F5a.2, F5a.3)."""
        await self.presses_next("Hòa mạng")
        await self.presses("Bắt đầu hòa mạng")
        await self.stands_at(re.compile(r"/activate/[0-9a-f-]{36}/info$"))

    async def confirms_the_information(self, **changes: str) -> None:
        """Look over the information, correct it, and press on (F5a.4)."""
        await self.page.get_by_role("radio", name=re.compile("^Căn cước")).check()
        await self.fills(**changes)
        await self.presses("Tiếp tục")
        await self.stands_at(re.compile(r"/front$"))

    async def photographs(self, *, card: Any = None, face: Any = None) -> None:
        """Choose a picture for both sides of the card, and the face (F5a.5)."""
        flaws, look = card or {}, face or {}
        for picture in (
            papers.card(self.person, "FRONT", **flaws),
            papers.card(self.person, "BACK", **flaws),
            papers.portrait(self.person, **look),
        ):
            await self.uploads(picture)

    async def uploads(self, picture: bytes) -> None:
        """Choose a picture from the device, look at it, send it, and go on."""
        here = self.page.url
        file = FilePayload(name="anh.jpg", mimeType="image/jpeg", buffer=picture)
        await self.page.locator("input[type=file]").first.set_input_files(files=file)
        await self.presses("Dùng ảnh này")
        await expect(self.page).not_to_have_url(here)

    async def verifies(self) -> None:
        """Press "Xác thực thông tin" (F5a.6)."""
        await self.stands_at(re.compile(r"/result$"))
        await self.presses("Xác thực thông tin")

    async def calls(self) -> None:
        """Call the verification team (F5a.8)."""
        await self.presses("Tiếp tục gọi video")
        await self.asks_for_a_call()
        await self.reads(re.compile("Bạn là người tiếp theo|Vị trí của bạn"))

    async def asks_for_a_call(self, button: str = "Gọi ngay") -> None:
        """Press the button that calls, and agree."""
        await self.presses(button)
        await self.agrees_to_the_call()

    async def agrees_to_the_call(self) -> None:
        """Read what a call means, tick each purpose, and call."""
        sheet = self.page.get_by_role("dialog")
        for purpose in ("Tôi đồng ý gặp nhân viên", "Tôi đồng ý để cuộc gọi"):
            await sheet.get_by_role("checkbox", name=re.compile(f"^{purpose}")).check()
        await sheet.get_by_role("button", name="Đồng ý và gọi").click()

    async def is_seen_and_approved(self) -> None:
        """Be seen by an agent, who finds that everything is right (F5a.8 TH2)."""
        agent = await self.actors.agent()
        await agent.answers(self.hold_id)
        await self.reads("Nhân viên đang gặp bạn")
        await agent.examines(self.person)
        await agent.approves()
        await self.reads("Xác minh thành công")

    async def reads_and_signs(self) -> None:
        """Read the contract to its end, agree, draw, and confirm with the code by SMS (F5a.9)."""
        await self.page.get_by_text("Hết hợp đồng", exact=True).scroll_into_view_if_needed()
        for consent in ("Tôi đã đọc và đồng ý", "Tôi đồng ý đối chiếu"):
            await self.page.get_by_role("checkbox", name=re.compile(f"^{consent}")).check()
        await self.draws_a_signature()
        seen = await self.texts_so_far()
        await self.presses("Nhận mã và ký")
        dialog = self.page.get_by_role("dialog")
        await dialog.get_by_role("button", name="Gửi mã xác thực").click()
        await dialog.locator("[autocomplete=one-time-code]").fill(await self.code_by_sms(seen))
        await dialog.get_by_role("button", name="Ký hợp đồng").click()

    async def draws_a_signature(self) -> None:
        """Draw a few lines with the finger."""
        pad = self.page.locator("canvas")
        await pad.scroll_into_view_if_needed()
        await expect(self.page.locator(".pad-sheet .skeleton")).to_have_count(0)
        box = await pad.bounding_box()
        assert box is not None
        mouse = self.page.mouse
        await mouse.move(box["x"] + 40, box["y"] + 60)
        await mouse.down()
        for x, y in ((80, 30), (110, 90), (150, 40), (200, 80), (240, 50)):
            await mouse.move(box["x"] + x, box["y"] + y, steps=4)
        await mouse.up()

    async def sends(self) -> None:
        """Press "Gửi thông tin hòa mạng" (F5a.10)."""
        await self.presses("Gửi thông tin hòa mạng")
        await self.reads("Hồ sơ đã gửi")

    async def enters_serial(self, serial: str) -> None:
        """Type the serial of the card and photograph it (F5a.9)."""
        await self.page.get_by_label("Số sê-ri SIM").fill(serial)
        await self.presses("Kiểm tra số sê-ri")
        await self.uploads(papers.sim_card(serial))
