"""Claiming a channel's slip (P3.3, G06) and looking one up (G11)."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from services.hold.tests.world import expire
from sqlalchemy import func, select

from events import HoldClaimed, PartnerChanged
from events.ids import uuid7
from hold.claims import commands
from hold.claims.domain import NoSuchSlip
from hold.consumers import subscriptions
from hold.holds.commands import new_code
from hold.settings import Settings
from hold.tables import attempts, holds, metadata
from kit import clock
from kit.db import Database
from kit.sealing import Sealer
from kit.testing import assert_migrated, deliver, facts, published
from kit.testing import client as client_of

As = Callable[..., Awaitable[httpx.AsyncClient]]
Proof = Callable[..., str]
PHONE, ANOTHER = "84905123456", "84905654321"


@pytest.fixture
async def code(db: Database, signed_in: As, offer: Callable[..., str]) -> str:
    """Sell a number through a channel; give the code its customer receives."""
    partner_id = uuid7()
    terms = PartnerChanged(
        occurred_at=clock.now(),
        partner_id=partner_id,
        channel_code="KV2WEB",
        kind="COMMON",
        region="KV2",
        collects_fee=True,
        delivers=True,
        own_customers=False,
        active=True,
    )
    await deliver(db, subscriptions, terms)
    partner = await signed_in("partner", partner_id, channel_code="KV2WEB")
    locked = await partner.post("/v1/partner/locks", json={"offer": offer(), "sim": "PHYSICAL"})
    sold = await partner.post(
        "/v1/partner/holds",
        json={
            "hold_id": locked.json()["hold_id"],
            "customer_phone": PHONE,
            "collected_vnd": 75_000,
            "collected_at": clock.now().isoformat(),
            "partner_reference": "A-1",
        },
    )
    return str(sold.json()["hold_code_display"])


async def claim(client: httpx.AsyncClient, code: str, proof: str) -> httpx.Response:
    body = {"hold_code": code, "phone_proof": proof}
    return await client.post("/v1/holds/claims", json=body)


async def test_code_and_phone_bring_the_slip_into_the_account_once(
    customer: httpx.AsyncClient, code: str, proof: Proof, db: Database
) -> None:
    first = await claim(customer, code, proof(PHONE))
    again = await claim(customer, code.lower(), proof(PHONE))

    assert (first.status_code, again.status_code) == (200, 200)
    [item] = (await customer.get("/v1/holds")).json()["items"]
    assert item["hold_code_display"] == code
    assert (await published(db))[2:] == ["HoldClaimed"]


async def test_of_many_customers_claiming_at_once_one_gets_the_slip(
    signed_in: As, code: str, proof: Proof, db: Database, settings: Any
) -> None:
    object.__setattr__(settings, "attempts", 100)
    people = [await signed_in() for _ in range(12)]

    answers = await asyncio.gather(*(claim(p, code, proof(PHONE)) for p in people))

    assert Counter(answer.status_code for answer in answers) == {200: 1, 404: 11}
    assert len([fact for fact in await facts(db) if isinstance(fact, HoldClaimed)]) == 1


async def test_claims_in_transactions_of_the_same_moment_have_one_winner(
    code: str, db: Database, settings: Settings
) -> None:
    phone = Sealer(settings.keys_dir, "hold").blind_index(PHONE)
    all_are_in = asyncio.Barrier(6)

    async def claim_at_once() -> bool:
        async with db.transaction() as tx:
            await tx.execute(select(1))
            await all_are_in.wait()
            try:
                await commands.claim_slip(tx, code, phone, uuid7(), now=clock.now())
            except NoSuchSlip:
                return False
            return True

    won = await asyncio.gather(*(claim_at_once() for _ in range(6)))

    assert sum(won) == 1
    assert (await published(db)).count("HoldClaimed") == 1


async def test_a_wrong_code_a_wrong_phone_and_a_taken_slip_look_the_same(
    signed_in: As, customer: httpx.AsyncClient, code: str, proof: Proof
) -> None:
    wrong = [
        await claim(customer, new_code(clock.now()), proof(PHONE)),
        await claim(customer, "nonsense", proof(PHONE)),
        await claim(customer, code, proof(ANOTHER)),
    ]
    assert (await claim(customer, code, proof(PHONE))).status_code == 200
    wrong.append(await claim(await signed_in(), code, proof(PHONE)))

    assert {answer.status_code for answer in wrong} == {404}
    assert len({answer.text for answer in wrong}) == 1


@pytest.mark.parametrize(
    "slip", [{"purpose": "LOOKUP"}, {"purpose": "SIGN"}, {"audience": "chonso"}]
)
async def test_a_proof_for_another_purpose_is_none(
    customer: httpx.AsyncClient, code: str, proof: Proof, slip: dict[str, str]
) -> None:
    assert (await claim(customer, code, proof(PHONE, **slip))).status_code == 422


async def test_codes_cannot_be_guessed_by_one_customer_or_with_one_phone(
    signed_in: As, customer: httpx.AsyncClient, code: str, proof: Proof, time_passes: Any
) -> None:
    guesses = await asyncio.gather(
        *(claim(customer, new_code(clock.now()), proof(PHONE)) for _ in range(12))
    )
    assert Counter(answer.status_code for answer in guesses) == {404: 5, 429: 7}

    same_person = await claim(customer, code, proof(ANOTHER))
    same_phone = await claim(await signed_in(), code, proof(PHONE))
    assert (same_person.status_code, same_phone.status_code) == (429, 429)

    time_passes.forward(minutes=10)
    assert (await claim(customer, code, proof(PHONE))).status_code == 200


async def test_tries_are_forgotten_when_they_no_longer_count(
    customer: httpx.AsyncClient, code: str, proof: Proof, db: Database
) -> None:
    await claim(customer, code[:-1] + "#", proof(PHONE))

    async with db.transaction() as tx:
        before = await tx.scalar(select(func.count()).select_from(attempts))
        gone = await commands.forget_attempts(tx, before=clock.now() + timedelta(seconds=1))
        assert (before, gone) == (2, 2)


async def test_anybody_with_code_and_phone_may_look_the_slip_up_without_any_person_on_it(
    app: FastAPI, code: str, proof: Proof
) -> None:
    """G11."""
    async with client_of(app) as anyone:
        body = {"hold_code": code, "phone_proof": proof(PHONE, "LOOKUP")}
        answer = await anyone.post("/v1/holds/lookup", json=body)
        other = await anyone.post(
            "/v1/holds/lookup", json=body | {"phone_proof": proof(ANOTHER, "LOOKUP")}
        )

    assert (answer.status_code, answer.json()["status"]) == (200, "HELD")
    assert PHONE[2:] not in answer.text
    assert not {"customer_id", "partner_id", "phone_index", "registration"} & set(answer.json())
    assert other.status_code == 404


async def test_a_slip_that_has_ended_cannot_be_claimed(
    customer: httpx.AsyncClient, code: str, proof: Proof, db: Database, time_passes: Any
) -> None:
    time_passes.forward(minutes=20)
    await expire(db)

    response = await claim(customer, code, proof(PHONE))

    assert (response.status_code, response.json()["state"]) == (409, "EXPIRED")


async def test_the_migrations_make_the_tables_of_the_code(db: Database) -> None:
    await assert_migrated("hold", metadata, db)


async def test_what_cannot_be_a_code_waits_for_nobody_s_form(
    customer: httpx.AsyncClient, offer: Callable[..., str], proof: Proof, db: Database
) -> None:
    """A number without a slip has no code either: it is not what a mistyped one asks for."""
    kept = await customer.post("/v1/holds", json={"offer": offer(), "sim": "ESIM"})
    async with db.transaction() as tx, asyncio.timeout(5):
        await tx.execute(
            select(holds).where(holds.c.id == kept.json()["hold_id"]).with_for_update()
        )

        answer = await claim(customer, "GS-WRONG", proof(PHONE))

    assert answer.status_code == 404
