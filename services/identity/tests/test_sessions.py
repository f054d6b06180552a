"""Flow 1, the left-hand side: logging in, staying logged in, logging out (F1.13-F1.18, G14)."""

import asyncio
import statistics
import time
from typing import Any

import pytest
from services.identity.tests.people import LAN, PASSWORD, World, problem
from sqlalchemy import func, select

from identity.jobs import jobs
from identity.tables import codes, refresh_tokens, registrations, resets, sessions
from kit import clock
from kit.testing import published


async def test_the_right_password_logs_in(world: World) -> None:
    """F1.2 TH1, F1.14 TH2, F1.15, F1.16 TH2, F1.18."""
    await world.becomes_customer()

    answer = await world.logs_in()

    assert answer.status_code == 201
    assert (await world.call("GET", "/v1/me", answer.json()["access_token"])).status_code == 200


async def test_a_wrong_password_and_an_unknown_phone_get_the_same_answer(world: World) -> None:
    """F1.16 TH1, F1.17, G14: the answer offers the forgotten password."""
    await world.becomes_customer()

    wrong = await world.logs_in(password="not-the-password")
    unknown = await world.logs_in(phone="0901234567")

    assert problem(wrong) == problem(unknown) == (401, "login-refused")
    assert wrong.json() == unknown.json()
    assert "forgotten password" in wrong.json()["title"]


async def test_an_unknown_phone_takes_as_long_as_a_wrong_password(world: World) -> None:
    """Both compare a password with a hash; the slowest thing by far."""
    await world.becomes_customer()

    async def lasts(phone: str) -> float:
        began = time.perf_counter()
        await world.logs_in(phone=phone, password="not-the-password")
        return time.perf_counter() - began

    known = statistics.median([await lasts(LAN) for _ in range(5)])
    unknown = statistics.median([await lasts("0901234567") for _ in range(5)])

    assert 1 / 3 < unknown / known < 3


async def test_an_account_that_waits_for_its_code_cannot_log_in(world: World) -> None:
    """F1.12 comes first."""
    await world.registers()

    assert problem(await world.logs_in()) == (401, "login-refused")


async def test_guessing_passwords_is_stopped_even_in_parallel(world: World) -> None:
    """G13: twenty tries in a quarter of an hour, for known and unknown phones alike."""
    await world.becomes_customer()

    known = await asyncio.gather(*(world.logs_in(password="guess-guess") for _ in range(24)))
    unknown = await asyncio.gather(*(world.logs_in(phone="0901234567") for _ in range(24)))
    locked = await world.logs_in()
    world.after(15 * 60)
    later = await world.logs_in()

    for answers in (known, unknown):
        assert sorted(a.status_code for a in answers) == [401] * 20 + [429] * 4
    assert problem(locked) == (429, "too-many-logins")
    assert later.status_code == 201


async def test_refreshing_gives_the_next_pair(world: World) -> None:
    tokens = await world.becomes_customer()

    answer = await refresh(world, tokens["refresh_token"])

    assert answer[0] == 200
    assert answer[1]["refresh_token"] != tokens["refresh_token"]
    assert (await world.call("GET", "/v1/me", answer[1]["access_token"])).status_code == 200


async def test_a_refresh_whose_answer_was_lost_may_be_repeated(world: World) -> None:
    """Within ten seconds; a phone in a lift is no thief."""
    tokens = await world.becomes_customer()
    await refresh(world, tokens["refresh_token"])
    world.after(9)

    status, pair = await refresh(world, tokens["refresh_token"])

    assert status == 200
    world.after(60)
    assert (await refresh(world, pair["refresh_token"]))[0] == 200


async def test_using_an_old_refresh_token_ends_the_session_for_everybody(world: World) -> None:
    """Thief and owner cannot be told apart: both sign in again."""
    tokens = await world.becomes_customer()
    _, newer = await refresh(world, tokens["refresh_token"])
    world.after(11)

    stolen = await refresh(world, tokens["refresh_token"])
    owners_answer = await refresh(world, newer["refresh_token"])

    assert (stolen[0], owners_answer[0]) == (401, 401)
    assert owners_answer[1]["type"] == "/problems/session-over"


