"""Facts that open a passed session again, and others (F5a.8 TH1, F5a.16, F5a.18, G26)."""

from datetime import timedelta
from typing import Literal

import pytest
from services.kyc.tests.world import Customer, World

from events import (
    ConnectionRejected,
    KycPassed,
    VideoCallApproved,
    VideoCallRejected,
    VideoCallRetryNeeded,
    VideoCallRevoked,
)
from events.ids import uuid7
from kit import clock
from kit.testing import facts, published


def rejected(
    customer: Customer, repeat: Literal["EDIT", "PHOTO", "CALL", "STORE"], reason: str
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


def refused(customer: Customer, repeat: Literal["EDIT", "PHOTO", "CALL"]) -> ConnectionRejected:
    return ConnectionRejected(
        occurred_at=clock.now(),
        hold_id=customer.hold_id,
        connection_id=uuid7(),
        reason_code="DATA_WRONG",
        repeat=repeat,
    )


def approved(customer: Customer) -> VideoCallApproved:
    now = clock.now()
    return VideoCallApproved(
        occurred_at=now,
        hold_id=customer.hold_id,
        call_id=uuid7(),
        agent_id=uuid7(),
        approved_at=now,
    )


@pytest.mark.parametrize("repeat", ["EDIT", "PHOTO"])
async def test_a_call_that_refused_form_or_photo_reopens_just_that(
    world: World, repeat: Literal["EDIT", "PHOTO"]
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
    world: World, repeat: Literal["CALL", "STORE"]
) -> None:
    customer = await world.customer()
    await customer.pass_check()

    await world.hear(rejected(customer, repeat, "CALL_QUALITY"))

    assert (await customer.look())["status"] == "KYC_PASSED"


async def test_a_technical_failure_of_the_call_leaves_the_papers_alone(world: World) -> None:
    """G26."""
    customer = await world.customer()
    await customer.pass_check()

    await world.hear(
        VideoCallRetryNeeded(
            occurred_at=clock.now(),
            hold_id=customer.hold_id,
            call_id=uuid7(),
            reason_code="TECHNICAL",
        )
    )

    assert (await customer.look())["status"] == "KYC_PASSED"


async def test_a_refused_connection_reopens_the_form_with_its_reason(world: World) -> None:
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


async def test_a_check_older_than_72_hours_may_take_the_portrait_again(world: World) -> None:
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
    world: World,
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
