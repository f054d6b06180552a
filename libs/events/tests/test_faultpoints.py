"""A process that is to die at a moment dies there, once; all others never notice."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from events.transport import faultpoints
from events.transport.faultpoints import Fault

PROGRAM = """
import asyncio, sys
from datetime import UTC, datetime
from uuid import UUID
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine
from events import HoldConfirmed
from events.transport import outbox, tables
from events.transport import Envelope
from events.ids import uuid7
from events.transport import Inbox
from events.transport.lanes import Lane
from events.transport.relay import Relay
from events.transport import Subscriptions
from events.transport.testing import FakeProducer

FACT = HoldConfirmed(
    event_id=UUID(int=7), occurred_at=datetime.now(UTC), hold_id=UUID(int=1), number_id=UUID(int=2),
    because="PAID",
)
service = Subscriptions[AsyncSession]("listener")

@service.on(HoldConfirmed)
async def note(_, tx): ...

class LoudWire(FakeProducer):
    async def send_batch(self, batch, topic, **where):
        for _ in batch.keys:
            print("sent", flush=True)
        return await super().send_batch(batch, topic, **where)

async def main():
    sessions = async_sessionmaker(create_async_engine(sys.argv[1]))
    async with sessions.begin() as session:
        await outbox.append(session, FACT.model_copy(update={"event_id": uuid7()}))
    print("committed", flush=True)
    await Relay(sessions.begin, "").send_some(LoudWire())
    done = asyncio.Event()
    lane = Lane(0, Inbox(service, sessions.begin), lambda *_: done.set(), asyncio.Event())
    lane.give([Envelope.around(FACT)])
    await done.wait()
    print("consumed", flush=True)
    await lane.close(1)

asyncio.run(main())
"""


def run(database_url: str, folder: Path, fault: str | None) -> tuple[int, list[str]]:
    environment = {**os.environ, "CHONSO_FAULT_DIR": str(folder)}
    environment.pop("CHONSO_FAULT", None)
    if fault:
        environment["CHONSO_FAULT"] = fault
    done = subprocess.run(  # noqa: S603, our own program
        [sys.executable, "-c", PROGRAM, database_url],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    return done.returncode, done.stdout.split()


@pytest.mark.parametrize(
    ("fault", "seen", "after_the_restart"),
    [
        ("before_commit:hold:HoldConfirmed", [], ["committed", "sent", "consumed"]),
        ("before_commit:listener", ["committed", "sent"], ["committed", "sent", "consumed"]),
        ("before_publish:hold", ["committed"], ["committed", "sent", "sent", "consumed"]),
        ("before_offset:HoldConfirmed", ["committed", "sent"], ["committed", "sent", "consumed"]),
    ],
)
def test_the_process_dies_at_the_moment_and_never_again(
    database_url: str, tmp_path: Path, fault: str, seen: list[str], after_the_restart: list[str]
) -> None:
    first = run(database_url, tmp_path, fault)
    second = run(database_url, tmp_path, fault)

    assert first == (-signal.SIGKILL, seen)
    assert second == (0, after_the_restart)


def test_another_moment_is_not_the_moment(database_url: str, tmp_path: Path) -> None:
    assert run(database_url, tmp_path, "before_commit:order")[0] == 0
    assert run(database_url, tmp_path, "before_offset:listener:OrderPlaced")[0] == 0
    assert list(tmp_path.iterdir()) == []


def test_a_typing_mistake_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no such"):
        Fault.read("before_comit", str(tmp_path))
    with pytest.raises(ValueError, match="no such"):
        Fault.read("before_commit", "")


def test_nothing_is_armed_where_nothing_was_asked_for() -> None:
    assert faultpoints.ARMED is None