async def test_many_refreshes_at_once_are_one_lost_answer_and_not_a_theft(world: World) -> None:
    tokens = await world.becomes_customer()

    answers = await asyncio.gather(*(refresh(world, tokens["refresh_token"]) for _ in range(6)))

    assert [status for status, _ in answers] == [200] * 6


async def test_a_session_ends_after_thirty_days_without_a_refresh(world: World) -> None:
    tokens = await world.becomes_customer()
    world.after(30 * 24 * 3600)

    assert (await refresh(world, tokens["refresh_token"]))[0] == 401


async def test_logging_out_ends_one_session_and_leaves_the_others(world: World) -> None:
    phone = await world.becomes_customer()
    tablet = (await world.logs_in()).json()

    first = await world.call("DELETE", "/v1/sessions/current", phone["access_token"])
    again = await world.call("DELETE", "/v1/sessions/current", phone["access_token"])

    assert (first.status_code, again.status_code) == (204, 204)
    assert (await refresh(world, phone["refresh_token"]))[0] == 401
    assert (await refresh(world, tablet["refresh_token"]))[0] == 200


@pytest.mark.parametrize("token", ["", "nonsense", "a" * 43])
async def test_a_made_up_refresh_token_is_refused(world: World, token: str) -> None:
    assert (await refresh(world, token))[0] == 401


async def test_a_new_password_ends_older_sessions_and_keeps_this_one(world: World) -> None:
    tokens = await world.becomes_customer()

    changed = await world.call(
        "PUT",
        "/v1/me/password",
        tokens["access_token"],
        current=PASSWORD,
        password="another-password",
    )

    assert changed.status_code == 200
    assert (await refresh(world, tokens["refresh_token"]))[0] == 401
    assert (await refresh(world, changed.json()["refresh_token"]))[0] == 200
    assert (await world.logs_in(password="another-password")).status_code == 201
    assert (await published(world.db))[-2:] == ["PasswordChanged", "SessionEnded"]


async def test_the_present_password_is_needed_to_change_it(world: World) -> None:
    tokens = await world.becomes_customer()

    answer = await world.call(
        "PUT", "/v1/me/password", tokens["access_token"], current="wrong", password=PASSWORD
    )

    assert problem(answer) == (403, "wrong-password")
    assert "PasswordChanged" not in await published(world.db)


async def test_i_can_change_what_is_known_about_me(world: World) -> None:
    tokens = await world.becomes_customer()
    token = tokens["access_token"]

    changed = await world.call("PATCH", "/v1/me", token, email="lan@example.vn", locale="en")
    wrong = await world.call("PATCH", "/v1/me", token, email="not an address")
    nothing = await world.call("PATCH", "/v1/me", token, unknown="field")

    assert changed.json()["email"] == "lan@example.vn"
    assert (await world.call("GET", "/v1/me", token)).json()["locale"] == "en"
    assert problem(wrong) == problem(nothing) == (422, "invalid-request")


async def test_nobody_is_told_anything_without_a_token(world: World) -> None:
    assert problem(await world.call("GET", "/v1/me")) == (401, "not-signed-in")
    assert problem(await world.call("GET", "/v1/me", "nonsense")) == (401, "not-signed-in")


async def test_what_is_over_is_forgotten(world: World) -> None:
    await world.becomes_customer()
    await world.forgets()
    world.after(31 * 24 * 3600)

    for job in jobs.all:
        await job.work(world.db, clock.now())

    for table in (sessions, refresh_tokens, codes, registrations, resets):
        async with world.db.transaction() as tx:
            assert await tx.scalar(select(func.count()).select_from(table)) == 0


async def refresh(world: World, token: str) -> tuple[int, dict[str, Any]]:
    answer = await world.post("/v1/sessions/refresh", refresh_token=token)
    return answer.status_code, answer.json()
