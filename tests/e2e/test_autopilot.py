"""Only the customer is played: staff on autopilot do the rest (flows 4, 5a, 5b)."""

import io
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import pytest
from PIL import Image, ImageDraw

from demo.actors import Actors
from demo.customer import Customer
from demo.gateway import until
from demo.outside import journey_in
from demo.papers import somebody


@pytest.fixture
async def autopilot(actors: Actors) -> AsyncIterator[None]:
    await actors.gateway.put("/sim/autopilot/v1", {"on": True})
    yield
    await actors.gateway.put("/sim/autopilot/v1", {"on": False})


def photograph() -> bytes:
    """Return a picture as a camera takes it: nothing in it says what it shows."""
    picture = io.BytesIO()
    table = Image.new("RGB", (1280, 960), (120, 90, 60))
    for x in range(0, table.width, 32):
        ImageDraw.Draw(table).line((x, 0, x, table.height), fill=(210, 190, 160), width=8)
    table.save(picture, "JPEG")
    return picture.getvalue()


async def journal(actors: Actors, customer: Customer) -> list[dict[str, Any]]:
    answer = await actors.gateway.get("/sim/autopilot/v1/journal", hold_id=customer.hold_id)
    return list(answer["items"])


async def serial_of(actors: Actors, customer: Customer) -> str:
    """Read the serial of the SIM in the customer's hand."""
    serials = [line["sim_serial"] for line in await journal(actors, customer)]
    return str(next(serial for serial in serials if serial))


async def is_called_and_connected(customer: Customer) -> None:
    """Call, and be approved by an agent nobody plays (F5a.8)."""
    await customer.calls()
    await customer.call_is("APPROVED")


@pytest.mark.usefixtures("autopilot")
async def test_a_sim_comes_home_and_is_connected_with_only_the_customer_played(
    actors: Actors,
) -> None:
    lan = await actors.customer()
    await lan.finds_and_holds("PHYSICAL")
    await lan.fills_in_the_form()
    await lan.orders("COD", delivery_choice=await lan.chooses_home())
    await lan.order_is("DELIVERED")

    verdict = await lan.shows_papers()
    assert verdict["status"] == "KYC_PASSED"
    await is_called_and_connected(lan)
    await lan.enters_serial(await serial_of(actors, lan))
    await lan.signs()
    await lan.sends()

    activation = await lan.activation_is("ACTIVATED")
    subscriber = await actors.outside.subscriber(activation["msisdn"])
    assert subscriber["sim_serial"] == await serial_of(actors, lan)
    people = {line["person"] for line in await journal(actors, lan)}
    assert people == {"OSP", "Bưu tá", "Tổ video call", "Tổ đấu nối"}


@pytest.mark.usefixtures("autopilot")
async def test_an_esim_is_connected_with_pictures_of_a_real_camera(actors: Actors) -> None:
    nam = await actors.customer(somebody("Trần Văn Mẫu Nam", woman=False))
    await nam.finds_and_holds("ESIM")
    await nam.fills_in_the_form()
    await nam.orders("ONLINE")
    await nam.pays()
    await nam.hold_is("CONFIRMED")
    await nam.starts_activation()
    await nam.declares()
    for kind in ("FRONT", "BACK", "PORTRAIT"):
        path = f"/api/kyc/v1/sessions/{nam.session_id}/images/{kind}"
        now = datetime.now(UTC).isoformat()
        await nam.gateway.photo("PUT", path, photograph(), **{"X-Captured-At": now})

    assert (await nam.verifies())["status"] == "KYC_PASSED"
    await is_called_and_connected(nam)
    await nam.signs()
    await nam.sends()
    await nam.activation_is("ESIM_QR_SENT")
    mail = await actors.outside.mail_about(nam.person.email, "eSIM")
    assert (await nam.opens_the_esim(journey_in(mail["text"])))["activation_code"]
    await nam.scans()
    await nam.activation_is("ACTIVATED")


@pytest.mark.usefixtures("autopilot")
async def test_a_sim_waits_in_a_store_that_had_no_clerk_and_a_doubtful_name_is_reviewed(
    actors: Actors,
) -> None:
    """F4.6, F4.7, G27."""
    mai = await actors.customer(somebody("Lê Thị Mẫu Mai"))
    await mai.finds_and_holds("PHYSICAL")
    await mai.fills_in_the_form()
    await mai.orders("COD", delivery_choice=await mai.chooses_store("1HNO0002"))
    await mai.order_is("DELIVERED")

    await mai.starts_activation()
    await mai.declares(full_name="Le Thi Mau Mai")
    await mai.photographs()
    await mai.gateway.post(f"/api/kyc/v1/sessions/{mai.session_id}/verify")
    await mai.kyc_is("KYC_PASSED")

    lines = {(line["person"], line["text"]) for line in await journal(actors, mai)}
    assert ("Cửa hàng 1HNO0002", "trao SIM trắng cho khách") in lines
    assert ("Người xem xét", "đối chiếu và duyệt giấy tờ") in lines


async def test_switched_off_an_order_waits_for_the_people_at_their_consoles(
    actors: Actors,
) -> None:
    assert (await actors.gateway.get("/sim/autopilot/v1"))["on"] is False
    lan = await actors.customer()
    await lan.finds_and_holds("PHYSICAL")
    await lan.fills_in_the_form()
    await lan.orders("COD", delivery_choice=await lan.chooses_home())
    osp = await actors.osp()
    shipment = await osp.sees_order(lan.hold_id)

    await osp.confirms(shipment)  # refused, had anybody been quicker

    await osp.booked(shipment)
    assert await journal(actors, lan) == []


async def test_work_that_waited_is_done_as_soon_as_the_switch_is_on(
    actors: Actors, autopilot: None
) -> None:
    """Also where a person has begun: OSP's own confirmation stands."""
    del autopilot
    await actors.gateway.put("/sim/autopilot/v1", {"on": False})
    lan = await actors.customer()
    await lan.finds_and_holds("PHYSICAL")
    await lan.fills_in_the_form()
    await lan.orders("COD", delivery_choice=await lan.chooses_home())
    osp = await actors.osp()
    await osp.confirms(await osp.sees_order(lan.hold_id))

    await actors.gateway.put("/sim/autopilot/v1", {"on": True})
    await lan.order_is("DELIVERED")

    async def is_written_down() -> bool:
        texts = [line["text"] for line in await journal(actors, lan)]
        return "xác nhận đơn và đặt lịch lấy hàng" not in texts and "báo: Đã giao" in texts

    await until("the journal to name only what was left to do", is_written_down)
