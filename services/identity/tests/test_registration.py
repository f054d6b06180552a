"""Flow 1, the right-hand side: from "Register" to an open account (F1.3-F1.12, G13)."""

import asyncio

import pytest
from services.identity.tests.people import (
    LAN,
    LAN_DIGITS,
    PASSWORD,
    WRONG,
    World,
    problem,
)
from sqlalchemy import func, select, text

from events import CustomerActivated
from events.ids import uuid7
from identity.accounts.tables import customers
from identity.codes.tables import codes
from identity.tables import metadata
from kit.db import Database
from kit.tasks import task
from kit.testing import assert_migrated, facts, published
from kit.tokens import Verifier


async def test_the_migrations_make_the_tables_of_the_code(db: Database) -> None:
    await assert_migrated("identity", metadata, db)


async def test_the_right_code_opens_the_account_and_logs_in(world: World) -> None:
    """F1.2 TH2, F1.6 TH2, F1.8, F1.10 TH1, F1.12."""
    registration = await world.registers()
    code = await world.code_for()

    answer = await world.post(f"/v1/registrations/{registration}/otp", code=code)

    assert answer.status_code == 201
    assert answer.json()["token_type"] == "Bearer"
    assert await published(world.db) == ["CustomerRegistered", "CustomerActivated"]
    assert (await world.logs_in()).status_code == 201


async def test_the_sms_says_what_the_code_is_for_and_for_how_long(world: World) -> None:
    """F1.8."""
    await world.registers()
    code = await world.code_for()

    (text,) = world.sms.to(LAN_DIGITS)
    assert text == (
        f"Ma xac thuc Chon So cua quy khach la {code}, hieu luc 5 phut, dung de dang ky tai khoan."
        " Khong dua ma nay cho bat ky ai."
    )


async def test_the_token_says_who_is_calling(world: World) -> None:
    tokens = await world.becomes_customer()

    claims = Verifier(world.app.state.settings.keys_dir, "identity", "chonso").open(
        tokens["access_token"]
    )

    activated = [f for f in await facts(world.db) if isinstance(f, CustomerActivated)]
    assert claims["sub"] == str(activated[0].subject_id)
    assert (claims["kind"], claims["phone"], claims["locale"]) == ("customer", LAN_DIGITS, "vi")
    assert claims["exp"] - claims["iat"] == 15 * 60


@pytest.mark.parametrize(
    ("phone", "password"),
    [
        ("02838221234", PASSWORD),  # a landline
        ("+1 202 555 0100", PASSWORD),  # another country
        ("hello", PASSWORD),
        ("0931 266 86", PASSWORD),
        (LAN, "1234567"),
        (LAN, "x" * 129),
    ],
)
async def test_what_cannot_be_right_is_named_and_sent_back(
    world: World, phone: str, password: str
) -> None:
    """F1.6 TH1, F1.7: the field, and never what was in it."""
    answer = await world.post("/v1/registrations", phone=phone, password=password)

    assert problem(answer) == (422, "invalid-request")
    assert answer.json()["errors"][0]["field"] in {"phone", "password"}
    assert phone not in answer.text
    assert await published(world.db) == []


@pytest.mark.parametrize("written", ["0931.266.868", "+84931266868", "84 931 266 868", LAN])
async def test_one_phone_is_one_phone_however_it_is_written(world: World, written: str) -> None:
    await world.becomes_customer()

    assert (await world.logs_in(phone=written)).status_code == 201


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


async def test_a_code_is_used_once_however_many_try_at_once(world: World) -> None:
    """F1.10: one account, one session."""
    registration = await world.registers()
    code = await world.code_for()

    answers = await asyncio.gather(
        *(world.post(f"/v1/registrations/{registration}/otp", code=code) for _ in range(8))
    )

    assert sorted(a.status_code for a in answers) == [201] + [403] * 7
    assert await published(world.db) == ["CustomerRegistered", "CustomerActivated"]


async def test_registering_twice_at_once_makes_one_account_and_one_sms(world: World) -> None:
    """F1.8; either of the two answers can be finished with the code, and only one of them."""
    registrations = await asyncio.gather(*(world.registers() for _ in range(6)))
    code = await world.code_for()

    answers = await asyncio.gather(
        *(world.post(f"/v1/registrations/{one}/otp", code=code) for one in registrations)
    )

    assert sorted(a.status_code for a in answers) == [201] + [403] * 5
    assert len(world.sms.to(LAN_DIGITS)) == 1
    async with world.db.transaction() as tx:
        assert await tx.scalar(select(func.count()).select_from(customers)) == 1


async def test_an_unfinished_registration_can_be_started_again(world: World) -> None:
    """F1.7 back to F1.5: the newer password counts."""
    await world.registers(password="the-old-password")
    world.after(61)

    await world.becomes_customer()

    assert (await world.logs_in()).status_code == 201
    assert problem(await world.logs_in(password="the-old-password"))[0] == 401
    assert await published(world.db) == ["CustomerRegistered", "CustomerActivated"]


