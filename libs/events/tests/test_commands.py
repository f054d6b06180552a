"""`python -m events` as an operator runs it: in a process of its own."""

import asyncio
import json
import os
import sys
from collections.abc import Callable, Collection
from typing import Any
from uuid import UUID

import pytest
from libs.events.tests.forgery import Forged, put_as_one_batch
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from events import CATALOGUE, Event, HoldConfirmed
from events.ids import uuid7
from events.transport import Envelope, parking, running, topics
from events.transport.testing import Listener, keys_in_lane, parked_events, send, until

Sessions = async_sessionmaker[AsyncSession]
Confirmed = Callable[[UUID], HoldConfirmed]

NOWHERE = "127.0.0.1:1"


class Said:
    """The exit code of a command, and its output."""

    def __init__(self, code: int | None, out: bytes, err: bytes) -> None:
        self.code, self.out, self.err = code, out.decode(), err.decode()

    @property
    def json(self) -> Any:
        """The output as JSON."""
        return json.loads(self.out)


async def events(*args: object, **environment: str) -> Said:
    """Run a command."""
    known = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "events", *map(str, args)),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        env=known | environment,
    )
    out, err = await process.communicate()
    return Said(process.returncode, out, err)


@pytest.fixture
async def dead(sessions: Sessions, confirmed: Confirmed) -> Envelope:
    """Park a dead event, and one behind it."""
    hold_id = uuid7()
    first, second = (Envelope.around(confirmed(hold_id)) for _ in range(2))
    async with sessions.begin() as session:
        await parking.park(session, "hold", first, "DEAD", "lỗi ở Hòa Bình", attempts=3)
        await parking.park(session, "hold", second, "QUEUED", "behind a parked event")
    return first


async def test_dead_events_are_listed_shown_and_counted(database_url: str, dead: Envelope) -> None:
    where = {"EVENTS_DATABASE_URL": database_url}

    listed = await events("dlq", "list", **where)
    counted = await events("dlq", "check", "--service", "hold", HOLD_DATABASE_URL=database_url)
    shown = await events("dlq", "show", dead.event_id, "--json", **where)

    assert (listed.code, counted.code, shown.code) == (0, 1, 0)
    assert str(dead.event_id) in listed.out
    assert "QUEUED" not in listed.out
    assert "lỗi ở Hòa Bình" in counted.out
    assert json.loads(shown.json["payload"]["content"]) == json.loads(dead.payload)
    assert [one["state"] for one in shown.json["behind"]] == ["QUEUED"]


async def test_vietnamese_is_written_also_where_the_terminal_knows_no_such_letters(
    database_url: str, dead: Envelope
) -> None:
    ascii_only = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}

    shown = await events("dlq", "show", dead.event_id, "--database", database_url, **ascii_only)

    assert shown.code == 0, shown.err
    assert "lỗi ở Hòa Bình" in shown.out
    assert "header ce_partitionkey  " in shown.out


async def test_a_list_goes_on_where_it_ended(
    database_url: str, sessions: Sessions, dead: Envelope
) -> None:
    every = ("dlq", "list", "--database", database_url, "--state", "ALL", "--limit", 1, "--json")

    first = await events(*every)
    second = await events(*every, "--after", first.json["next"])

    [one], [two] = first.json["items"], second.json["items"]
    assert one["event_id"] == str(dead.event_id)
    assert two["state"] == "QUEUED"
    assert len(await parked_events(sessions.begin)) == 2


async def test_a_dead_event_is_dropped_once_and_by_two_persons(
    database_url: str, sessions: Sessions, dead: Envelope
) -> None:
    where = {"EVENTS_DATABASE_URL": database_url}
    drop = ("dlq", "drop", dead.event_id, "--reason-code", "TEST_DATA")
    approve = ("dlq", "approve-drop", dead.event_id)

    nobody = await events(*drop, **where)
    asked = await events(*drop, "--by", "operator-7", **where)
    by_the_same = await events(*approve, "--by", "operator-7", **where)
    dropped = await events(*approve, "--by", "operator-8", **where)
    again = await events(*approve, **where, EVENTS_OPERATOR="operator-8")

    answers = (nobody, asked, by_the_same, dropped, again)
    assert [answer.code for answer in answers] == [2, 0, 1, 0, 1]
    assert "--by" in nobody.err
    assert "nothing was done" in by_the_same.out
    assert [state for _, state, _ in await parked_events(sessions.begin)] == ["QUEUED"]


