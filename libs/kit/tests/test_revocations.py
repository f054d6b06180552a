"""Access tokens that end before their time: consumed from identity, checked at every request."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from sqlalchemy import func, select, text, update

from events import SessionEnded, StaffChanged
from events.ids import uuid7
from kit import clock
from kit.auth import AUDIENCE, ISSUER, AnyCaller
from kit.db import Database
from kit.http import add_problem_answers
from kit.revocations import consumers
from kit.revocations.checking import Revocations
from kit.revocations.tables import changed_staff, ended_sessions
from kit.testing import client, deliver, token_for
from kit.tokens import Verifier

Shows = Callable[[str], Awaitable[int]]


@pytest.fixture
def shows(db: Database, keys_dir: Path) -> Shows:
    """Show a service a token, and tell what it answers."""
    app = FastAPI()
    add_problem_answers(app)
    app.state.access_tokens = Verifier(keys_dir, ISSUER, AUDIENCE)
    app.state.revocations = Revocations(db, fresh_seconds=0)

    @app.get("/")
    async def door(_: AnyCaller) -> None:
        """Let in every caller with a good token."""

    async def show(token: str) -> int:
        async with client(app, token) as http:
            return (await http.get("/")).status_code

    return show


async def test_the_token_of_a_sign_in_that_ended_opens_nothing(
    db: Database, keys_dir: Path, shows: Shows
) -> None:
    lan, phone, tablet = uuid7(), uuid7(), uuid7()
    on_phone = token_for(keys_dir, subject_id=lan, sid=str(phone))
    on_tablet = token_for(keys_dir, subject_id=lan, sid=str(tablet))
    ended = SessionEnded(occurred_at=clock.now(), subject_id=lan, session_id=phone)
    before = await shows(on_phone)

    await deliver(db, consumers.subscriptions, ended)
    await deliver(db, consumers.subscriptions, SessionEnded(**_same(ended)))

    assert (before, await shows(on_phone), await shows(on_tablet)) == (200, 401, 200)


async def test_a_dismissal_ends_what_was_signed_before_and_nothing_signed_after(
    db: Database, keys_dir: Path, shows: Shows
) -> None:
    """Heard in whatever order: the newest change counts."""
    agent, hired_at = uuid7(), clock.now()
    dismissed, back = _change(agent, hired_at, 60, active=False), _change(agent, hired_at, 120)
    tokens = [
        token_for(
            keys_dir,
            "staff",
            subject_id=agent,
            as_of=(hired_at + timedelta(seconds=s)).isoformat(),
        )
        for s in (0, 60, 120)
    ]
    await deliver(db, consumers.subscriptions, back)
    await deliver(db, consumers.subscriptions, dismissed)

    assert [await shows(token) for token in tokens] == [401, 401, 200]
    assert await shows(token_for(keys_dir, "staff", subject_id=agent)) == 401
    assert await shows(token_for(keys_dir, "staff", subject_id=uuid7())) == 200


async def test_a_moved_clock_changes_nothing(db: Database, keys_dir: Path, shows: Shows) -> None:
    """Identity's clock and this machine's are never compared."""
    agent, in_a_year = uuid7(), clock.now() + timedelta(days=365)
    await deliver(db, consumers.subscriptions, _change(agent, in_a_year, 0))

    newest = token_for(keys_dir, "staff", subject_id=agent, as_of=in_a_year.isoformat())

    assert await shows(newest) == 200


@pytest.mark.parametrize("wrong", [{"sid": "x"}, {"sid": 7}, {"as_of": "yesterday"}, {"as_of": 7}])
async def test_a_token_that_names_its_sign_in_badly_is_none(
    keys_dir: Path, shows: Shows, wrong: dict[str, Any]
) -> None:
    assert await shows(token_for(keys_dir, **wrong)) == 401


async def test_the_database_is_asked_once_for_all_that_come_together(db: Database) -> None:
    revocations, session = Revocations(db, fresh_seconds=3600), uuid7()
    asks: dict[str, Any] = {"subject_id": uuid7(), "as_of": None}
    assert not await revocations.refuses(session_id=session, **asks)

    await deliver(
        db,
        consumers.subscriptions,
        SessionEnded(occurred_at=clock.now(), subject_id=uuid7(), session_id=session),
    )

    assert not await revocations.refuses(session_id=session, **asks), "known for an hour"
    assert await Revocations(db).refuses(session_id=session, **asks), "another process asks"


async def test_what_no_living_token_can_name_is_forgotten(db: Database) -> None:
    async with db.transaction() as tx:
        await consumers.refuse_session(_ended(), tx)
        await consumers.refuse_older_duties(_change(uuid7(), clock.now(), 0), tx)
        for table in (ended_sessions, changed_staff):
            await tx.execute(update(table).values(heard_at=text("now() - interval '66 minutes'")))

    async with db.transaction() as tx:
        await consumers.refuse_session(_ended(), tx)
        await consumers.refuse_older_duties(_change(uuid7(), clock.now(), 0), tx)

        for table in (ended_sessions, changed_staff):
            assert await tx.scalar(select(func.count()).select_from(table)) == 1


def _ended() -> SessionEnded:
    return SessionEnded(occurred_at=clock.now(), subject_id=uuid7(), session_id=uuid7())


def _change(agent: Any, since: Any, seconds: int, *, active: bool = True) -> StaffChanged:
    return StaffChanged(
        occurred_at=since + timedelta(seconds=seconds),
        subject_id=agent,
        roles=("call_agent",),
        regions=(),
        active=active,
    )


def _same(ended: SessionEnded) -> dict[str, Any]:
    return ended.model_dump(exclude={"event_id"})
