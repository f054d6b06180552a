"""The commands of `python -m events`.

Exit codes: 0 all is well, 1 something is wrong and said in a sentence, 2 the command was not right.
"""

import argparse
import asyncio
import logging
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import structlog
from aiokafka.errors import KafkaError
from sqlalchemy.exc import DBAPIError

from events.cli import asyncapi, contracts, dlq, lag, sending, topics
from events.cli.output import Trouble, Usage
from events.transport import certificates

COMMANDS: Final = (dlq, topics, contracts, asyncapi, lag, sending)


def main(argv: Sequence[str]) -> int:
    """Run one command and return its exit code."""
    _write_any_language()
    parser = argparse.ArgumentParser(prog="python -m events", description="Operate the bus.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for command in COMMANDS:
        command.add_to(commands)
    args = parser.parse_args(argv)
    _identify()
    try:
        code = _run(args)
    except Usage as error:
        parser.error(str(error))
    except Trouble as error:
        return _say(str(error))
    except DBAPIError as error:
        return _say(_what_the_database_says(error))
    except (KafkaError, OSError):
        return _say(f"No Kafka answers at {args.servers}: is it up, and is --servers right?")
    return code


def _identify() -> None:
    if folder := os.environ.get("KAFKA_TLS_DIR"):  # brokers that ask who we are
        certificates.follow(Path(folder))


def _run(args: argparse.Namespace) -> int:
    try:
        return int(asyncio.run(args.run(args)))
    except BrokenPipeError:  # `| head` has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1


def _write_any_language() -> None:
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a terminal may say that it knows Latin letters only
            stream.reconfigure(encoding="utf-8")
    # What an operator reads is the one sentence at the end.
    logging.getLogger("aiokafka").setLevel(logging.CRITICAL)
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(sys.stderr))


def _what_the_database_says(error: DBAPIError) -> str:
    state = getattr(error.orig, "sqlstate", None)
    if state == "42P01":
        return "This database has no tables of events: is it the one of a service, and migrated?"
    if state in ("28P01", "28000", "3D000"):
        return f"The database does not let us in ({state}): are user, password and name right?"
    if state is None:
        return "No PostgreSQL answers there: is it up, and are host and port right?"
    return f"The database refused ({state}): look into its log."


def _say(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return 1
