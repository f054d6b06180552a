"""Proving a phone to another service (P3.3, F5a.9, G11)."""

import asyncio
from typing import Any

import pytest
from services.identity.tests.people import LAN, LAN_DIGITS, World, problem

from events.ids import uuid7
from kit.tokens import Verifier


@pytest.mark.parametrize("purpose", ["CLAIM", "SIGN", "LOOKUP"])
async def test_the_right_code_gives_a_proof_for_its_purpose(world: World, purpose: str) -> None:
    challenge = await challenges(world, purpose)
    code = await world.code_for()

    answer = await world.post(f"/v1/phone-challenges/{challenge}/verify", code=code)

    claims = opened(world, answer.json()["phone_proof"])
    assert (claims["phone"], claims["purpose"]) == (LAN_DIGITS, purpose)
    assert claims["challenge_id"] == challenge
    assert claims["exp"] - claims["iat"] == 10 * 60
    assert "sub" not in claims


async def test_a_proof_is_given_once(world: World) -> None:
    challenge = await challenges(world, "SIGN")
    code = await world.code_for()

    answers = await asyncio.gather(
        *(world.post(f"/v1/phone-challenges/{challenge}/verify", code=code) for _ in range(6))
    )

    assert sorted(a.status_code for a in answers) == [200] + [403] * 5


async def test_a_used_code_makes_room_for_the_next_at_once(world: World) -> None:
    """Looking up two slips in a row needs no minute's wait."""
    first = await challenges(world, "LOOKUP")
    await world.post(f"/v1/phone-challenges/{first}/verify", code=await world.code_for())

    second = await challenges(world, "LOOKUP")
    answer = await world.post(f"/v1/phone-challenges/{second}/verify", code=await world.code_for())

    assert answer.status_code == 200


async def test_a_wrong_code_proves_nothing(world: World) -> None:
    challenge = await challenges(world, "CLAIM")
    code = f"{(int(await world.code_for()) + 1) % 1_000_000:06}"

    answer = await world.post(f"/v1/phone-challenges/{challenge}/verify", code=code)

    assert problem(answer) == (403, "otp-wrong")


async def test_a_proof_is_no_access_token(world: World) -> None:
    challenge = await challenges(world, "CLAIM")
    answer = await world.post(
        f"/v1/phone-challenges/{challenge}/verify", code=await world.code_for()
    )

    me = await world.call("GET", "/v1/me", answer.json()["phone_proof"])

    assert problem(me) == (401, "not-signed-in")


async def test_only_known_purposes_and_challenges_are_served(world: World) -> None:
    purpose = await world.post("/v1/phone-challenges", phone=LAN, purpose="REGISTER")
    nowhere = await world.post(f"/v1/phone-challenges/{uuid7()}/verify", code="123456")

    assert problem(purpose) == (422, "invalid-request")
    assert problem(nowhere) == (404, "no-such-challenge")


async def challenges(world: World, purpose: str) -> str:
    answer = await world.post("/v1/phone-challenges", phone=LAN, purpose=purpose)
    assert answer.status_code == 202, answer.text
    return str(answer.json()["challenge_id"])


def opened(world: World, proof: str) -> dict[str, Any]:
    return Verifier(world.app.state.settings.keys_dir, "identity", "phone-proof").open(proof)
