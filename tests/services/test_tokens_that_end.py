"""A token that ended opens no service: each hears of it in its own database (F1.18, SD)."""

import importlib
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from deploy.services import SERVICES
from events import SessionEnded, StaffChanged
from events.ids import uuid7
from kit import clock
from kit.db import Database
from kit.revocations.checking import Revocations
from kit.testing import deliver

Database_of = Callable[[str], Awaitable[Database]]


@pytest.mark.parametrize("service", SERVICES)
async def test_every_service_hears_that_a_token_ended(
    service: str, service_database: Database_of
) -> None:
    db = await service_database(service)
    consumers: Any = importlib.import_module(f"{service}.consumers")
    subscriptions = getattr(consumers, "subscriptions", None) or consumers.listening(None)
    lan, agent, session, now = uuid7(), uuid7(), uuid7(), clock.now()

    await deliver(
        db,
        subscriptions,
        SessionEnded(occurred_at=now, subject_id=lan, session_id=session),
        StaffChanged(occurred_at=now, subject_id=agent, roles=(), regions=(), active=False),
    )

    revocations = Revocations(db)
    assert await revocations.refuses(session_id=session, subject_id=lan, as_of=None)
    assert await revocations.refuses(session_id=None, subject_id=agent, as_of=None)
    assert not await revocations.refuses(session_id=uuid7(), subject_id=lan, as_of=None)
