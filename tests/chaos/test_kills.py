"""Every service dies at its worst moments, the broker too; the journey goes on, nothing doubles."""

import asyncio
import os
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from tests.chaos.suite import Suite
from tests.e2e import stories

from demo.actors import Actors
from demo.customer import Customer
from demo.gateway import until
from events.transport.topics import wait_for_broker

RESTART_SECONDS = 120.0
"""The time a broker may take on a very busy machine, in seconds: 53 were seen."""

BEFORE_COMMIT = {
    "identity": "CustomerActivated",
    "catalog": "HoldCreated",
    "hold": "HoldCreated",
    "order": "OrderPlaced",
    "shipping": "ShipmentPacked",
    "kyc": "KycPassed",
    "videocall": "VideoCallApproved",
    "activation": "DossierSubmitted",
    "notification": "ConnectionCompleted",
}
"""Nothing of it is committed: it must be as if it had never begun."""

BEFORE_PUBLISH = {
    "identity": "CustomerRegistered",
    "catalog": "NumberWithdrawn",
    "hold": "HoldConfirmed",
    "order": "OrderRouted",
    "shipping": "ShipmentHandedOver",
    "kyc": "KycSubmitted",
    "videocall": "VideoCallQueued",
    "activation": "DossierSigned",
    "notification": "NotificationSent",
}
"""An event that is committed and not on Kafka yet must be sent after the restart."""

BEFORE_OFFSET = {
    "catalog": "HoldCreated",
    "hold": "OrderPlaced",
    "order": "ShipmentDelivered",
    "shipping": "OrderPlaced",
    "kyc": "ShipmentDelivered",
    "videocall": "KycPassed",
    "activation": "VideoCallApproved",
    "notification": "HoldConfirmed",
}
"""An event whose effect is committed and whose offset is not is consumed again, without effect."""


@pytest.mark.parametrize(
    ("point", "moments"),
    [
        ("before_commit", BEFORE_COMMIT),
        ("before_publish", BEFORE_PUBLISH),
        ("before_offset", BEFORE_OFFSET),
    ],
)
async def test_a_journey_survives_the_death_of_every_service(
    killable: Suite, actors: Actors, graves: Path, point: str, moments: Mapping[str, str]
) -> None:
    """P1.1 to P1.6: one charge, one shipment, one connection, one of each message."""
    faults = {service: f"{point}:{service}:{event}" for service, event in moments.items()}
    await asyncio.to_thread(killable.arm, faults, graves)

    if "catalog" in moments and moments["catalog"] == "NumberWithdrawn":
        await withdraw_a_number(actors)
    lan = await stories.sent(actors, "PHYSICAL", "ONLINE")
    await (await actors.officer()).confirms(lan.hold_id)
    await lan.activation_is("ACTIVATED")
    await lan.hold_is("CONSUMED")

    deaths = {fault.replace(":", "-") for fault in faults.values()}

    async def all_died() -> bool:
        died = await asyncio.to_thread(lambda: {grave.name for grave in graves.iterdir()})
        assert died <= deaths
        return died == deaths

    await until("each service has died once", all_died)  # the last event is still on its way
    await nothing_happened_twice(actors, lan)
    assert await shipments_of(lan) == 1


async def test_identity_may_die_while_a_customer_waits_for_the_code(
    killable: Suite, actors: Actors
) -> None:
    """F1.8 to F1.12: identity hears no events, so it dies between the request and the code."""
    lan = actors.stranger()
    begun = await actors.gateway.post(
        "/api/identity/v1/registrations",
        {"phone": lan.person.phone, "password": "mot-mat-khau-dai"},
    )
    await asyncio.to_thread(killable.kill, "identity")
    code = await actors.outside.code(lan.person.phone, seen=set())

    tokens = await actors.gateway.post(
        f"/api/identity/v1/registrations/{begun['registration_id']}/otp", {"code": code}
    )

    assert tokens["access_token"]
    assert len(await actors.outside.texts(lan.person.phone)) == 1


@pytest.mark.skipif("KAFKA_BOOTSTRAP" in os.environ, reason="the broker is not ours to kill")
async def test_an_online_payment_survives_the_death_of_the_broker(
    killable: Suite, actors: Actors
) -> None:
    """P2.2, flow 5b: what was committed while Kafka was away is heard when it is back."""
    nam = await stories.with_slip(actors, "ESIM")
    await nam.orders("ONLINE")
    await asyncio.to_thread(killable.kill, "kafka")
    await nam.pays()
    await wait_for_broker(await asyncio.to_thread(killable.address, "kafka"), RESTART_SECONDS)

    await nam.hold_is("CONFIRMED")
    await nam.shows_papers()
    await stories.is_seen_and_approved(actors, nam)
    await nam.signs()
    await nam.sends()
    await (await actors.officer()).confirms(nam.hold_id)
    await nam.activation_is("ESIM_QR_SENT")

    await nothing_happened_twice(actors, nam)


async def test_the_suite_may_be_stopped_in_mid_journey_and_loses_nothing(
    killable: Suite, actors: Actors
) -> None:
    """Stopped between the call and the signature, started again, and the journey goes on."""
    nam, _ = await stories.approved(actors, "ESIM")
    await asyncio.to_thread(killable.down)
    await asyncio.to_thread(killable.up)
    await nam.signs_in()

    await nam.signs()
    await nam.sends()
    await (await actors.officer()).confirms(nam.hold_id)

    await nam.activation_is("ESIM_QR_SENT")
    await nothing_happened_twice(actors, nam)


async def withdraw_a_number(actors: Actors) -> None:
    """Let catalog state something: a number is taken off sale."""
    admin = await actors.desk("admin")
    number = (await admin.get("/api/catalog/v1/numbers", mask="*4444", limit=1))["items"][0]
    await admin.post(
        f"/api/catalog/v1/numbers/{number['number_id']}/withdraw", {"reason_code": "RECALLED"}
    )


async def nothing_happened_twice(actors: Actors, customer: Customer) -> None:
    """Count what reached the outside world for this journey, and what its customer was told."""
    activation = await customer.activation_is("ACTIVATED", "ESIM_QR_SENT")
    connected = await actors.outside.counts(activation["msisdn"])
    order_id = customer.order["order_id"].replace("-", "")
    paid = await actors.outside.counts(order_id[-12:].upper())

    assert connected["connections"] == 1, connected
    assert paid["charges"] == 1, paid
    await each_message_came_once(actors, customer)


async def shipments_of(customer: Customer) -> int:
    """Count the parcels the carrier took for this order."""
    shipment = await customer.gateway.get(f"/api/shipping/v1/shipments/by-hold/{customer.hold_id}")
    return (await customer.outside.counts(shipment["shipment_id"]))["shipments"]


async def each_message_came_once(actors: Actors, customer: Customer) -> None:
    """Compare what was sent with what is different: no SMS, mail or inbox message repeats."""

    async def told() -> list[Any] | None:
        inbox = await customer.inbox()
        ends = {message["template"] for message in inbox} & {"connected", "esim_ready"}
        return inbox if ends else None

    inbox = await until("the customer to be told", told)
    texts = Counter(text["text"] for text in await actors.outside.texts(customer.person.phone))
    mails = Counter(m["subject"] for m in await actors.outside.mails(customer.person.email))
    titles = Counter((m["template"], m["body"]) for m in inbox)

    assert [text for text, times in texts.items() if times > 1] == []
    assert [subject for subject, times in mails.items() if times > 1] == []
    assert [title for title, times in titles.items() if times > 1] == []
