"""P2.1 to P2.3, P3.1 to P3.3: a sales channel sells, its customer claims and is connected."""

import pytest
from tests.e2e.stories import is_seen_and_approved

from demo.actors import Actors
from demo.gateway import Refusal


async def test_a_channels_customer_claims_the_slip_and_joins(actors: Actors) -> None:
    """P2.2, P3.2, P2.3, P1.3, P3.3, then flow 5a."""
    channel = await actors.channel()
    lan = await actors.customer()
    number = await lan.finds()
    held = await channel.sells(number, "PHYSICAL", lan.person)
    serial = await channel.delivers(held["hold_id"])
    proof = await lan.proves_phone("CLAIM")
    lan.hold = await lan.gateway.post(
        "/api/hold/v1/holds/claims", {"hold_code": held["hold_code"], "phone_proof": proof}
    )
    await lan.hold_is("CONFIRMED")

    assert (await lan.shows_papers())["status"] == "KYC_PASSED"
    await is_seen_and_approved(actors, lan)
    await lan.enters_serial(serial)
    await lan.signs()
    await lan.sends()
    await (await actors.officer()).confirms(lan.hold_id)

    await lan.activation_is("ACTIVATED")


async def test_a_slip_is_claimed_only_with_the_phone_the_channel_knows(actors: Actors) -> None:
    """P3.3: code and phone must fit; a stranger learns nothing."""
    channel = await actors.channel()
    lan, stranger = await actors.customer(), await actors.customer()
    held = await channel.sells(await lan.finds(), "ESIM", lan.person)
    proof = await stranger.proves_phone("CLAIM")

    with pytest.raises(Refusal) as refusal:
        await stranger.gateway.post(
            "/api/hold/v1/holds/claims", {"hold_code": held["hold_code"], "phone_proof": proof}
        )

    assert refusal.value.status == 404


async def test_a_partner_never_reaches_identity_checks_or_connections(actors: Actors) -> None:
    """LAW01: channels search, hold and deliver; nothing more."""
    channel = await actors.channel()
    lan = await actors.customer()
    held = await channel.sells(await lan.finds(), "ESIM", lan.person)

    for path, body in [
        ("/api/kyc/v1/sessions", {"hold_id": held["hold_id"]}),
        ("/api/videocall/v1/calls", {"hold_id": held["hold_id"]}),
        (f"/api/activation/v1/activations/{held['hold_id']}/submit", None),
    ]:
        with pytest.raises(Refusal) as refusal:
            await channel.gateway.post(path, body)
        assert refusal.value.status == 403
