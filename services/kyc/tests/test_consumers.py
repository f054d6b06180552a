"""What kyc makes of what it hears: in any order, twice, late (F5a.8 TH1, F5a.18, G32, P3.3)."""

import random
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Literal

import pytest

from events import (
    ConnectionRejected,
    Event,
    HoldClaimed,
    HoldConfirmed,
    HoldExpired,
    HoldReleased,
    KycPassed,
    ShipmentDelivered,
    StorePickupDone,
    VideoCallApproved,
    VideoCallRejected,
    VideoCallRetryNeeded,
    VideoCallRevoked,
)
from events.ids import uuid7
from kit import clock
from kit.testing import facts, published
from kyc.consumers import subscriptions
from kyc.journeys.domain import Journey

if TYPE_CHECKING:
    from services.kyc.tests.conftest import Customer, World


def delivered(customer: "Customer") -> ShipmentDelivered:
    now = clock.now()
    return ShipmentDelivered(
        occurred_at=now, hold_id=customer.hold_id, shipment_id=uuid7(), delivered_at=now
    )


def rejected(
    customer: "Customer", repeat: Literal["EDIT", "PHOTO", "CALL", "STORE"], reason: str
) -> VideoCallRejected:
    return VideoCallRejected(
        occurred_at=clock.now(),
        hold_id=customer.hold_id,
        call_id=uuid7(),
        agent_id=uuid7(),
        reason_code=reason,
        repeat=repeat,
        attempts_left=2,
    )


def refused(customer: "Customer", repeat: Literal["EDIT", "PHOTO", "CALL"]) -> ConnectionRejected:
    return ConnectionRejected(
        occurred_at=clock.now(),
        hold_id=customer.hold_id,
        connection_id=uuid7(),
        reason_code="DATA_WRONG",
        repeat=repeat,
    )


def approved(customer: "Customer") -> VideoCallApproved:
    now = clock.now()
    return VideoCallApproved(
        occurred_at=now,
        hold_id=customer.hold_id,
        call_id=uuid7(),
        agent_id=uuid7(),
        approved_at=now,
    )


@pytest.mark.parametrize("seed", range(12))
async def test_a_journey_is_the_same_in_whatever_order_it_is_heard(
    world: "World", seed: int
) -> None:
    """A channel's physical SIM, claimed, paid, re-routed, delivered; each fact once or twice."""
    customer = await world.customer(sim="PHYSICAL", hear_of=False)
    created = customer.created().model_copy(update={"customer_id": None, "entrance": "CHANNEL"})
    story: list[Event] = [
        created,
        HoldClaimed(occurred_at=clock.now(), hold_id=customer.hold_id, customer_id=customer.id),
        customer.confirmed(),
        customer.routed("KV1"),
        customer.routed("KV3"),
        delivered(customer),
    ]
    told = story * 2
    random.Random(seed).shuffle(told)

    for event in told:
        await world.hear(event)

    async with world.db.transaction() as tx:
        journey = await tx.get_one(Journey, customer.hold_id)
    assert (journey.customer_id, journey.sim, journey.region) == (customer.id, "PHYSICAL", "KV3")
    assert (await customer.start()).status_code == 201


async def test_a_channels_customer_has_no_session_before_the_claim(world: "World") -> None:
    """P3.3."""
    customer = await world.customer(hear_of=False)
    created = customer.created().model_copy(update={"customer_id": None, "entrance": "CHANNEL"})
    await world.hear(created, customer.confirmed())
    assert (await customer.start()).json()["waiting_for"] == ["HoldClaimed"]

    await world.hear(
        HoldClaimed(occurred_at=clock.now(), hold_id=customer.hold_id, customer_id=customer.id)
    )

    assert (await customer.start()).status_code == 201


async def test_a_sim_collected_at_a_store_has_arrived(world: "World") -> None:
    """F4.7 leads to F5a.1."""
    customer = await world.customer(sim="PHYSICAL")
    await world.hear(
        StorePickupDone(
            occurred_at=clock.now(),
            hold_id=customer.hold_id,
            shipment_id=uuid7(),
            store_code="2HCM0001",
            sim_serial="8984010000000000001",
        )
    )

    assert (await customer.start()).status_code == 201


def expired(customer: "Customer", at: datetime) -> HoldExpired:
    return HoldExpired(occurred_at=at, hold_id=customer.hold_id, number_id=uuid7())


