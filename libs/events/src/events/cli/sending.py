"""`relay` sends a service's events; `replay` publishes them again for a restored service."""

import argparse
from datetime import UTC, datetime
from typing import Any

from events.cli.database import add_database, address_of, database, engine_at
from events.cli.output import Trouble, add_json, write_json
from events.cli.topics import add_servers
from events.facts.base import CATALOGUE
from events.transport import relay_process, replay
from events.transport.replay import CannotReplay, Replay


def add_to(commands: Any) -> None:
    """Add the commands."""
    relay = commands.add_parser("relay", help="send the events of one service, until SIGTERM")
    add_database(relay)
    add_servers(relay)
    relay.add_argument("--keep", action="store_true", help="keep what was sent, for a replay")
    relay.set_defaults(run=send)
    again = commands.add_parser("replay", help="tell a stopped service again what it forgot")
    add_database(again)
    add_servers(again)
    again.add_argument("--for", dest="consumer", required=True, help="the service that gets them")
    again.add_argument("--since", type=_moment, required=True, help="2026-11-24T10:00+07:00")
    again.add_argument("--topic", action="append", choices=sorted(CATALOGUE), help="all if none")
    add_json(again)
    again.set_defaults(run=publish_again)


async def send(args: argparse.Namespace) -> int:
    """Run the relay of one service as this process."""
    engine = engine_at(address_of(args))
    moved = await relay_process.run(engine, args.servers, keep=args.keep)
    await engine.dispose()
    if not moved:
        raise Trouble("The relay no longer moves: start it again, and look into its log.")
    return 0


async def publish_again(args: argparse.Namespace) -> int:
    """Publish again what was sent, for one service; it begins there when it is started."""
    async with database(args) as sessions:
        async with sessions() as session:
            oldest, topics = await replay.kept_since(session), await replay.topics_kept(session)
        if oldest is None or oldest > args.since:
            raise Trouble(
                f"What was sent is kept since {oldest or 'never'}: a replay from {args.since}"
                " would have a hole. Restore a newer backup."
            )
        try:
            request = Replay(args.consumer, args.since, args.topic or topics)
            count = await replay.replay(sessions.begin, args.servers, request)
        except CannotReplay as error:
            raise Trouble(str(error)) from None
    if args.json:
        write_json({"stated_again": count})
    else:
        print(
            f"{count} events are published again for {args.consumer}. Start it when all are sent."
        )
    return 0


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"{text!r} is no moment: 2026-11-24T10:00+07:00 is."
        ) from None
    if moment.tzinfo is None:
        raise argparse.ArgumentTypeError(f"{text} has no time zone: write it behind, as +07:00.")
    return moment.astimezone(UTC)
