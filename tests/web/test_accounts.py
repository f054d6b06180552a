"""Registering, signing in and out, and a password forgotten, as a person does it (flows 1, 2)."""

import re

from playwright.async_api import expect
from tests.web.conftest import Opened
from tests.web.stages import Stages
from tests.web.visitor import Visitor

from demo.actors import Actors
from demo.gateway import until
from demo.shopper import PASSWORD

NEW_PASSWORD = "mot-mat-khau-khac"
WRONG_CODE = "000000"
LONGEST_PAUSE_MS = 70_000
UNAUTHORIZED = 401
FORM = re.compile(r"/holds/[0-9a-f-]{36}/form$")


async def test_a_stranger_registers_and_is_back_where_they_were(visits: Opened) -> None:
    """F1.3 to F1.12: the number that was chosen before is still chosen after."""
    visitor = await visits()
    await visitor.opens("/?so=???????868")
    await visitor.page.get_by_role("button", name=re.compile("^Giữ số 0")).first.click()
    await visitor.presses("Đăng nhập để giữ số")
    await visitor.presses("Đăng ký")
    await visitor.registers()
    await visitor.stands_at(re.compile(r"/\?so=.*&giu=0"))
    await visitor.presses("Giữ số")
    await visitor.stands_at(FORM)
    await visitor.reads("Số được giữ tạm trong")
    assert visitor.complaints == []


async def test_a_wrong_code_leaves_tries_and_another_can_be_asked_for(visits: Opened) -> None:
    """F1.7, F1.10, F1.11, G13: mistakes are said at their field; a reload keeps the step."""
    visitor = await visits()
    await visitor.opens("/register")
    await visitor.fills(phone="0123", password="ngan")
    await visitor.presses("Gửi mã xác thực")
    await visitor.reads("Nhập số di động Việt Nam")
    await visitor.reads("Mật khẩu cần từ 8")
    await visitor.fills(phone=visitor.person.phone, password=PASSWORD)
    await visitor.presses("Gửi mã xác thực")
    await visitor.enters(WRONG_CODE, "Kích hoạt tài khoản")
    await visitor.reads("bạn còn 4 lần thử")
    await visitor.page.reload()
    seen = await visitor.texts_so_far()
    resend = visitor.page.get_by_role("button", name="Gửi lại mã")
    await resend.click(timeout=LONGEST_PAUSE_MS)
    await visitor.reads("Đã gửi mã mới")
    sms = f"Ma xac thuc Chon So cua quy khach la {await visitor.code_by_sms(seen)}, hieu luc"
    await visitor.enters(sms, "Kích hoạt tài khoản")
    await visitor.stands_at("/")
    assert visitor.complaints == []


async def test_a_forgotten_password_is_chosen_anew(visits: Opened, actors: Actors) -> None:
    """F1.17, F2.1 to F2.11: wrong password, wrong code, two passwords, then the new one opens."""
    customer = await actors.customer()
    visitor = await visits()
    visitor.person = customer.person
    await visitor.opens("/login?next=/account")
    await visitor.signs_in("khong-phai-mat-khau")
    await visitor.reads("Số điện thoại hoặc mật khẩu chưa đúng")
    await visitor.presses("Quên mật khẩu?")
    seen = await visitor.texts_so_far()
    await visitor.fills(phone=visitor.person.phone)
    await visitor.presses("Gửi mã xác thực")
    await visitor.enters(WRONG_CODE, "Tiếp tục")
    await visitor.reads("Mã chưa đúng")
    await visitor.enters(await visitor.code_by_sms(seen), "Tiếp tục")
    await visitor.fills(password=NEW_PASSWORD, password_again="mot-mat-khau-nua")
    await visitor.presses("Lưu mật khẩu mới")
    await visitor.reads("Hai mật khẩu không giống nhau")
    await visitor.fills(password_again=NEW_PASSWORD)
    await visitor.presses("Lưu mật khẩu mới")
    await visitor.reads("Hãy đăng nhập lại")
    await visitor.signs_in(NEW_PASSWORD)
    await visitor.stands_at("/account")
    assert visitor.complaints == []


