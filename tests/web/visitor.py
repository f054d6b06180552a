"""A person who uses the app: what they see, and what they press."""

import random
import re
from typing import Any, Final

from playwright.async_api import Page, expect
from tests.web.browser import UNREACHED
from tests.web.screens import Screen
from tests.web.stages import Stages

from demo.actors import Actors
from demo.customer import Customer
from demo.papers import Person
from demo.shopper import PASSWORD

WARDS: Final = {
    "26740": (("ho chi minh", "Thành phố Hồ Chí Minh"), ("ben thanh", "Phường Bến Thành")),
    "00070": (("ha noi", "Thành phố Hà Nội"), ("hoan kiem", "Phường Hoàn Kiếm")),
}
"""Words typed and names chosen, for the province and then the ward, by the ward's code."""


class Visitor:
    """A person with the app open; presses only what can be seen."""

    def __init__(self, page: Page, actors: Actors, person: Person | None = None) -> None:
        self.page, self.actors = page, actors
        self.person = person or actors.stranger().person
        self.complaints: list[str] = []
        self.chosen = ""
        """The hold that the present act is about."""
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", self._hears)

    def _hears(self, message: Any) -> None:
        passing = any(words in message.text for words in UNREACHED)
        if message.type == "error" and not passing:
            self.complaints.append(message.text)

    # what every screen has

    async def opens(self, address: str) -> None:
        """Open an address and wait for its heading."""
        await self.page.goto(address)
        await expect(self.page.locator("h1")).to_be_attached()

    async def presses(self, name: str, *, exact: bool = True, first: bool = False) -> None:
        """Press a button or link by its name, once it is at rest: a busy one takes no press."""
        of_role = [
            self.page.get_by_role(role, name=name, exact=exact) for role in ("button", "link")
        ]
        either = of_role[0].or_(of_role[1])
        pressed = either.first if first else either
        await expect(pressed).not_to_have_attribute("aria-busy", "true", timeout=15_000)
        await pressed.click()

    async def presses_next(self, begins: str) -> None:
        """Press the one filled button of the screen, whose name begins so."""
        await (
            self.page.locator(".cta")
            .get_by_role("button", name=re.compile(f"^{begins}"))
            .or_(self.page.locator(".cta").get_by_role("link", name=re.compile(f"^{begins}")))
            .click(timeout=25_000)
        )

    async def fills(self, **fields: str) -> None:
        """Fill in fields by their names in the form."""
        for name, text in fields.items():
            await self.page.locator(f"[name={name}]").fill(text)

    async def reads(self, text: str | re.Pattern[str], *, seconds: float = 15) -> None:
        """Wait until a text can be seen."""
        await expect(self.page.get_by_text(text).first).to_be_visible(timeout=seconds * 1000)

    async def stands_at(self, path: str | re.Pattern[str], *, seconds: float = 15) -> None:
        """Wait until the app shows the screen of a path."""
        pattern = path if isinstance(path, re.Pattern) else re.compile(re.escape(path) + r"$")
        await expect(self.page).to_have_url(pattern, timeout=seconds * 1000)

    async def signs_in_as(self, customer: Customer) -> None:
        """Begin as a customer who has signed in with this browser before."""
        answer = await self.page.context.request.post(
            "/api/identity/v1/sessions",
            data={"phone": customer.person.phone, "password": PASSWORD},
            headers={"X-Requested-By": "tests"},
        )
        assert answer.ok, await answer.text()
        await self.page.add_init_script("localStorage.setItem('signed-in', '1')")
        self.person = customer.person

    async def looks_at(self, screen: Screen, stages: Stages) -> None:
        """Open a screen at its stage, and wait until everything on it has arrived."""
        customer = await stages.customer(screen.stage) if screen.stage else None
        if customer is not None:
            await self.signs_in_as(customer)
        await self.page.goto(screen.address(customer))
        await self.arrives()

    async def arrives(self) -> None:
        """Wait until everything on the screen has arrived."""
        await expect(self.page.locator("h1")).to_be_attached()
        await self.page.wait_for_load_state("networkidle")
        await expect(self.page.locator("[aria-busy=true]")).to_have_count(0)

    @property
    def hold_id(self) -> str:
        """The hold in the present address."""
        match = re.search(r"/(?:holds|activate|esim)/([0-9a-f-]{36})", self.page.url)
        assert match, f"no hold in {self.page.url}"
        return match[1]

    # flow 1

    async def code_by_sms(self, seen: set[str]) -> str:
        """Read the code in the newest SMS to this person."""
        return await self.actors.outside.code(self.person.phone, seen=seen)

    async def texts_so_far(self) -> set[str]:
        """Return the SMS that have come, so that the next one can be told."""
        texts = await self.actors.outside.texts(self.person.phone)
        return {text["message_id"] for text in texts}

    async def enters(self, code: str, button: str) -> None:
        """Type a code, or paste the message that it is in, and send it (F1.9, F2.4)."""
        await self.page.locator("[autocomplete=one-time-code]").fill(code)
        await self.presses(button)

    async def signs_in(self, password: str = PASSWORD) -> None:
        """Enter phone and password, and press "Đăng nhập" (F1.15)."""
        await self.fills(phone=self.person.phone, password=password)
        await self.presses_next("Đăng nhập")

    async def registers(self) -> None:
        """Register with the code that comes by SMS (F1.3 to F1.12)."""
        seen = await self.texts_so_far()
        await self.fills(phone=self.person.phone, password=PASSWORD)
        await self.presses("Gửi mã xác thực")
        await self.page.locator("[autocomplete=one-time-code]").fill(await self.code_by_sms(seen))
        await self.presses("Kích hoạt tài khoản")

    # flow 3

    async def opens_a_number(self) -> None:
        """Press "Giữ số" beside one of the numbers shown (F3.1)."""
        shown = self.page.get_by_role("button", name=re.compile("^Giữ số 0"))
        await expect(shown.first).to_be_visible(timeout=15_000)
        await shown.nth(random.randrange(await shown.count())).click()

    async def finds_and_holds(self, sim: str) -> None:
        """Choose a number of those shown and press "Giữ số" (F3.1, F3.2)."""
        await self.opens_a_number()
        sheet = self.page.get_by_role("dialog")
        await sheet.get_by_role("radio", name=re.compile(f"^{sim}")).check()
        await sheet.get_by_role("button", name="Giữ số", exact=True).click()
        await self.stands_at(re.compile(r"/holds/[0-9a-f-]{36}/form$"))

    async def fills_in_the_form(self) -> None:
        """Fill in the subscriber's form and press on (F3.3, F3.4)."""
        await self.fills_in_everything()
        await self.presses("Nhận phiếu giữ số")
        await self.stands_at(re.compile(r"/holds/[0-9a-f-]{36}$"))

    async def fills_in_everything(self) -> None:
        """Fill in every field of the subscriber's form (F3.3)."""
        person = self.person
        await self.fills(
            full_name=person.full_name,
            date_of_birth=f"{person.date_of_birth:%d/%m/%Y}",
            id_number=person.id_number,
            email=person.email,
            address="Số 1 Phố Thử",
        )
        sex = "Nữ" if person.sex == "FEMALE" else "Nam"
        await self.page.get_by_role("radio", name=sex).check()
        await self.chooses_ward()

    async def chooses_ward(self) -> None:
        """Choose a ward by typing a part of its name without accents (F3.10)."""
        fields = ("Tỉnh, thành phố", "Phường, xã")
        for field, (typed, name) in zip(fields, WARDS[self.person.ward_code], strict=True):
            await self.page.get_by_role("combobox", name=field).fill(typed)
            await self.page.get_by_role("option", name=name).click()

    async def pays(self, choice: str = "Thanh toán") -> None:
        """Accept the price and pay on the payment page, or choose otherwise there (F3.12)."""
        await self.page.get_by_role("checkbox", name=re.compile("^Tôi đã xem")).check()
        await self.page.get_by_role("button", name=re.compile("^Thanh toán [0-9]")).click()
        await self.page.get_by_role("button", name=choice, exact=True).click()
        await self.stands_at(re.compile(r"/holds/[0-9a-f-]{36}/pay\?returned=1$"))

    async def chooses_home(self) -> None:
        """Have the SIM brought home, to the address of the form (F3.8 TH1, F3.10)."""
        await self.page.get_by_role("radio", name=re.compile("^Giao tận nhà")).check()
        await self.fills(
            recipient=self.person.full_name, phone=self.person.phone, street="Số 1 Phố Thử"
        )
        await self.presses_next("Tiếp tục thanh toán")
        await self.stands_at(re.compile(r"/pay$"))

    async def orders_on_receipt(self) -> None:
        """Order, to pay when the SIM comes (F3.11 TH2, F3.13)."""
        await self.page.get_by_role("radio", name=re.compile("^Khi nhận hàng")).check()
        await self.page.get_by_role("checkbox", name=re.compile("^Tôi đã xem")).check()
        await self.presses_next("Đặt hàng")
        await self.reads("Đã đặt hàng")