async def test_nobody_gets_their_password_activated_by_anothers_code(world: World) -> None:
    """A stranger registers the same phone while its owner waits for the SMS."""
    mine = await world.registers()
    await world.registers(password="a-strangers-password")
    code = await world.code_for()

    await world.post(f"/v1/registrations/{mine}/otp", code=code)

    assert (await world.logs_in(password=PASSWORD)).status_code == 201
    assert problem(await world.logs_in(password="a-strangers-password"))[0] == 401


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


async def test_a_phone_gets_five_codes_an_hour_and_ten_a_day(world: World) -> None:
    """G13."""
    registration = await world.registers()
    hour = []
    for _ in range(5):
        world.after(61)
        hour.append(await world.post(f"/v1/registrations/{registration}/resend"))
    for _ in range(6):
        world.after(61 * 60)
        last = await world.post(f"/v1/registrations/{registration}/resend")

    assert [a.status_code for a in hour] == [202] * 4 + [429]
    assert problem(hour[-1]) == (429, "too-many-codes")
    assert problem(last) == (429, "too-many-codes")
    async with world.db.transaction() as tx:
        assert await tx.scalar(select(func.count()).select_from(codes)) == 10


async def test_the_caps_count_a_phone_and_not_what_its_codes_are_for(world: World) -> None:
    """G13: otherwise five purposes would be fifty SMS a day."""
    await world.registers()
    for purpose in ("CLAIM", "SIGN", "LOOKUP"):
        assert (
            await world.post("/v1/phone-challenges", phone=LAN, purpose=purpose)
        ).status_code == 202
    await world.forgets()
    world.after(61)

    answer = await world.post("/v1/phone-challenges", phone=LAN, purpose="SIGN")

    assert problem(answer) == (429, "too-many-codes")


async def test_a_known_phone_gets_the_same_answer_and_another_sms(world: World) -> None:
    """F1.6: nobody learns who has an account; its owner is told."""
    await world.becomes_customer()

    answer = await world.post("/v1/registrations", phone=LAN, password="another-password")
    await world.errands_run()
    guess = await world.post(
        f"/v1/registrations/{answer.json()['registration_id']}/otp", code=WRONG
    )

    assert answer.status_code == 202
    assert set(answer.json()) == {"registration_id", "resend_after_seconds"}
    assert "da co tai khoan" in world.sms.to(LAN_DIGITS)[-1]
    assert (problem(guess), guess.json()["tries_left"]) == ((403, "otp-wrong"), 4)
    assert (await world.logs_in()).status_code == 201


async def test_a_registration_nobody_began_is_not_found(world: World) -> None:
    answer = await world.post(f"/v1/registrations/{uuid7()}/otp", code=WRONG)

    assert problem(answer) == (404, "no-such-registration")


@pytest.mark.parametrize("code", ["12345", "1234567", "abcdef", ""])
async def test_what_is_no_code_costs_no_try(world: World, code: str) -> None:
    registration = await world.registers()

    answer = await world.post(f"/v1/registrations/{registration}/otp", code=code)

    assert problem(answer)[0] == 422
    async with world.db.transaction() as tx:
        assert await tx.scalar(select(codes.c.tries_left)) == 5


async def test_the_sms_waits_for_its_gateway_and_is_sent_once(world: World) -> None:
    """A gateway that is down, then loses an answer, then works."""
    await world.registers()
    world.sms.down = True
    await world.errands_run()
    world.sms.down, world.sms.loses_answers = False, True
    world.after(60)
    await world.errands_run()
    world.sms.loses_answers = False
    world.after(60)
    await world.errands_run()

    assert len(world.sms.to(LAN_DIGITS)) == 1


async def test_an_sms_that_comes_too_late_is_not_sent(world: World) -> None:
    await world.registers()
    world.after(5 * 60)

    await world.errands_run()

    assert world.sms.sent == {}


async def test_the_database_never_shows_a_phone_a_name_or_a_code(world: World) -> None:
    answer = await world.post(
        "/v1/registrations", phone=LAN, password=PASSWORD, full_name="Nguyễn Thị Lan"
    )
    before = await everything_in(world.db)
    code = await world.code_for()
    await world.post(f"/v1/registrations/{answer.json()['registration_id']}/otp", code=code)
    after = await everything_in(world.db)

    for secret in (LAN_DIGITS, LAN_DIGITS.removeprefix("84"), "Lan", PASSWORD):
        assert secret not in before
        assert secret not in after
    async with world.db.transaction() as tx:
        assert await tx.scalar(select(codes.c.sealed)) is None
        assert list(await tx.scalars(select(task.c.data))) == [{}]


async def test_only_the_newest_code_is_sent(world: World) -> None:
    """G13: an SMS that waits for its gateway must not arrive after the code that voids it."""
    registration = await world.registers()
    world.after(61)
    await world.post(f"/v1/registrations/{registration}/resend")

    code = await world.code_for()

    assert len(world.sms.to(LAN_DIGITS)) == 1
    answer = await world.post(f"/v1/registrations/{registration}/otp", code=code)
    assert answer.status_code == 201


async def everything_in(db: Database) -> str:
    async with db.transaction() as tx:
        rows = [
            str(row)
            for table in metadata.sorted_tables
            for row in await tx.execute(text(f'select t::text from "{table.name}" t'))  # noqa: S608, names are ours
        ]
    return "\n".join(rows)


def other_than(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06}"
