"""`dlq`: look at the dead events of a service, let them be tried again, or give them up."""

import argparse
import os
from dataclasses import asdict, replace
from typing import Any, Final, get_args
from uuid import UUID

from sqlalchemy.ext.asyncio import (
    AsyncSession,
    async_sessionmaker,
)

from events.cli.database import add_database, database
from events.cli.output import (
    Trouble,
    Usage,
    add_json,
    ago,
    duration,
    write_fields,
    write_json,
    write_table,
)
from events.transport import dead_letters
from events.transport.content import content_of
from events.transport.dead_letter_queue import DeadLetterQueue, Decided
from events.transport.dead_letters import Letter, ParkedFilter
from events.transport.parking import ParkedState

Sessions = async_sessionmaker[AsyncSession]

CHARACTERS: Final = 4000
"""The most of a payload that is shown to a person."""


def add_to(commands: Any) -> None:
    """Add the commands."""
    dlq = commands.add_parser("dlq", help="events that could not be handled")
    verbs = dlq.add_subparsers(required=True, metavar="VERB")
    for name, run, add_arguments, summary in (
        ("list", list_, _list_arguments, "what is parked, the oldest first"),
        ("show", show, _one, "one event, and what waits behind it"),
        ("redrive", redrive, _redrive_arguments, "let dead events be tried again"),
        ("drop", drop, _drop_arguments, "ask that one dead event be given up"),
        ("approve-drop", approve_drop, _approve_arguments, "give it up, as the second person"),
        ("check", check, _no_arguments, "count the dead events; exit with 1 if there are any"),
    ):
        verb = verbs.add_parser(name, help=summary)
        add_database(verb)
        add_arguments(verb)
        add_json(verb)
        verb.set_defaults(run=run)


