"""An administrator at the console: who works here, and which numbers are on sale (SA.1, SB.2)."""

from random import SystemRandom
from typing import Any

from playwright.async_api import expect
from tests.web.console.conftest import Sits
from tests.web.console.test_accessible import faults_of

from demo.actors import STAFF_PASSWORD, Actors
from demo.gateway import until
from events.ids import uuid7


async def test_an_admin_takes_somebody_on_and_dismisses_them_and_their_session_ends(
    sits: Sits,
) -> None:
    admin = await sits("admin")
    name = f"agent-{uuid7().hex[-8:]}"
    await admin.opens("/oversight/staff")
    await admin.presses("Thêm nhân viên")
    await admin.dialog.get_by_label("Tên đăng nhập").fill(name)
    await admin.dialog.get_by_label("Mật khẩu đầu tiên").fill(STAFF_PASSWORD)
    await admin.dialog.get_by_label("Tổng đài viên video").check()
    await admin.dialog.get_by_text("KV2", exact=True).click()
    await admin.presses("Thêm nhân viên", within=admin.dialog)
    await admin.reads(f"Đã thêm {name}")
    agent = await sits(name)
    await agent.opens("/")
    await agent.stands_at("/console/video")

    await admin.page.get_by_label("Tìm tên đăng nhập").fill(name)
    await admin.chooses(name)
    await admin.presses("Cho nghỉ")
    await expect(admin.dialog).to_contain_text("Mọi phiên đang mở kết thúc ngay")
    await admin.presses("Cho nghỉ", within=admin.dialog)
    await admin.reads(f"Đã cho {name} nghỉ")

    async def is_out() -> bool:
        current = await agent.page.request.get(
            "/api/identity/v1/sessions/current", headers={"X-Requested-By": "chonso-console"}
        )
        return (await current.json())["signed_in"] is None

    await until("the dismissed agent to be nobody", is_out)
    await admin.page.get_by_label("Trạng thái").select_option("Đã nghỉ")
    await expect(admin.page.get_by_role("row", name=name)).to_be_visible()
    assert admin.complaints == []


async def test_an_admin_changes_duties_and_a_password(sits: Sits, actors: Actors) -> None:
    admin = await sits("admin")
    name = f"officer-{uuid7().hex[-8:]}"
    body = {"username": name, "password": STAFF_PASSWORD, "roles": ["connection_officer"]}
    signed_in = {"username": "admin", "password": STAFF_PASSWORD}
    pair = await actors.gateway.post("/api/identity/v1/staff-sessions", signed_in)
    await actors.gateway.as_(pair["access_token"]).post("/api/identity/v1/staff", body)
    await admin.opens(f"/oversight/staff?q={name}")
    await admin.chooses(name)
    await admin.page.get_by_label("Kiểm soát").check()
    await admin.presses("Lưu thay đổi")
    await admin.reads("Đã lưu")
    await admin.presses("Đặt lại mật khẩu")
    assert await faults_of(admin) == []
    await admin.dialog.get_by_label("Mật khẩu mới").fill("mot-mat-khau-khac")
    await admin.presses("Đặt lại mật khẩu", within=admin.dialog)
    await admin.reads("Đã đặt lại mật khẩu")

    signed_in = {"username": name, "password": "mot-mat-khau-khac"}
    pair = await actors.gateway.post("/api/identity/v1/staff-sessions", signed_in)
    current = actors.gateway.as_(pair["access_token"])
    roles = (await current.get("/api/identity/v1/sessions/current"))["signed_in"]["roles"]
    assert sorted(roles) == ["auditor", "connection_officer"]


async def test_an_admin_withdraws_a_number_publishes_it_and_changes_its_price(
    sits: Sits, actors: Actors
) -> None:
    admin = await sits("admin")
    number = await free_number(actors)
    digits = number["display"].replace(" ", "")
    address = f"/api/catalog/v1/numbers/{digits}"
    await admin.opens("/oversight/numbers")
    await admin.page.get_by_role("searchbox").fill(digits)
    await admin.chooses(number["display"])
    await admin.presses("Thu hồi số")
    await admin.dialog.get_by_label("Ngừng cấp số này").check()
    assert await faults_of(admin) == []
    await admin.presses("Thu hồi số", within=admin.dialog)
    await admin.reads(f"Đã thu hồi {number['display']}")
    assert (await actors.gateway.get(address))["status"] == "TAKEN"

    await admin.presses("Bán lại")
    await admin.reads(f"Đang bán {number['display']}")
    assert (await actors.gateway.get(address))["status"] == "AVAILABLE"
    await admin.presses("Đổi giá")
    await admin.dialog.get_by_label("Giá mới, đồng").fill("1234000")
    assert await faults_of(admin) == []
    await admin.presses("Đổi giá", within=admin.dialog)
    await admin.reads("Đã đổi giá")
    assert (await actors.gateway.get(address))["price_vnd"] == 1_234_000
    assert admin.complaints == []


async def free_number(actors: Actors) -> dict[str, Any]:
    """Choose a number on sale that no other test looks for: the last of the dear ones."""
    page = await actors.gateway.get("/api/catalog/v1/numbers", limit=100, sort="price_desc")
    return dict(SystemRandom().choice(page["items"][50:]))
