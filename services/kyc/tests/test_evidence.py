"""The papers an attempt was judged on stay as they were (F5a.7, LAW12)."""

import pytest
from services.kyc.tests.test_reopening import rejected
from services.kyc.tests.world import Customer, World
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError


async def passed_twice(world: World) -> Customer:
    """Pass with one name and picture; be sent back by the call; pass with others."""
    customer = await world.customer()
    await customer.pass_check()
    await world.hear(rejected(customer, "EDIT", "DATA_MISMATCH"))
    await customer.declare(address="Số 2 Phố Khác")
    seen = await customer.verify(front=customer.person.card("FRONT", note=True))
    assert (seen["status"], seen["attempt"]) == ("KYC_PASSED", 2)
    return customer


async def test_a_new_attempt_leaves_the_papers_of_the_one_before_as_they_were(
    world: World,
) -> None:
    """F5a.8 TH1: an agent saw the first ones."""
    customer = await passed_twice(world)
    url, first = f"/v1/cases/{customer.hold_id}", {"attempt": 1}

    async with world.staff("connection_officer") as officer:
        now, then = await officer.get(url), await officer.get(url, params=first)
        new = await officer.get(f"{url}/images/FRONT")
        old = await officer.get(f"{url}/images/FRONT", params=first)

    assert [(a["number"], a["outcome"]) for a in now.json()["attempts"]] == [
        (1, "KYC_PASSED"),
        (2, "KYC_PASSED"),
    ]
    shown = [
        (case["shown_attempt"], case["declaration"]["address"])
        for case in (then.json(), now.json())
    ]
    assert shown == [(1, "Số 1 Phố Thử"), (2, "Số 2 Phố Khác")]
    assert old.content == customer.person.card("FRONT")
    assert new.content == customer.person.card("FRONT", note=True)


async def test_the_papers_of_an_earlier_session_of_the_hold_can_still_be_seen(
    world: World,
) -> None:
    """LAW12: a hold that lived again, and the attempt an agent may have approved before."""
    customer = await world.customer()
    await customer.pass_check()
    async with world.db.transaction() as tx:
        await tx.execute(text("update session set status = 'CLOSED'"))
    await customer.prepare(front=customer.person.card("FRONT", note=True))
    await customer.verify()
    url, first = f"/v1/cases/{customer.hold_id}", {"attempt": 1}

    async with world.staff("connection_officer") as officer:
        case = (await officer.get(url, params=first)).json()
        then = await officer.get(f"{url}/images/FRONT", params=first)

    assert [a["number"] for a in case["attempts"]] == [1, 2]
    assert case["shown_attempt"] == 1
    assert then.content == customer.person.card("FRONT")


async def test_a_draft_is_not_shown_as_if_it_had_been_judged(world: World) -> None:
    """F5a.4, SB.3.3a: the form changes after the verdict, the verdict's form does not."""
    customer = await world.customer()
    await customer.prepare(front=customer.person.card("FRONT", blur=True))
    async with world.staff("connection_officer") as officer:
        before = await officer.get(f"/v1/cases/{customer.hold_id}")
        unsent = await officer.get(f"/v1/cases/{customer.hold_id}/images/FRONT")
        await customer.verify()
        await customer.declare(address="Số 2 Phố Khác")
        await customer.photograph("FRONT")
        after = await officer.get(f"/v1/cases/{customer.hold_id}")
        judged = await officer.get(f"/v1/cases/{customer.hold_id}/images/FRONT")
        unknown = await officer.get(f"/v1/cases/{customer.hold_id}", params={"attempt": 9})

    assert (before.json()["declaration"], unsent.status_code) == (None, 404)
    assert after.json()["declaration"]["address"] == "Số 1 Phố Thử"
    assert judged.content == customer.person.card("FRONT", blur=True)
    assert (unknown.status_code, unknown.json()["type"]) == (404, "/problems/nothing-sent")


async def test_a_picture_that_is_sent_again_unchanged_is_kept_once(world: World) -> None:
    await passed_twice(world)

    async with world.db.transaction() as tx:
        kept = await tx.execute(text("select kind, count(*) from evidence group by kind"))
        assert dict([tuple(row) for row in kept]) == {"FRONT": 2, "BACK": 1, "PORTRAIT": 1}


@pytest.mark.parametrize(
    "change",
    [
        "update evidence set sealed = ''",
        "delete from evidence",
        "update attempt set evidence = '{}'",
        "update attempt set declaration = null",
        "update attempt set outcome = 'KYC_FAILED'",
        "delete from attempt",
    ],
)
async def test_the_database_refuses_to_change_what_was_judged(world: World, change: str) -> None:
    """LAW12: nothing in this service has to be trusted with it."""
    customer = await world.customer()
    await customer.pass_check()

    with pytest.raises(IntegrityError):
        async with world.db.transaction() as tx:
            await tx.execute(text(change))


async def test_papers_under_examination_are_as_fixed_as_judged_ones(world: World) -> None:
    """F5a.6: between the button and the verdict only the verdict may be added."""
    customer = await world.customer()
    await customer.prepare()
    await customer.press_verify()

    with pytest.raises(IntegrityError):
        async with world.db.transaction() as tx:
            await tx.execute(text("update attempt set declaration = null"))
    await world.work()
    assert (await customer.look())["status"] == "KYC_PASSED"


async def test_an_attempt_that_the_release_before_sent_is_judged_too(world: World) -> None:
    """While pods are replaced, an old one takes the request and a new one asks mobi eKYC."""
    customer = await world.customer()
    await customer.prepare()
    await customer.press_verify()
    async with world.db.transaction() as tx:
        await tx.execute(text("alter table attempt disable trigger user"))
        await tx.execute(text("update attempt set declaration = null, id_index = null"))
        await tx.execute(text("alter table attempt enable trigger user"))

    await world.work()

    assert (await customer.look())["status"] == "KYC_PASSED"
    signed = await customer.http.get(f"/v1/sessions/{customer.session_id}/declaration")
    assert signed.json()["form"] == customer.person.form()
