"""Customers, partners, offers, and ways in."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import pytest
from fastapi import FastAPI
from services.hold.tests.world import NUMBER, As, Offer, a_slip, registered

from events.ids import uuid7
from hold.consumers import subscriptions
from hold.main import create_app
from hold.settings import Settings
from kit import clock
from kit.db import Database
from kit.testing import client as client_of
from kit.testing import deliver, empty, token_for
from kit.tokens import Signer


@pytest.fixture(scope="session")
async def database(service_database: Callable[[str], Awaitable[Database]]) -> Database:
    return await service_database("hold")


@pytest.fixture
async def db(database: Database) -> AsyncIterator[Database]:
    yield database
    await empty(database)


@pytest.fixture
def settings(database: Database, keys_dir: Path) -> Settings:
    url = database.engine.url.render_as_string(hide_password=False)
    return Settings.model_validate({"database_url": url, "keys_dir": keys_dir})


@pytest.fixture
def app(settings: Settings, db: Database) -> FastAPI:
    return create_app(settings, db)


@pytest.fixture
async def signed_in(app: FastAPI, keys_dir: Path) -> AsyncIterator[As]:
    """Give clients of whoever is asked for: customers, partners, staff."""
    async with AsyncExitStack() as stack:

        async def sign_in(
            kind: str = "customer", subject_id: UUID | None = None, **claims: Any
        ) -> httpx.AsyncClient:
            token = token_for(keys_dir, kind, subject_id=subject_id, **claims)
            return await stack.enter_async_context(client_of(app, token))

        yield sign_in


@pytest.fixture
async def customer(signed_in: As) -> httpx.AsyncClient:
    return await signed_in()


@pytest.fixture
def offer(keys_dir: Path) -> Offer:
    """Sign an offer as the catalog would: `offer()`, `offer(number_id, price_class="TU_QUY")`."""
    catalog = Signer(keys_dir, "catalog")

    def sign(number_id: UUID | None = None, **claims: Any) -> str:
        said: dict[str, Any] = {
            "number_id": str(number_id or uuid7()),
            "msisdn": "84931266868",
            "price_class": "THUONG",
            "price_vnd": 50_000,
            "sim_fee_vnd": 25_000,
            "commitment_vnd_per_month": 0,
            "commitment_months": 0,
            "stock_region": "KV2",
            "promotions": {"ESIM": "KMTN4G"},
        }
        return catalog.sign("offer", said | claims, ttl=timedelta(minutes=15))

    return sign


@pytest.fixture
def proof(keys_dir: Path) -> Callable[..., str]:
    """Sign a phone proof as identity would: `proof("84905123456")`."""
    identity = Signer(keys_dir, "identity")

    def sign(phone: str, purpose: str = "CLAIM", audience: str = "phone-proof") -> str:
        said = {"phone": phone, "purpose": purpose, "challenge_id": str(uuid7())}
        return identity.sign(audience, said, ttl=timedelta(minutes=10))

    return sign


class MovedClock:
    """Moves the clock of the process under test, as the local stack does: by a file."""

    def __init__(self, file: Path) -> None:
        self._file, self._by = file, timedelta()
        clock.follow(file)

    def forward(self, **by: float) -> datetime:
        """Let time pass."""
        self._by += timedelta(**by)
        self._file.write_text(str(self._by.total_seconds()))
        return clock.now()


@pytest.fixture
def time_passes(app: FastAPI, tmp_path: Path) -> Any:
    """Let time pass: `time_passes.forward(minutes=10)`. The app comes first: it sets the clock."""
    assert app
    yield MovedClock(tmp_path / "clock")
    clock.follow(None)


@pytest.fixture
def form() -> dict[str, str]:
    return {
        "full_name": "Nguyễn Thị Mẫu",
        "date_of_birth": "1999-03-15",
        "sex": "F",
        "id_number": "001199012345",
        "nationality": "VNM",
        "contact_phone": "0905 123 456",
        "email": "mau@example.com",
        "address": "Số 1 Phố Thử",
        "ward_code": "00004",
    }


@pytest.fixture
async def held(customer: httpx.AsyncClient, offer: Offer, form: dict[str, str]) -> UUID:
    """Hold a number with a slip."""
    return await a_slip(customer, offer(NUMBER), form)


@pytest.fixture
def partner_id() -> UUID:
    return uuid7()


@pytest.fixture
async def partner(db: Database, signed_in: As, partner_id: UUID) -> httpx.AsyncClient:
    await deliver(db, subscriptions, registered(partner_id))
    return await signed_in("partner", partner_id, channel_code="KV2WEB")