def _filters(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--key", help="all of a journey: its key")
    verb.add_argument("--topic", help="all of an event's name")
    verb.add_argument("--reason", help="all whose reason begins so")


def _list_arguments(verb: argparse.ArgumentParser) -> None:
    _filters(verb)
    states = ("ALL", *get_args(ParkedState))
    verb.add_argument("--state", choices=states, default="DEAD", help="DEAD, if left out")
    verb.add_argument("--older-than", type=duration, metavar="TIME", help="such as 30m, 2h, 7d")
    verb.add_argument("--after", type=int, default=0, metavar="POSITION", help="read on from there")
    verb.add_argument("--limit", type=int, default=50, help="how many at a time (50)")


def _one(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("event_id", type=UUID)


def _redrive_arguments(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("event_id", type=UUID, nargs="*")
    _filters(verb)
    _operator(verb)


def _drop_arguments(verb: argparse.ArgumentParser) -> None:
    _one(verb)
    verb.add_argument("--reason-code", required=True, help="why, as a code: DUPLICATE_OF_FIX")
    _operator(verb)


def _approve_arguments(verb: argparse.ArgumentParser) -> None:
    _one(verb)
    _operator(verb)


def _operator(verb: argparse.ArgumentParser) -> None:
    verb.add_argument(
        "--by", default=os.environ.get("EVENTS_OPERATOR"), help="your staff id (EVENTS_OPERATOR)"
    )


def _no_arguments(_: argparse.ArgumentParser) -> None:
    pass


async def list_(args: argparse.Namespace) -> int:
    """Show a page of what is parked."""
    criteria = _criteria(args, state=None if args.state == "ALL" else args.state)
    criteria = replace(criteria, older_than=args.older_than)
    async with database(args) as sessions, sessions() as session:
        letters = await dead_letters.page(session, criteria, after=args.after, limit=args.limit)
    following = letters[-1].position if len(letters) == args.limit else None
    if args.json:
        write_json({"items": [asdict(letter) for letter in letters], "next": following})
        return 0
    write_table([_row(letter) for letter in letters], nothing="Nothing is parked that fits.")
    if following:
        print(f"There may be more: --after {following}")
    return 0


async def show(args: argparse.Namespace) -> int:
    """Show all there is to know about one event."""
    async with database(args) as sessions, sessions() as session:
        opened = await dead_letters.load(session, _criteria(args, state=None))
    if opened is None:
        raise Trouble(f"{args.event_id} is not parked here: it was handled, dropped, or elsewhere.")
    payload = content_of(opened.envelope.payload, 10**9 if args.json else CHARACTERS)
    if args.json:
        behind = [asdict(letter) for letter in opened.behind]
        seen = {"headers": opened.envelope.headers, "payload": asdict(payload), "behind": behind}
        write_json(asdict(opened.letter) | seen)
        return 0
    headers = {f"header {name}": text for name, text in opened.envelope.headers.items()}
    known = {name.replace("_", " "): value for name, value in asdict(opened.letter).items()}
    write_fields(known | headers)
    whole = "" if payload.whole else f", the first {CHARACTERS} (--json shows all)"
    print(f"payload, {payload.size} bytes as {payload.encoding}{whole}:\n{payload.content}")
    print(f"behind it: {len(opened.behind)}")
    if opened.behind:
        write_table([_row(letter) for letter in opened.behind], nothing="")
    return 0


async def redrive(args: argparse.Namespace) -> int:
    """Let dead events be tried again, each in its place."""
    if not (args.event_id or args.key or args.topic or args.reason):
        raise Usage("Say which: event ids, --key, --topic or --reason.")
    async with database(args) as sessions:
        done = await DeadLetterQueue(sessions.begin, _operator_of(args)).redrive(_criteria(args))
    return _say_what_was_done(args, done, "redriven")


async def drop(args: argparse.Namespace) -> int:
    """Ask that one dead event be given up; another person approves."""
    if not args.reason_code.isascii() or not args.reason_code.isupper():
        raise Usage("--reason-code takes a code such as TEST_DATA, not a sentence.")
    async with database(args) as sessions:
        queue = DeadLetterQueue(sessions.begin, _operator_of(args))
        asked = await queue.ask_drop(_criteria(args), args.reason_code)
    return _say_what_was_done(args, Decided(asked, more=False), "asked_to_drop")


async def approve_drop(args: argparse.Namespace) -> int:
    """Give one dead event up that another person asked to drop."""
    async with database(args) as sessions:
        queue = DeadLetterQueue(sessions.begin, _operator_of(args))
        done = await queue.approve_drop(_criteria(args))
    return _say_what_was_done(args, done, "dropped")


async def check(args: argparse.Namespace) -> int:
    """Count the dead events by what went wrong."""
    async with database(args) as sessions, sessions() as session:
        kinds = await dead_letters.count_failures(session, ParkedFilter(args.service))
    rows = [asdict(kind) for kind in kinds]
    if args.json:
        write_json(rows)
    else:
        write_table(rows, nothing="No event is dead.")
    return 1 if rows else 0


def _say_what_was_done(args: argparse.Namespace, done: Decided, what: str) -> int:
    asked = args.event_id if isinstance(args.event_id, list) else [args.event_id]
    gone = [str(event_id) for event_id in asked if event_id not in done.event_ids]
    if args.json:
        write_json({what: done.event_ids, "not_dead": gone, "more": done.more})
        return 1 if gone else 0
    print(f"{len(done.event_ids)} {what.replace('_', ' ')}.")
    if done.more:
        print("There may be more: say it again.")
    for event_id in gone:
        print(f"{event_id} is not dead, no longer here, or not yours to decide: nothing was done.")
    return 1 if gone else 0


def _criteria(args: argparse.Namespace, *, state: ParkedState | None = "DEAD") -> ParkedFilter:
    asked = getattr(args, "event_id", ())
    return ParkedFilter(
        args.service,
        event_ids=asked if isinstance(asked, list | tuple) else [asked],
        key=getattr(args, "key", None),
        topic=getattr(args, "topic", None),
        reason=getattr(args, "reason", None),
        state=state,
    )


def _row(letter: Letter) -> dict[str, Any]:
    return {
        "event_id": letter.event_id,
        "topic": letter.topic,
        "key": letter.key,
        "state": letter.state,
        "tries": letter.attempts,
        "since": ago(letter.parked_at),
        "reason": letter.reason,
    }


def _operator_of(args: argparse.Namespace) -> str:
    if not args.by:
        raise Usage("Say who decides, by staff id: --by ID, or EVENTS_OPERATOR.")
    return str(args.by)