async def test_a_sign_in_that_ends_in_a_form_loses_nothing_typed(
    visits: Opened, actors: Actors
) -> None:
    """F3.3: the password is changed elsewhere; the form is as it was after signing in again."""
    customer = await actors.customer()
    await customer.finds_and_holds("ESIM")
    visitor = await visits()
    await visitor.signs_in_as(customer)
    await visitor.opens(f"/holds/{customer.hold_id}/form")
    await visitor.fills(full_name=customer.person.full_name, address="Số 1 Phố Thử")
    await customer.gateway.put(
        "/api/identity/v1/me/password", {"current": PASSWORD, "password": NEW_PASSWORD}
    )
    hold = f"/api/hold/v1/holds/{customer.hold_id}"

    async def is_signed_out() -> bool:
        return (await visitor.page.context.request.get(hold)).status == UNAUTHORIZED

    await until("the session to be over in every service", is_signed_out)
    await visitor.presses("Nhận phiếu giữ số")
    await visitor.stands_at(re.compile(r"/login\?next="))
    await visitor.reads("Phiên đăng nhập đã hết")
    await visitor.signs_in(NEW_PASSWORD)
    await visitor.stands_at(FORM)
    address = visitor.page.locator("[name=address]")
    await expect(address).to_have_value("Số 1 Phố Thử")
    assert visitor.complaints == []


async def test_two_tabs_sign_out_together(visits: Opened, actors: Actors) -> None:
    """SB.2: what belongs to the person is gone from every tab, after a question."""
    customer = await actors.customer()
    visitor = await visits()
    await visitor.signs_in_as(customer)
    await visitor.opens("/account")
    other = Visitor(await visitor.page.context.new_page(), actors, customer.person)
    await other.opens("/inbox")
    await other.reads("Chưa có tin nào")
    await visitor.presses("Đăng xuất")
    await visitor.page.get_by_role("dialog").get_by_role("button", name="Đăng xuất").click()
    await visitor.stands_at("/")
    await other.stands_at(re.compile(r"/login\?next=%2Finbox$"))
    assert visitor.complaints + other.complaints == []


async def test_a_message_leads_to_its_slip_after_the_sign_in(
    visits: Opened, stages: Stages
) -> None:
    """F3.14: the link of a message asks who reads, opens the slip, and the message is read."""
    customer = await stages.customer("slip of a card")
    visitor = await visits()
    visitor.person = customer.person
    await visitor.opens("/inbox")
    await visitor.signs_in()
    await visitor.stands_at("/inbox")
    await visitor.reads("tin chưa đọc")
    await visitor.page.get_by_role("button", name=re.compile("^Chưa đọc: Phiếu giữ số")).click()
    await visitor.presses("Xem phiếu giữ số")
    await visitor.stands_at(f"/holds/{customer.hold_id}")
    await visitor.page.go_back()
    await visitor.reads("Bạn đã đọc hết")
    assert visitor.complaints == []


async def test_the_language_goes_with_the_person(visits: Opened, actors: Actors) -> None:
    """F1.18: chosen once, it is that of messages too, and of the next device they sign in on."""
    customer = await actors.customer()
    first, second = await visits(), await visits()
    first.person = second.person = customer.person
    await first.signs_in_as(customer)
    await first.opens("/account")
    await first.page.get_by_role("radio", name="English").check()
    await first.reads("Settings")

    async def is_heard() -> bool:
        contact = await customer.gateway.get("/api/notification/v1/me/contacts")
        me = await customer.gateway.get("/api/identity/v1/me")
        return bool(contact["locale"] == me["locale"] == "en")

    await until("the services to write English", is_heard)
    await second.opens("/login?next=/account")
    await second.signs_in()
    await second.reads("Sign out")
    assert first.complaints + second.complaints == []


async def test_a_double_tap_asks_for_one_code(visits: Opened) -> None:
    """F1.8: the second tap of a finger sends nothing, and leaves no second step to go back over."""
    visitor = await visits()
    posts: list[str] = []
    visitor.page.on("request", lambda asked: posts.append(asked.method))
    await visitor.opens("/register")
    await visitor.fills(phone=visitor.person.phone, password=PASSWORD)
    await visitor.page.get_by_role("button", name="Gửi mã xác thực").dblclick()
    await visitor.stands_at("/register/code")
    assert posts.count("POST") == 1
    await visitor.page.go_back()
    await visitor.stands_at("/register")
    await expect(visitor.page.locator("[name=phone]")).to_have_value(visitor.person.phone)
    assert visitor.complaints == []