async def test_after_a_fix_a_record_is_redriven_by_a_command_and_its_followers_come_after_it(
    kafka: str,
    sessions: Sessions,
    database_url: str,
    listen: Callable[[Collection[UUID]], Listener],
    confirmed: Confirmed,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    lane = 2
    key, other = keys_in_lane(lane, 2)
    gift, follower, elsewhere = confirmed(key), confirmed(key), confirmed(other)
    envelope = Forged.honest(gift)
    broken = Forged(envelope.key, envelope.value.replace(b"PAID", b"GIFT"), envelope.headers)
    listener = listen([key, other])

    async with running(listener.subscriptions, sessions.begin, kafka):
        good = [Forged.honest(fact) for fact in (follower, elsewhere)]
        await put_as_one_batch(kafka, "HoldConfirmed", lane, [broken, *good])
        await until(lambda: elsewhere in listener.consumed)
        parked = await parked_events(sessions.begin)
        monkeypatch.setitem(CATALOGUE, "HoldConfirmed", HoldConfirmed)  # put back at the end
        CATALOGUE["HoldConfirmed"] = mended()
        redriven = await events(
            *("dlq", "redrive", "--key", key, "--by", "operator-7", "--database", database_url)
        )
        await until(lambda: len(listener.consumed_by_key().get(str(key), ())) == 2)
    left = await parked_events(sessions.begin)

    assert [state for _, state, _ in parked] == ["DEAD", "QUEUED"]
    assert redriven.code == 0, redriven.err
    assert redriven.out == "1 redriven.\n"
    assert listener.consumed_by_key()[str(key)] == [gift.event_id, follower.event_id]
    assert left == []


def mended() -> type[Event]:
    """Deploy a version of the service that knows one more reason."""

    class HoldConfirmed(Event):
        """A hold is sure."""

        hold_id: UUID
        number_id: UUID
        because: str

    return HoldConfirmed


async def test_topics_are_made_and_checked(kafka: str) -> None:
    made = await events("topics", "create", "--servers", kafka)
    good = await events("topics", "check", KAFKA_BOOTSTRAP=kafka)
    other = await events("topics", "check", "--servers", kafka, "--partitions", 7, "--json")

    assert (made.code, good.code, other.code) == (0, 0, 1)
    assert f"All {len(topics.needed())} topics are there" in good.out
    assert "dlq.hold has 6 partitions" in other.json["wrong"]


async def test_how_far_a_group_is_behind_is_told(
    kafka: str, group: str, confirmed: Confirmed
) -> None:
    [key] = keys_in_lane(4)
    await send(kafka, [confirmed(key) for _ in range(3)])

    told = await events("lag", "--servers", kafka, "--group", group, "--json")
    unknown = await events("lag", "--servers", kafka, "--group", "nobody")

    assert told.code == 0, told.err
    [lag] = told.json
    assert (lag["topic"], lag["partition"], lag["records"]) == ("HoldConfirmed", 4, 3)
    assert 0 <= lag["seconds"] < 60
    assert (unknown.code, unknown.err[:6]) == (1, "nobody")


async def test_contracts_are_checked() -> None:
    checked = await events("contracts", "check")

    assert (checked.code, checked.out) == (
        0,
        f"All {len(CATALOGUE)} events mean what they promise.\n",
    )


@pytest.mark.parametrize(
    ("args", "code", "says"),
    [
        ((), 2, "usage:"),
        (("dlq", "list"), 2, "Say which database"),
        (("dlq", "list", "--database", "no address"), 2, "no address of a PostgreSQL"),
        (("dlq", "list", "--database", "mysql://a@b/c"), 2, "no address of a PostgreSQL"),
        (("dlq", "list", "--database", f"postgresql://{NOWHERE}/x"), 1, "No PostgreSQL answers"),
        (("dlq", "redrive", "--database", f"postgresql://{NOWHERE}/x"), 2, "Say which: event ids"),
        (("dlq", "list", "--older-than", "soon"), 2, "is no time"),
        (("lag", "--servers", NOWHERE), 1, f"No Kafka answers at {NOWHERE}"),
        (("topics", "check", "--servers", NOWHERE), 1, f"No Kafka answers at {NOWHERE}"),
        (("contracts", "check", "--folder", "nowhere"), 2, "no folder"),
    ],
)
async def test_what_was_to_be_expected_is_said_in_a_sentence(
    args: tuple[str, ...], code: int, says: str
) -> None:
    said = await events(*args)

    assert (said.code, said.out) == (code, "")
    assert says in said.err
    assert "Traceback" not in said.err


async def test_another_database_is_recognised(postgres_url: str) -> None:
    said = await events("dlq", "check", "--database", postgres_url)

    assert said.code == 1
    assert said.err.startswith("This database has no tables of events")
