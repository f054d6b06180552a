"""Flow 2: a forgotten password (F2.1-F2.11, G12, G13)."""

import asyncio

import pytest
from services.identity.tests.people import LAN, LAN_DIGITS, PASSWORD, WRONG, World, problem

from events.ids import uuid7
from kit.testing import published

NEW = "mat-khau-moi"


async def test_the_code_leads_to_a_new_password(world: World) -> None:
    """F1.14 TH1, F2.2, F2.3, F2.5 TH2, F2.7, F2.8, F2.9 TH2, F2.11, and on to flow 1."""
    await world.becomes_customer()
    reset = await world.forgets()
    token = await proves(world, reset)

    answer = await chooses(world, reset, token)

    assert answer == (204, "")
    assert (await world.logs_in(password=NEW)).status_code == 201
    assert problem(await world.logs_in(password=PASSWORD))[0] == 401
    assert (await published(world.db))[-2:] == ["PasswordChanged", "SessionEnded"]


async def test_every_older_session_ends(world: World) -> None:
    """F2.11: whoever had the old password is out."""
    tokens = await world.becomes_customer()
    reset = await world.forgets()

    await chooses(world, reset, await proves(world, reset))

    answer = await world.post("/v1/sessions/refresh", refresh_token=tokens["refresh_token"])
    assert problem(answer) == (401, "session-over")


async def test_a_login_with_the_old_password_never_outlives_the_reset(world: World) -> None:
    """F2.11 in a race: a session begun meanwhile is ended, or never begins."""
    await world.becomes_customer()
    reset = await world.forgets()
    token = await proves(world, reset)

    logins, _ = await asyncio.gather(
        asyncio.gather(*(world.logs_in() for _ in range(6))), chooses(world, reset, token)
    )

    for login in logins:
        if login.status_code == 201:
            pair = login.json()
            answer = await world.post("/v1/sessions/refresh", refresh_token=pair["refresh_token"])
            assert problem(answer) == (401, "session-over")


async def test_a_wrong_code_is_wrong_and_an_old_one_expired(world: World) -> None:
    """F2.5 TH1, F2.6: back to F2.4, with the tries that are left."""
    await world.becomes_customer()
    reset = await world.forgets()
    code = await world.code_for()

    wrong = await enters(world, reset, f"{(int(code) + 1) % 1_000_000:06}")
    world.after(5 * 60)
    old = await enters(world, reset, code)

    assert wrong == (403, "otp-wrong")
    assert old == (403, "otp-expired")


async def test_an_unknown_phone_gets_the_same_answers_and_no_sms(world: World) -> None:
    """G12: from the first answer to the last try."""
    await world.becomes_customer()
    known = await world.post("/v1/password-resets", phone=LAN)
    await world.code_for()
    unknown = await world.post("/v1/password-resets", phone="0901234567")
    await world.run_tasks()

    assert known.status_code == unknown.status_code == 202
    assert known.json().keys() == unknown.json().keys()
    assert world.sms.to("84901234567") == []
    for answer in (known, unknown):
        reset = answer.json()["reset_id"]
        tries = [await enters(world, reset, WRONG) for _ in range(6)]
        assert tries == [(403, "otp-wrong")] * 5 + [(403, "otp-expired")]


async def test_a_code_for_something_else_is_good_for_nothing_here(world: World) -> None:
    """G13: bound to its purpose."""
    await world.becomes_customer()
    await world.post("/v1/phone-challenges", phone=LAN, purpose="SIGN")
    code = await world.code_for()
    reset = await world.forgets()

    assert await enters(world, reset, code) == (403, "otp-wrong")


async def test_two_different_passwords_are_typed_again(world: World) -> None:
    """F2.9 TH1, F2.10: back to F2.8 with the same leave."""
    await world.becomes_customer()
    reset = await world.forgets()
    token = await proves(world, reset)

    differ = await chooses(world, reset, token, again="something-else")
    short = await chooses(world, reset, token, password="1234567")
    right = await chooses(world, reset, token)

    assert differ == (422, "passwords-differ")
    assert short == (422, "invalid-request")
    assert right == (204, "")


async def test_choosing_the_same_password_again_is_done_already(world: World) -> None:
    """A lost answer; nothing is stated twice, and another password is refused."""
    await world.becomes_customer()
    reset = await world.forgets()
    token = await proves(world, reset)

    answers = [await chooses(world, reset, token) for _ in range(2)]
    other = await chooses(world, reset, token, password="yet-another")

    assert answers == [(204, "")] * 2
    assert other == (403, "reset-over")
    assert (await published(world.db)).count("PasswordChanged") == 1


async def test_the_leave_to_choose_runs_out(world: World) -> None:
    await world.becomes_customer()
    reset = await world.forgets()
    token = await proves(world, reset)
    world.after(10 * 60)

    assert await chooses(world, reset, token) == (403, "reset-over")
    assert (await world.logs_in()).status_code == 201


@pytest.mark.parametrize("token", ["made-up", ""])
async def test_without_the_code_no_password_is_changed(world: World, token: str) -> None:
    await world.becomes_customer()
    reset = await world.forgets()
    before_the_code = await chooses(world, reset, token)
    await proves(world, reset)

    assert before_the_code == await chooses(world, reset, token) == (403, "reset-over")


async def test_a_reset_is_good_for_its_own_account_only(world: World) -> None:
    await world.becomes_customer()
    await world.becomes_customer("0901234567", "84901234567", "minh-password")
    own, other = await world.forgets(), await world.forgets("0901234567")
    token = await proves(world, own)

    assert await chooses(world, other, token) == (403, "reset-over")
    assert await chooses(world, str(uuid7()), token) == (404, "no-such-reset")


async def test_a_reset_lets_a_locked_out_owner_in(world: World) -> None:
    """G14: the way out that F1.17 offers."""
    await world.becomes_customer()
    for _ in range(21):
        locked = await world.logs_in(password="guess-guess")
    reset = await world.forgets()

    await chooses(world, reset, await proves(world, reset))

    assert problem(locked) == (429, "too-many-logins")
    assert (await world.logs_in(password=NEW)).status_code == 201


async def enters(world: World, reset: str, code: str) -> tuple[int, str]:
    return problem(await world.post(f"/v1/password-resets/{reset}/otp", code=code))


async def proves(world: World, reset: str) -> str:
    code = await world.code_for(LAN_DIGITS)
    answer = await world.post(f"/v1/password-resets/{reset}/otp", code=code)
    assert answer.status_code == 200, answer.text
    return str(answer.json()["reset_token"])


async def chooses(
    world: World, reset: str, token: str, *, password: str = NEW, again: str | None = None
) -> tuple[int, str]:
    answer = await world.post(
        f"/v1/password-resets/{reset}/password",
        reset_token=token,
        password=password,
        password_again=again or password,
    )
    return (204, answer.text) if answer.status_code == 204 else problem(answer)
