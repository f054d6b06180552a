"""Reviews by people, where the eKYC cannot decide about an identity (F5b.6, G27, LAW03)."""

from typing import Any, Final

from tests.e2e.stories import is_seen_and_approved, paid_esim

from demo.actors import Actors
from demo.customer import Customer
from demo.gateway import until

PAPER: Final = ("id_number", "full_name", "date_of_birth")
ASKED: Final = {"compared_with": "REGISTRY", "reference": "C06-2026-000123"}
IN_HAND: Final = {key: {"compared_with": "DOCUMENT"} for key in PAPER}
SEEN: Final = {"face": {"compared_with": "PERSON"}}


async def nobody_can_read(actors: Actors) -> Customer:
    """Bring a customer whose card is a blur in three pictures."""
    lan = await paid_esim(actors)
    await lan.starts_activation()
    await lan.declares()
    for _ in range(3):
        await lan.photographs(card={"blur": True})
        seen = await lan.verifies()
    assert (seen["status"], seen["attempts_left"]) == ("NEEDS_REVIEW", 0)
    return lan


async def reviewed(actors: Actors, lan: Customer, **decision: Any) -> None:
    officer = await actors.desk("officer1")
    case = f"/api/kyc/v1/cases/{lan.hold_id}"
    await officer.post(f"{case}/claim")
    await officer.post(f"{case}/review", decision)


async def test_a_case_for_a_reviewer_is_called_the_same_everywhere_and_goes_on(
    actors: Actors,
) -> None:
    """G27: kyc, activation and order say NEEDS_REVIEW; a comparison ends it."""
    lan = await nobody_can_read(actors)

    async def is_in_the_order() -> bool:
        order = await lan.gateway.get(f"/api/order/v1/orders/{lan.order['order_id']}")
        return bool(order["activation_status"] == "NEEDS_REVIEW")

    await lan.activation_is("NEEDS_REVIEW")
    await until("the order to say so, too", is_in_the_order)
    await reviewed(actors, lan, decision="PASS", findings=dict.fromkeys(PAPER, ASKED))

    await lan.kyc_is("KYC_PASSED")
    await is_seen_and_approved(actors, lan)
    assert (await lan.signs())["status"] == "SIGNED"


async def test_who_is_sent_to_a_store_is_helped_there(actors: Actors) -> None:
    """G27: five failures in a day, and still a way on."""
    lan = await nobody_can_read(actors)
    await reviewed(actors, lan, decision="FAIL", reason_code="DOC_BLUR")
    await lan.kyc_is("KYC_FAILED")
    for _ in range(2):
        seen = await lan.verifies()
    assert (seen["status"], seen["repeat"]) == ("KYC_FAILED", "STORE")
    store = await actors.desk("store1")
    case = f"/api/kyc/v1/store-cases/{lan.hold['hold_code']}"

    shown = await store.get(case)
    await store.post(f"{case}/decision", {"decision": "PASS", "findings": IN_HAND | SEEN})

    assert shown["declaration"]["full_name"] == lan.person.full_name
    assert (await lan.kyc_is("KYC_PASSED"))["verdict"]["face"] == "PASS"
