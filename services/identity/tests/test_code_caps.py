"""Caps on codes: by phone, by address and by hour (G13)."""

import asyncio
from datetime import timedelta

import pytest
from services.identity.tests.people import LAN, World, problem
from sqlalchemy import func, select

from identity.tables import codes
from kit.tokens import Signer


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


async def test_strangers_use_up_nothing_of_the_owners(world: World) -> None:
    """G13: whoever asks for codes in somebody's name keeps them from none of theirs."""
    lan = await world.becomes_customer()
    world.address = "198.51.100.9"
    for _ in range(5):
        world.after(61)
        stranger = await world.post("/v1/phone-challenges", phone=LAN, purpose="SIGN")
    world.after(61)

    owner = await world.post("/v1/phone-challenges", lan["access_token"], phone=LAN, purpose="SIGN")

    assert problem(stranger) == (429, "too-many-codes")
    assert owner.status_code == 202


async def test_strangers_keep_nobody_from_a_forgotten_password(world: World) -> None:
    """F2.3, G13: where the owner has signed in before, they are known without a token."""
    await world.becomes_customer()
    world.address = "198.51.100.9"
    for _ in range(6):
        world.after(61)
        stranger = await world.post("/v1/password-resets", phone=LAN)
    world.after(61)

    world.address = "203.0.113.7"
    owner = await world.post("/v1/password-resets", phone=LAN)

    assert problem(stranger) == (429, "too-many-codes")
    assert owner.status_code == 202


async def test_an_address_sends_codes_to_so_many_phones_an_hour(world: World) -> None:
    """G13: and another address is not kept waiting."""
    world.under(otp_per_hour_from_here=3)
    phones = [f"09312668{n}" for n in range(10, 16)]

    many = [await world.post("/v1/phone-challenges", phone=p, purpose="CLAIM") for p in phones[:4]]
    lan = await world.post("/v1/registrations", phone=phones[4], password="mat-khau-cua-lan")
    world.address = "198.51.100.9"
    elsewhere = await world.post("/v1/phone-challenges", phone=phones[4], purpose="CLAIM")
    world.address = "203.0.113.7"
    world.after(3600)
    later = await world.post("/v1/phone-challenges", phone=phones[5], purpose="CLAIM")

    assert [answer.status_code for answer in many] == [202, 202, 202, 429]
    assert problem(many[-1]) == problem(lan) == (429, "too-many-codes-from-here")
    assert (elsewhere.status_code, later.status_code) == (202, 202)


async def test_an_address_cannot_send_more_by_asking_all_at_once(world: World) -> None:
    world.under(otp_per_hour_from_here=3)

    answers = await asyncio.gather(
        *(
            world.post("/v1/phone-challenges", phone=f"09312668{n}", purpose="CLAIM")
            for n in range(10, 22)
        )
    )

    assert sorted(a.status_code for a in answers) == [202] * 3 + [429] * 9


@pytest.mark.parametrize("stale", ["x.y.z", "an old one"])
async def test_a_token_that_is_no_good_is_nobodys_on_a_public_route(
    world: World, stale: str
) -> None:
    keys = world.app.state.settings.keys_dir
    token = (
        Signer(keys, "identity").sign("chonso", {"sub": "x"}, ttl=timedelta(hours=-1))
        if stale == "an old one"
        else stale
    )

    answer = await world.post("/v1/phone-challenges", token, phone=LAN, purpose="SIGN")

    assert answer.status_code == 202
