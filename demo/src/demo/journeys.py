"""The two journeys: a physical SIM paid on receipt, and an eSIM paid online."""

import io
from typing import Any

import zxingcpp
from PIL import Image

from demo.actors import Actors
from demo.customer import Customer
from demo.outside import journey_in
from demo.papers import somebody
from demo.story import Story, money, spoken


async def physical(actors: Actors, story: Story) -> Customer:
    """Play a blank SIM that comes home, is paid on receipt and activated (flows 1, 3, 4, 5a)."""
    lan = await _arrives(actors, story, "Nguyễn Thị Mẫu Lan")
    number = await lan.finds_and_holds("PHYSICAL", "*68")
    await _fills_in(story, lan, number, "SIM vật lý")
    choice = await lan.chooses_home()
    story.step("F3.7 F3.8 F3.10", "Lan", "chọn giao tận nhà và điền địa chỉ")
    order = await lan.orders("COD", delivery_choice=choice)
    story.step("F3.11-13 F4.1", "Lan", "chọn trả tiền khi nhận hàng và đặt đơn")
    await lan.hold_is("CONFIRMED")
    story.stage("đặt đơn")

    serial = await _ships(actors, story, lan, order)
    story.stage("giao SIM")
    await _proves_identity(actors, story, lan, "F5a")
    await lan.enters_serial(serial)
    story.step("F5a.9", "Lan", f"nhập serial {serial} và chụp SIM")
    await _signs_and_is_connected(actors, story, lan, "F5a")
    await lan.activation_is("ACTIVATED")
    story.step("F5a.13-15 P1.6", "Hệ thống", "báo [bold green]Đã hòa mạng[/]")
    story.stage("đấu nối")
    return lan


async def esim(actors: Actors, story: Story) -> Customer:
    """Play an eSIM that is paid online, connected, and scanned from mSale's code (flow 5b)."""
    nam = await _arrives(actors, story, "Trần Văn Mẫu Nam")
    number = await nam.finds_and_holds("ESIM", "*79")
    await _fills_in(story, nam, number, "eSIM")
    quote = await nam.sees_the_price("ONLINE")
    promotion = quote.get("promotion")
    story.step(
        "P1.2 SB.7",
        "Nam",
        f"xem giá {money(quote['total_vnd'])}"
        + (
            f" và khuyến mại {promotion['code']} → {promotion['package_code']}" if promotion else ""
        ),
    )
    await nam.orders("ONLINE")
    await nam.pays()
    story.step("F3.6 P2.2", "Nam", "trả tiền trên cổng thanh toán")
    await nam.hold_is("CONFIRMED")
    story.step("F3.14", "Hệ thống", "xác nhận phiếu giữ số")
    story.stage("đặt đơn và thanh toán")

    await _proves_identity(actors, story, nam, "F5b")
    await _signs_and_is_connected(actors, story, nam, "F5b")
    await nam.activation_is("ESIM_QR_SENT")
    story.stage("đấu nối")
    await _scans(actors, story, nam)
    story.stage("cài eSIM")
    return nam


async def _arrives(actors: Actors, story: Story, name: str) -> Customer:
    customer = await actors.customer(somebody(name, woman="Thị" in name))
    story.step("F1.1-F1.12", name, "đăng ký, nhận mã OTP qua SMS, kích hoạt tài khoản")
    story.stage("đăng ký")
    return customer


async def _fills_in(story: Story, customer: Customer, number: dict[str, Any], sim: str) -> None:
    story.keys |= {customer.hold_id, number["number_id"]}
    story.step("P1.1 F3.1", "Khách", f"chọn {spoken(number['msisdn'])} ({sim}) và bấm Giữ số")
    await customer.fills_in_the_form()
    code = customer.hold["hold_code"]
    story.step("F3.2-F3.4", "Khách", f"điền thông tin, nhận phiếu giữ số [bold]{code}[/]")


async def _ships(actors: Actors, story: Story, customer: Customer, order: dict[str, Any]) -> str:
    osp = await actors.osp()
    shipment = await osp.sees_order(customer.hold_id)
    await osp.confirms(shipment)
    story.step("F4.4 F4.8", "OSP", "nhập địa chỉ, giờ lấy hàng và xác nhận đơn")
    tracking = await osp.booked(shipment)
    story.step("F4.8.2 F4.9", "Vận chuyển", f"nhận đơn {tracking}, phân người lấy hàng")
    serial = await osp.packs(shipment)
    story.step("F4.12", "OSP", f"đóng gói SIM trắng, serial {serial}")
    await osp.hands_over(shipment)
    await actors.outside.courier(tracking, "picked")
    story.step("F4.13 F4.14", "Shipper", "nhận hàng, đơn sang Đang giao hàng")
    await actors.outside.courier(tracking, "delivered")
    await customer.order_is("DELIVERED")
    story.step("F4.19-F4.23", "Shipper", f"thu tiền và giao hàng: {order['order_id'][:8]}… Đã giao")
    return serial


async def _proves_identity(actors: Actors, story: Story, customer: Customer, flow: str) -> None:
    verdict = await customer.shows_papers()
    assert verdict["status"] == "KYC_PASSED", verdict
    story.step(f"{flow} P3.4", "Khách", "bấm Hòa mạng, chụp giấy tờ và chân dung: eKYC hợp lệ")
    story.stage("eKYC")
    await customer.calls()
    story.step("F5a.8 F5b.7 P3.5", "Khách", "gọi video cho tổ xác minh")
    agent = await actors.agent()
    await agent.answers(customer.hold_id)
    await agent.sees_the_case(customer.hold_id)
    await agent.sets_challenges()
    await agent.asks_for_photos(customer)
    await agent.approves()
    story.step("P5.1", "Tổ video call", "đối chiếu, chụp ảnh và duyệt cuộc gọi")
    story.stage("video call")


async def _signs_and_is_connected(
    actors: Actors, story: Story, customer: Customer, flow: str
) -> None:
    await customer.signs()
    story.step(f"{flow} S0.3", "Khách", "đọc hồ sơ và ký điện tử bằng OTP")
    await customer.sends()
    story.step("P3.6 P4.1", "Khách", "gửi thông tin hòa mạng, hồ sơ vào hàng đợi mSale")
    story.stage("ký hồ sơ")
    officer = await actors.officer()
    await officer.confirms(customer.hold_id)
    story.step("P6.1 P4.2", "Tổ đấu nối", "xác nhận cho đấu nối")


async def _scans(actors: Actors, story: Story, customer: Customer) -> None:
    mail = await actors.outside.mail_about(customer.person.email, "eSIM")
    journey = journey_in(mail["text"])
    story.step("F5b.13 P3.7", "Khách", f"mở thư “{mail['subject']}” và đường dẫn vào ứng dụng")
    card = await customer.opens_the_esim(journey)
    picture = await customer.sees_the_qr(journey)
    [code] = zxingcpp.read_barcodes(Image.open(io.BytesIO(picture)))
    assert code.text == card["activation_code"]
    story.step("F5b.14", "Khách", f"quét mã QR: [bold]{code.text}[/]")
    await customer.scans()
    await customer.activation_is("ACTIVATED")
    story.step("F5b.15-16 P1.6", "Hệ thống", "báo [bold green]Đã hòa mạng[/]")
