"""Flow 5b: an eSIM on its way to the phone, with every fork."""

import io

import zxingcpp
from PIL import Image
from tests.e2e.stories import is_seen_and_approved, paid_esim, sent

from demo.actors import Actors
from demo.gateway import until
from demo.outside import journey_in


async def test_a_face_that_does_not_fit_is_photographed_again(actors: Actors) -> None:
    """F5b.6 TH2 and TH1, F5b.4, F5b.5."""
    nam = await paid_esim(actors)
    await nam.starts_activation()
    await nam.declares()
    await nam.photographs(face={"live": False})
    failed = await nam.verifies()

    await nam.photographs()
    passed = await nam.verifies()

    assert (failed["status"], passed["status"]) == ("KYC_FAILED", "KYC_PASSED")


async def test_after_a_failed_call_the_customer_calls_again_and_then_signs(actors: Actors) -> None:
    """F5b.7 TH1 repeats step 7, TH2 goes to step 8, the signature (G25)."""
    nam = await paid_esim(actors)
    await nam.shows_papers()
    await nam.calls()
    agent = await actors.agent()
    await agent.answers(nam.hold_id)
    await agent.rejects("CALL_QUALITY")
    await nam.call_is("REJECTED")
    await is_seen_and_approved(actors, nam)

    signed = await nam.signs()

    assert signed["status"] == "SIGNED"


async def test_the_code_that_msale_issued_is_mailed_scanned_and_activates(actors: Actors) -> None:
    """F5b.12 TH1, F5b.13, F5b.14 TH1, F5b.15, F5b.16, P3.7, P4.2, P1.6."""
    nam = await sent(actors, "ESIM")
    await (await actors.officer()).confirms(nam.hold_id)
    connected = await nam.activation_is("ESIM_QR_SENT")
    mail = await actors.outside.mail_about(nam.person.email, "eSIM")
    journey = journey_in(mail["text"])
    card = await nam.opens_the_esim(journey)
    picture = await nam.sees_the_qr(journey)
    [read] = zxingcpp.read_barcodes(Image.open(io.BytesIO(picture)))

    await nam.scans()
    done = await nam.activation_is("ACTIVATED")

    assert read.text == card["activation_code"]
    assert read.text.startswith("LPA:1$")
    assert card["matching_id"] not in mail["text"]
    assert done["label_vi"] == "Đã hòa mạng"
    subscriber = await actors.outside.subscriber(connected["msisdn"])
    assert (subscriber["sim_kind"], subscriber["packages"]) == ("ESIM", ["TN4G"])


async def test_a_refused_esim_is_signed_again_and_connected(actors: Actors) -> None:
    """F5b.12 TH2, F5b.18, F5b.19, F5b.20 TH1."""
    nam = await sent(actors, "ESIM")
    officer = await actors.officer()
    await officer.refuses(nam.hold_id, "SIGNATURE_INVALID", "Chữ ký không khớp")
    await nam.activation_is("REFUSED")

    await nam.signs()
    await nam.sends()
    await officer.confirms(nam.hold_id)

    await nam.activation_is("ESIM_QR_SENT")


async def test_a_refusal_left_alone_stays_one(actors: Actors) -> None:
    """F5b.20 TH2."""
    nam = await sent(actors, "ESIM")
    await (await actors.officer()).refuses(nam.hold_id, "ID_QUOTA_EXCEEDED", "Quá số thuê bao")

    assert (await nam.activation_is("REFUSED"))["repeat"] == "STORE"


async def test_a_scan_that_failed_gets_help_and_a_new_code(actors: Actors) -> None:
    """F5b.14 TH2, F5b.17, F5b.20 TH1 (G29): the subscriber is connected, only the phone is not."""
    nam = await sent(actors, "ESIM")
    await (await actors.officer()).confirms(nam.hold_id)
    await nam.activation_is("ESIM_QR_SENT")
    first = await nam.opens_the_esim()
    failed = await nam.scans("FAILED", reason_code="CODE_EXPIRED")
    await nam.gateway.post(f"/api/activation/v1/activations/{nam.hold_id}/esim/reissue")

    async def another() -> bool:
        return bool((await nam.opens_the_esim())["matching_id"] != first["matching_id"])

    await until("a new code", another)
    await nam.scans()

    assert failed["label_vi"] == "Quét QR thất bại"
    assert (await nam.activation_is("ACTIVATED"))["status"] == "ACTIVATED"


async def test_a_revoked_approval_takes_the_dossier_back_from_msale(actors: Actors) -> None:
    """44, G28: what has not happened is stopped; the customer is seen and signs again."""
    nam = await sent(actors, "ESIM")
    supervisor = await actors.desk("manager2")
    revoke = f"/api/videocall/v1/desk/calls/{nam.call_id}/revoke"
    await supervisor.post(revoke, {"reason_code": "FACE_MISMATCH"})
    stopped = await nam.activation_is("VIDEO_WAITING")

    await is_seen_and_approved(actors, nam)
    await nam.signs()
    await nam.sends()
    await (await actors.officer()).confirms(nam.hold_id)

    assert stopped["waiting_for"] == ["VIDEO_CALL"]
    connected = await nam.activation_is("ESIM_QR_SENT")
    assert (await actors.outside.subscriber(connected["msisdn"]))["sim_kind"] == "ESIM"


async def test_an_esim_in_msales_queue_is_withdrawn_when_its_order_is_cancelled(
    actors: Actors,
) -> None:
    """G18: of cancelling and connecting one wins, and mSale keeps no orphan."""
    nam = await sent(actors, "ESIM")

    await nam.cancels()

    await nam.order_is("CANCELLED")
    gone = await nam.activation_is("CLOSED")
    assert (await actors.outside.counts(gone["msisdn"]))["connections"] == 0
