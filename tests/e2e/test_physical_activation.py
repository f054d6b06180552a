"""Flow 5a: a physical SIM on its way to the network, with every fork."""

import pytest
from tests.e2e.stories import approved, delivered, is_seen_and_approved, sent

from demo.actors import Actors
from demo.customer import Customer
from demo.gateway import Refusal, until, when_ready
from demo.staff import new_serial


async def test_papers_that_do_not_fit_can_be_photographed_again(actors: Actors) -> None:
    """F5a.7 TH1 and TH2, F5a.5, F5a.6."""
    lan, _ = await delivered(actors)
    await lan.starts_activation()
    await lan.declares()
    await lan.photographs(card={"blur": True})
    failed = await lan.verifies()

    await lan.photographs()
    passed = await lan.verifies()

    assert failed["status"] == "KYC_FAILED"
    assert "DOC_BLUR" in str(failed)
    assert passed["status"] == "KYC_PASSED"


async def test_a_call_that_failed_is_made_again(actors: Actors) -> None:
    """F5a.8 TH1 and TH2."""
    lan, _ = await delivered(actors)
    await lan.shows_papers()
    await lan.calls()
    agent = await actors.agent()
    await agent.answers(lan.hold_id)
    await agent.rejects("CALL_QUALITY")
    rejected = await lan.call_is("REJECTED")

    await is_seen_and_approved(actors, lan)

    assert rejected["call_id"] != lan.call_id
    await lan.activation_is("VIDEO_APPROVED")


async def test_the_serial_on_the_card_must_be_the_one_that_was_sent(actors: Actors) -> None:
    """F5a.9 (G37): a slip of the finger can be mended."""
    lan, serial = await approved(actors, "PHYSICAL")
    assert serial

    with pytest.raises(Refusal) as refusal:
        await lan.enters_serial(new_serial())
    await lan.enters_serial(serial)

    assert refusal.value.slug == "serial-mismatch"


async def test_a_connected_sim_is_activated_and_the_customer_is_told(actors: Actors) -> None:
    """F5a.9 to F5a.15: F5a.13 TH1, P3.6, P4.1, P6.1, P4.2, P3.7, P1.6."""
    lan = await sent(actors, "PHYSICAL")
    await (await actors.officer()).confirms(lan.hold_id)

    done = await lan.activation_is("ACTIVATED")
    subscriber = await actors.outside.subscriber(done["msisdn"])

    assert done["label_vi"] == "Đã hòa mạng"
    assert subscriber["sim_serial"]
    await lan.hold_is("CONSUMED")
    await _is_told(lan, "hòa mạng")


async def test_a_refused_connection_is_repaired_at_the_step_it_names(actors: Actors) -> None:
    """F5a.13 TH2, F5a.16, F5a.17, F5a.18 TH1: only what was wrong is done again (G32)."""
    lan = await sent(actors, "PHYSICAL")
    officer = await actors.officer()
    await officer.refuses(lan.hold_id, "SIGNATURE_INVALID", "Chữ ký không khớp")
    refused = await lan.activation_is("REFUSED")
    await _is_told(lan, "từ chối")

    await lan.signs()
    await lan.sends()
    await officer.confirms(lan.hold_id)

    assert (refused["label_vi"], refused["repeat"]) == ("Từ chối hòa mạng", "SIGN")
    assert refused["reason_text"] == "Chữ ký không khớp"
    await lan.activation_is("ACTIVATED")


async def test_a_refusal_the_customer_leaves_alone_stays_a_refusal(actors: Actors) -> None:
    """F5a.18 TH2: nothing happens by itself; the deadline of G39 goes on."""
    lan = await sent(actors, "PHYSICAL")
    await (await actors.officer()).refuses(lan.hold_id, "FRAUD_SUSPECTED", "Cần đến cửa hàng")

    refused = await lan.activation_is("REFUSED")

    assert refused["repeat"] == "STORE"
    assert refused["deadline"]


async def test_bad_photos_seen_by_the_connection_team_reopen_the_photo_step(actors: Actors) -> None:
    """F5a.18 TH1 for PHOTO: papers and call are needed again, the rest is kept."""
    lan = await sent(actors, "PHYSICAL")
    await (await actors.officer()).refuses(lan.hold_id, "PHOTO_UNCLEAR", "Ảnh mờ")
    await lan.activation_is("REFUSED")

    await lan.kyc_is("KYC_FAILED", "DRAFT", "REOPENED")
    await lan.photographs()
    assert (await lan.verifies())["status"] == "KYC_PASSED"
    await when_ready("the call to be open again", lan.calls)
    agent = await actors.agent()
    await agent.answers(lan.hold_id)
    await agent.examines(lan.person)
    await agent.approves()
    await lan.signs()
    await lan.sends()
    await (await actors.officer()).confirms(lan.hold_id)

    await lan.activation_is("ACTIVATED")


async def _is_told(customer: Customer, word: str) -> None:
    async def told() -> bool:
        return any(word in str(message).lower() for message in await customer.inbox())

    await until(f"a message about {word}", told)
