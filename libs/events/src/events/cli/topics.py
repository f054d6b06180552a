"""`topics check` and `topics create`."""

import argparse
import os
from typing import Any

from events.cli.output import Trouble, add_json, write_json, write_table
from events.transport import topics


def add_to(commands: Any) -> None:
    """Add the commands."""
    verbs = commands.add_parser("topics", help="the topics of all events").add_subparsers(
        required=True, metavar="VERB"
    )
    for name, run, summary in (
        ("check", check, "say what is wrong with the topics"),
        ("create", create, "make the topics that are missing"),
    ):
        verb = verbs.add_parser(name, help=summary)
        add_servers(verb)
        verb.add_argument("--partitions", type=int, default=6, help="of every topic (6)")
        add_json(verb)
        verb.set_defaults(run=run)
        if name == "create":
            verb.add_argument("--replication", type=int, default=1, help="copies (1)")


def add_servers(parser: argparse.ArgumentParser) -> None:
    """Let a command be told where Kafka is."""
    parser.add_argument(
        "--servers",
        default=os.environ.get("KAFKA_BOOTSTRAP", "localhost:9092"),
        help="bootstrap servers (KAFKA_BOOTSTRAP, or localhost:9092)",
    )


async def check(args: argparse.Namespace) -> int:
    """Look, and change nothing."""
    wrong = await topics.faults(args.servers, topics.needed(), partitions=args.partitions)
    if args.json:
        write_json({"topics": len(topics.needed()), "wrong": wrong})
    else:
        good = f"All {len(topics.needed())} topics are there, with {args.partitions} partitions."
        write_table([{"what_is_wrong": fault} for fault in wrong], nothing=good)
    return 1 if wrong else 0


async def create(args: argparse.Namespace) -> int:
    """Make what is missing; a topic with another count is nothing we could mend."""
    counts = {"partitions": args.partitions, "replication": args.replication}
    try:
        await topics.ensure(args.servers, topics.needed(), **counts)
    except topics.WrongTopic as error:
        raise Trouble(f"{error} Nothing else was changed.") from None
    return await check(args)
