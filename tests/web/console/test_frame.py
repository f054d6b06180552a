"""The frame of the console: who lands where, what stays, and what keys do."""

import pytest
from playwright.async_api import ViewportSize, expect
from tests.web.conftest import Windows
from tests.web.console.clerk import Clerk
from tests.web.console.conftest import Sits
from tests.web.console.test_accessible import faults_of

from demo.actors import STAFF_PASSWORD
from events.ids import uuid7

SCREEN = ViewportSize(width=1440, height=900)
LANDS = {
    "osp1": "/console/orders",
    "store1": "/console/counter",
    "agent1": "/console/video",
    "officer1": "/console/connection",
    "auditor1": "/console/review/audits",
    "sre": "/console/oversight",
}


@pytest.mark.parametrize(("username", "path"), LANDS.items())
async def test_a_member_of_staff_lands_in_the_workspace_of_their_role(
    sits: Sits, username: str, path: str
) -> None:
    clerk = await sits(username)
    await clerk.opens("/")
    await clerk.stands_at(path)
    assert clerk.complaints == []


async def test_a_stranger_signs_in_and_sees_the_address_they_asked_for(windows: Windows) -> None:
    clerk = Clerk(await windows.open(SCREEN), "manager2")
    await clerk.page.goto("/console/connection")
    await clerk.page.get_by_label("Tên đăng nhập").fill("manager2")
    await clerk.page.get_by_label("Mật khẩu", exact=True).fill("wrong")
    await clerk.presses("Đăng nhập")
    await clerk.reads("Tên đăng nhập hoặc mật khẩu chưa đúng.")
    await clerk.page.get_by_label("Mật khẩu", exact=True).fill(STAFF_PASSWORD)
    await clerk.presses("Đăng nhập")
    await expect(clerk.page.get_by_role("navigation", name="Các bàn làm việc")).to_be_visible()
    await clerk.stands_at("/console/connection")


async def test_the_palette_finds_a_workspace_without_accents_and_by_keys_alone(sits: Sits) -> None:
    clerk = await sits("manager2")
    await clerk.opens("/")
    await clerk.types("Control+k")
    await clerk.page.keyboard.type("dau noi")
    assert await faults_of(clerk) == []
    await clerk.types("Enter")
    await clerk.stands_at("/console/connection")


async def test_single_keys_can_be_switched_off_and_the_map_says_so(sits: Sits) -> None:
    clerk = await sits("manager2")
    await clerk.opens("/")
    await clerk.types("?")
    await expect(clerk.dialog).to_be_visible()
    assert await faults_of(clerk) == []
    await clerk.dialog.get_by_label("Dùng phím tắt một chữ").uncheck()
    await clerk.types("Escape")
    await clerk.types("?")
    await expect(clerk.dialog).to_have_count(0)


async def test_a_session_that_ends_keeps_what_was_typed(sits: Sits) -> None:
    admin = await sits("admin")
    name = f"sre-{uuid7().hex[-8:]}"
    await admin.opens("/oversight/staff")
    await admin.presses("Thêm nhân viên")
    await admin.dialog.get_by_label("Tên đăng nhập").fill(name)
    await admin.dialog.get_by_label("Mật khẩu đầu tiên").fill(STAFF_PASSWORD)
    await admin.dialog.get_by_label("Vận hành hệ thống").check()
    assert await faults_of(admin) == []
    await admin.page.context.clear_cookies()
    await admin.presses("Thêm nhân viên", within=admin.dialog)
    again = admin.page.get_by_role("dialog", name="Phiên làm việc đã hết")
    await expect(again).to_be_visible()
    assert await faults_of(admin) == []
    await again.get_by_label("Mật khẩu", exact=True).fill(STAFF_PASSWORD)
    await admin.presses("Đăng nhập", within=again)
    await expect(again).to_have_count(0)

    await admin.presses("Thêm nhân viên", within=admin.dialog)
    await admin.reads(f"Đã thêm {name}")
