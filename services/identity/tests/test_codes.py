"""The code by SMS: what it says, how often it may be tried and sent (F1.8-F1.11, G13)."""

import asyncio

import pytest
from services.identity.tests.people import LAN_DIGITS, World, problem
from sqlalchemy import select

from identity.tables import codes
from kit.testing import published


async def test_the_sms_says_what_the_code_is_for_and_for_how_long(world: World) -> None:
    """F1.8."""
    await world.registers()
    code = await world.code_for()

    (text,) = world.sms.to(LAN_DIGITS)
    assert text == (
        f"Ma xac thuc Chon So cua quy khach la {code}, hieu luc 5 phut, dung de dang ky tai khoan."
        " Khong dua ma nay cho bat ky ai."
    )


async def test_a_wrong_code_says_how_many_tries_are_left(world: World) -> None:
    """F1.10 TH2, F1.11: back to F1.9, and the right code still works."""
    registration = await world.registers()
    code = await world.code_for()

    wrong = await world.post(f"/v1/registrations/{registration}/otp", code=other_than(code))
    right = await world.post(f"/v1/registrations/{registration}/otp", code=code)

    assert problem(wrong) == (403, "otp-wrong")
    assert wrong.json()["tries_left"] == 4
    assert right.status_code == 201


async def test_an_old_code_is_expired_and_not_wrong(world: World) -> None:
    """F1.11: the two are told apart."""
    registration = await world.registers()
    code = await world.code_for()
    world.after(5 * 60)

    answer = await world.post(f"/v1/registrations/{registration}/otp", code=code)

    assert problem(answer) == (403, "otp-expired")


async def test_after_five_wrong_tries_the_right_code_is_void(world: World) -> None:
    """G13: even when they come all at once."""
    registration = await world.registers()
    code = await world.code_for()

    answers = await asyncio.gather(
        *(
            world.post(f"/v1/registrations/{registration}/otp", code=other_than(code))
            for _ in range(12)
        )
    )
    right = await world.post(f"/v1/registrations/{registration}/otp", code=code)

    kinds = sorted(problem(a)[1] for a in answers)
    assert kinds == ["otp-expired"] * 7 + ["otp-wrong"] * 5
    assert max(a.json()["tries_left"] for a in answers) == 4
    assert problem(right) == (403, "otp-expired")


async def test_a_guesser_uses_up_none_of_the_owners_tries(world: World) -> None:
    """G13: whoever asks for a code to somebody's phone may enter it wrongly, for themselves."""
    registration = await world.registers()
    code = await world.code_for()
    world.address = "198.51.100.9"
    theirs = await world.registers()
    guesses = [
        problem(await world.post(f"/v1/registrations/{theirs}/otp", code=other_than(code)))[1]
        for _ in range(6)
    ]
    right = await world.post(f"/v1/registrations/{theirs}/otp", code=code)

    world.address = "203.0.113.7"
    owner = await world.post(f"/v1/registrations/{registration}/otp", code=code)

    assert guesses == ["otp-wrong"] * 5 + ["otp-expired"]
    assert problem(right) == (403, "otp-expired"), "the guesser has found it too late"
    assert owner.status_code == 201


async def test_many_guessers_together_have_no_more_than_twenty_tries(world: World) -> None:
    registration = await world.registers()
    code = await world.code_for()
    kinds = []
    for n in range(25):
        world.address = f"198.51.100.{n}"
        answer = await world.post(f"/v1/registrations/{registration}/otp", code=other_than(code))
        kinds.append(problem(answer)[1])

    assert kinds == ["otp-wrong"] * 20 + ["otp-expired"] * 5


async def test_a_code_is_used_once_however_many_try_at_once(world: World) -> None:
    """F1.10: one account, one session."""
    registration = await world.registers()
    code = await world.code_for()

    answers = await asyncio.gather(
        *(world.post(f"/v1/registrations/{registration}/otp", code=code) for _ in range(8))
    )

    assert sorted(a.status_code for a in answers) == [201] + [403] * 7
    assert await published(world.db) == ["CustomerRegistered", "CustomerActivated"]


async def test_a_new_code_voids_the_old_one(world: World) -> None:
    """G13: resend, after a minute."""
    registration = await world.registers()
    old = await world.code_for()
    too_soon = await world.post(f"/v1/registrations/{registration}/resend")
    world.after(61)

    again = await world.post(f"/v1/registrations/{registration}/resend")
    new = await world.code_for()

    assert problem(too_soon) == (429, "resend-too-soon")
    assert 0 < too_soon.json()["retry_after_seconds"] <= 60
    assert again.json()["resend_after_seconds"] == 60
    if old != new:
        answer = await world.post(f"/v1/registrations/{registration}/otp", code=old)
        assert problem(answer) == (403, "otp-wrong")
    answer = await world.post(f"/v1/registrations/{registration}/otp", code=new)
    assert answer.status_code == 201


@pytest.mark.parametrize("zero", ["\uff10", "\u0660"])
async def test_digits_of_any_keyboard_are_read(world: World, zero: str) -> None:
    """F1.10: full-width digits and others are the digits they look like."""
    registration = await world.registers()
    typed = "".join(chr(ord(zero) + int(d)) for d in await world.code_for())

    answer = await world.post(
        f"/v1/registrations/{registration}/otp", code=f" {typed[:3]} {typed[3:]} "
    )

    assert answer.status_code == 201


async def test_an_sms_that_the_gateway_refuses_is_listed_and_not_tried_again(world: World) -> None:
    await world.registers()
    world.sms.refuses = True
    await world.run_tasks()
    world.sms.refuses = False
    world.after(60)
    await world.run_tasks()

    assert world.sms.sent == {}


@pytest.mark.parametrize("code", ["12345", "1234567", "abcdef", "\u4e00\u4e8c\u4e09456", ""])
async def test_what_is_no_code_costs_no_try(world: World, code: str) -> None:
    registration = await world.registers()

    answer = await world.post(f"/v1/registrations/{registration}/otp", code=code)

    assert problem(answer)[0] == 422
    async with world.db.transaction() as tx:
        assert await tx.scalar(select(codes.c.tries_left)) == 20


async def test_the_sms_waits_for_its_gateway_and_is_sent_once(world: World) -> None:
    """A gateway that is down, then loses an answer, then works."""
    await world.registers()
    world.sms.down = True
    await world.run_tasks()
    world.sms.down, world.sms.loses_answers = False, True
    world.after(60)
    await world.run_tasks()
    world.sms.loses_answers = False
    world.after(60)
    await world.run_tasks()

    assert len(world.sms.to(LAN_DIGITS)) == 1


async def test_an_sms_that_comes_too_late_is_not_sent(world: World) -> None:
    await world.registers()
    world.after(5 * 60)

    await world.run_tasks()

    assert world.sms.sent == {}


async def test_only_the_newest_code_is_sent(world: World) -> None:
    """G13: an SMS that waits for its gateway must not arrive after the code that voids it."""
    registration = await world.registers()
    world.after(61)
    await world.post(f"/v1/registrations/{registration}/resend")

    code = await world.code_for()

    assert len(world.sms.to(LAN_DIGITS)) == 1
    answer = await world.post(f"/v1/registrations/{registration}/otp", code=code)
    assert answer.status_code == 201


def other_than(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06}"