@pytest.mark.parametrize("late", [False, True])
async def test_a_hold_confirmed_after_its_expiry_lives(world: "World", late: bool) -> None:  # noqa: FBT001, a case
    """Paid in time, heard late (G10): the expiry is the older word."""
    customer = await world.customer(hear_of=False)
    now = clock.now()
    story: list[Event] = [
        expired(customer, now),
        HoldConfirmed(
            occurred_at=now + timedelta(seconds=1),
            hold_id=customer.hold_id,
            number_id=uuid7(),
            because="PAID",
        ),
    ]
    await world.hear(customer.created(), *(reversed(story) if late else story))

    assert (await customer.start()).status_code == 201


async def test_a_hold_that_is_gone_cannot_be_activated(world: "World") -> None:
    customer = await world.customer()
    await customer.start()
    await world.hear(
        HoldReleased(
            occurred_at=clock.now(),
            hold_id=customer.hold_id,
            number_id=uuid7(),
            reason_code="CUSTOMER",
        )
    )

    again = await customer.start()

    assert (again.status_code, again.json()["type"]) == (409, "/problems/journey-closed")


@pytest.mark.parametrize("repeat", ["EDIT", "PHOTO"])
async def test_a_call_that_refused_form_or_photo_reopens_just_that(
    world: "World", repeat: Literal["EDIT", "PHOTO"]
) -> None:
    """F5a.8 TH1, G26: what is valid is kept."""
    customer = await world.customer()
    await customer.pass_check()
    no = rejected(customer, repeat, "PHOTO_UNCLEAR")

    await world.hear(no, no)

    seen = await customer.look()
    assert (seen["status"], seen["repeat"], seen["missing"]) == ("DRAFT", repeat, [])
    assert [r["code"] for r in seen["reasons"]] == ["PHOTO_UNCLEAR"]
    seen = await customer.verify(front=customer.person.card("FRONT"))
    assert (seen["status"], seen["attempt"]) == ("KYC_PASSED", 2)
    await world.hear(no.model_copy(update={"event_id": uuid7()}))
    assert (await customer.look())["status"] == "KYC_PASSED"


@pytest.mark.parametrize("repeat", ["CALL", "STORE"])
async def test_a_call_to_repeat_leaves_the_papers_alone(
    world: "World", repeat: Literal["CALL", "STORE"]
) -> None:
    customer = await world.customer()
    await customer.pass_check()

    await world.hear(rejected(customer, repeat, "CALL_QUALITY"))

    assert (await customer.look())["status"] == "KYC_PASSED"


async def test_a_technical_failure_of_the_call_is_not_listened_to() -> None:
    assert VideoCallRetryNeeded.topic not in subscriptions.handlers


async def test_a_refused_connection_reopens_the_form_with_its_reason(world: "World") -> None:
    """F5a.16, F5a.18 TH1."""
    customer = await world.customer()
    await customer.pass_check()
    await world.hear(approved(customer))

    await world.hear(refused(customer, "EDIT"))

    seen = await customer.look()
    assert (seen["status"], seen["repeat"]) == ("DRAFT", "EDIT")
    assert [r["code"] for r in seen["reasons"]] == ["DATA_WRONG"]
    assert (await customer.declare()).status_code == 200
    assert (await customer.verify())["status"] == "KYC_PASSED"
    assert (await published(world.db)).count("KycPassed") == 2


async def test_a_check_older_than_72_hours_may_take_the_portrait_again(world: "World") -> None:
    """The result is fresh for 72 hours, then the face again."""
    customer = await world.customer()
    await customer.pass_check()
    assert (await customer.photograph("PORTRAIT")).status_code == 409

    world.move_clock(timedelta(hours=73))

    seen = await customer.verify(portrait=customer.person.portrait())
    assert (seen["status"], seen["attempt"]) == ("KYC_PASSED", 2)
    last = (await facts(world.db))[-1]
    assert isinstance(last, KycPassed)
    assert last.attempt == 2


async def test_what_an_agent_approved_stays_as_it_is_unless_the_approval_falls(
    world: "World",
) -> None:
    """Otherwise other papers could be slipped under an approved call."""
    customer = await world.customer()
    await customer.pass_check()
    await world.hear(approved(customer))
    world.move_clock(timedelta(hours=73))
    assert (await customer.photograph("PORTRAIT")).status_code == 409

    await world.hear(
        VideoCallRevoked(
            occurred_at=clock.now(),
            hold_id=customer.hold_id,
            call_id=uuid7(),
            revoked_by=uuid7(),
            reason_code="AUDIT",
        )
    )

    assert (await customer.photograph("PORTRAIT")).status_code == 200
