"""Flow 1, the right-hand side: from "Register" to an open account (F1.3-F1.12)."""

import asyncio

import pytest
from services.identity.tests.people import LAN, LAN_DIGITS, PASSWORD, WRONG, World, problem
from sqlalchemy import func, select, text

from events import CustomerActivated
from events.ids import uuid7
from identity.tables import codes, customers, metadata
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
    registration_id = await world.registers()
    await world.registers(password="a-strangers-password")
    code = await world.code_for()

    await world.post(f"/v1/registrations/{registration_id}/otp", code=code)

    assert (await world.logs_in(password=PASSWORD)).status_code == 201
    assert problem(await world.logs_in(password="a-strangers-password"))[0] == 401


async def test_a_known_phone_gets_the_same_answer_and_another_sms(world: World) -> None:
    """F1.6: nobody learns who has an account; its owner is told."""
    await world.becomes_customer()

    answer = await world.post("/v1/registrations", phone=LAN, password="another-password")
    await world.run_tasks()
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


async def everything_in(db: Database) -> str:
    async with db.transaction() as tx:
        rows = [
            str(row)
            for table in metadata.sorted_tables
            for row in await tx.execute(text(f'select t::text from "{table.name}" t'))  # noqa: S608, names are ours
        ]
    return "\n".join(rows)
