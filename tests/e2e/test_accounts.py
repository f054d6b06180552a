"""Flow 1 and flow 2: registering, signing in, and a password that was forgotten."""

import pytest

from demo.actors import Actors
from demo.gateway import Refusal
from demo.shopper import PASSWORD

IDENTITY = "/api/identity/v1"


async def test_a_new_customer_registers_and_a_known_one_signs_in(actors: Actors) -> None:
    """F1.2 TH2 and TH1, F1.6 TH2, F1.10 TH1, F1.14 TH2, F1.16 TH2."""
    lan = actors.stranger()
    await lan.registers()
    again = actors.stranger(lan.person)

    await again.signs_in()

    me = await again.gateway.get(f"{IDENTITY}/me")
    assert me["phone"].endswith(lan.person.phone[-9:])


@pytest.mark.parametrize(
    "body",
    [
        {"phone": "12345", "password": PASSWORD},
        {"phone": "0981234567", "password": "short"},
        {"phone": "0981234567"},
    ],
    ids=["no phone", "short password", "no password"],
)
async def test_a_registration_that_cannot_be_right_says_what_is_wrong(
    actors: Actors, body: dict[str, str]
) -> None:
    """F1.6 TH1, F1.7: back to the form."""
    with pytest.raises(Refusal) as refusal:
        await actors.gateway.post(f"{IDENTITY}/registrations", body)

    assert refusal.value.status == 422
    assert refusal.value.problem["title"]


async def test_a_wrong_code_is_refused_and_the_right_one_still_works(actors: Actors) -> None:
    """F1.10 TH2, F1.11: back to the code."""
    lan = actors.stranger()
    begun = await actors.gateway.post(
        f"{IDENTITY}/registrations", {"phone": lan.person.phone, "password": PASSWORD}
    )
    code = await actors.outside.code(lan.person.phone, seen=set())
    path = f"{IDENTITY}/registrations/{begun['registration_id']}/otp"

    with pytest.raises(Refusal) as refusal:
        await actors.gateway.post(path, {"code": "000000" if code != "000000" else "111111"})
    tokens = await actors.gateway.post(path, {"code": code})

    assert refusal.value.slug == "otp-wrong"
    assert tokens["access_token"]


async def test_a_wrong_password_is_refused_without_saying_who_exists(actors: Actors) -> None:
    """F1.16 TH1, F1.17."""
    lan = await actors.customer()
    known, unknown = actors.stranger(lan.person), actors.stranger()

    refusals = []
    for customer in (known, unknown):
        with pytest.raises(Refusal) as refusal:
            await customer.signs_in("not-the-password")
        refusals.append((refusal.value.status, refusal.value.problem["type"]))

    assert refusals[0] == refusals[1]
    assert refusals[0][0] == 401


async def test_a_forgotten_password_is_replaced_with_a_code_from_the_phone(actors: Actors) -> None:
    """F1.14 TH1, F2.1 to F2.11: F2.5 both, F2.9 both."""
    lan = await actors.customer()
    seen = {text["message_id"] for text in await actors.outside.texts(lan.person.phone)}
    begun = await actors.gateway.post(f"{IDENTITY}/password-resets", {"phone": lan.person.phone})
    code = await actors.outside.code(lan.person.phone, seen=seen)
    reset = f"{IDENTITY}/password-resets/{begun['reset_id']}"

    with pytest.raises(Refusal) as wrong_code:
        await actors.gateway.post(
            f"{reset}/otp", {"code": "000000" if code != "000000" else "111111"}
        )
    proof = await actors.gateway.post(f"{reset}/otp", {"code": code})
    new = {"reset_token": proof["reset_token"], "password": "mat-khau-moi-2026"}
    with pytest.raises(Refusal) as mismatch:
        await actors.gateway.post(f"{reset}/password", new | {"password_again": "khac-hoan-toan"})
    await actors.gateway.post(f"{reset}/password", new | {"password_again": new["password"]})

    assert wrong_code.value.slug == "otp-wrong"
    assert mismatch.value.status == 422
    back = actors.stranger(lan.person)
    with pytest.raises(Refusal):
        await back.signs_in()
    await back.signs_in("mat-khau-moi-2026")
