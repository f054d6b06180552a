"""Flow 3: holding a number, with every fork of the form, the delivery and the payment."""

import pytest
from tests.e2e.stories import ordered_at_store, ordered_home, paid_esim, with_slip

from demo.actors import Actors
from demo.gateway import Refusal


async def test_a_form_with_mistakes_names_each_of_them_and_can_be_mended(actors: Actors) -> None:
    """F3.3, F3.4 TH2 and TH1, F3.5."""
    lan = await actors.customer()
    await lan.finds_and_holds("ESIM")

    with pytest.raises(Refusal) as refusal:
        await lan.fills_in_the_form(full_name="X", contact_phone="12", email="nowhere")
    await lan.fills_in_the_form()

    wrong = {error["field"] for error in refusal.value.problem["errors"]}
    assert {"full_name", "contact_phone", "email"} <= wrong
    assert lan.hold["status"] == "HELD"
    assert lan.hold["hold_code"].startswith("GS")


async def test_an_esim_is_paid_online_and_its_slip_is_confirmed(actors: Actors) -> None:
    """F3.6 TH1, F3.14: the promotion was shown before the payment (SB.7)."""
    nam = await with_slip(actors, "ESIM")
    quote = await nam.sees_the_price("ONLINE")
    await nam.orders("ONLINE")
    await nam.pays()
    slip = await nam.hold_is("CONFIRMED")

    assert quote["promotion"]["code"] == "KMTN4G"
    assert quote["promotion"]["package_code"] == "TN4G"
    assert slip["hold_code"] == nam.hold["hold_code"]
    charged = await actors.outside.counts()
    assert charged["charges"] >= 1


async def test_an_esim_cannot_be_paid_on_receipt(actors: Actors) -> None:
    """F3.6 TH1 (G09): there is nothing to receive."""
    nam = await with_slip(actors, "ESIM")

    with pytest.raises(Refusal) as refusal:
        await nam.orders("COD")

    assert refusal.value.status == 422


async def test_a_physical_sim_comes_home_and_is_paid_on_receipt(actors: Actors) -> None:
    """F3.6 TH2, F3.7, F3.8 TH1, F3.10, F3.11, F3.12 TH2, F3.13."""
    lan = await ordered_home(actors)

    await lan.hold_is("CONFIRMED")
    assert (await lan.order_is("PENDING"))["delivery"] == "HOME"


async def test_a_physical_sim_can_be_fetched_at_a_store(actors: Actors) -> None:
    """F3.8 TH2, F3.9."""
    lan = await ordered_at_store(actors)

    await lan.hold_is("CONFIRMED")
    assert (await lan.order_is("PENDING"))["delivery"] == "STORE"


async def test_a_physical_sim_paid_online_is_shipped_too(actors: Actors) -> None:
    """F3.12 TH1 (G07)."""
    lan = await ordered_home(actors, "ONLINE")
    await lan.pays()

    await lan.hold_is("CONFIRMED")
    await lan.order_is("PENDING")
    osp = await actors.osp()
    assert await osp.sees_order(lan.hold_id)


async def test_a_payment_that_fails_can_be_tried_again_while_the_hold_lives(actors: Actors) -> None:
    """F3.12 TH1 (G10)."""
    nam = await with_slip(actors, "ESIM")
    await nam.orders("ONLINE")
    await nam.pays("NO_FUNDS")
    await nam.order_is("AWAITING_PAYMENT")

    again = await nam.gateway.post(f"/api/order/v1/orders/{nam.order['order_id']}/payments")
    nam.order |= again
    await nam.pays()

    await nam.hold_is("CONFIRMED")


async def test_a_number_that_somebody_holds_is_not_for_others(actors: Actors) -> None:
    """F3.1: one number has one live hold."""
    lan = await actors.customer()
    number = await lan.finds_and_holds("ESIM")
    nam = await actors.customer()

    with pytest.raises(Refusal) as refusal:
        await nam.holds(number, "ESIM")

    assert (refusal.value.status, refusal.value.slug) == (409, "number-taken")


async def test_a_slip_can_be_looked_up_with_its_code_and_the_phone(actors: Actors) -> None:
    """SB.2.4 (G11)."""
    nam = await paid_esim(actors)
    proof = await nam.proves_phone("LOOKUP")
    slip = await actors.gateway.post(
        "/api/hold/v1/holds/lookup", {"hold_code": nam.hold["hold_code"], "phone_proof": proof}
    )

    assert slip["hold_id"] == nam.hold_id
    assert nam.person.full_name not in str(slip)
