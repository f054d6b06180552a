"""`asyncapi`: the bus as an AsyncAPI document, with the consumers of each event."""

import argparse
from importlib import import_module
from pathlib import Path
from typing import Any

from events.cli.contracts import PROMISES
from events.cli.output import Usage, write_json
from events.contracts import asyncapi
from events.transport import Subscriptions


def add_to(commands: Any) -> None:
    """Add the command."""
    parser = commands.add_parser("asyncapi", help="describe all events and their consumers")
    parser.add_argument(
        "consumers", nargs="*", metavar="MODULE:NAME", help="a service's Subscriptions"
    )
    parser.add_argument("--folder", type=Path, default=PROMISES, help="where the contracts are")
    parser.set_defaults(run=describe)


async def describe(args: argparse.Namespace) -> int:
    """Write the document."""
    samples = {f.stem: f.read_text("utf-8") for f in (args.folder / "samples").glob("*.json")}
    consumers = [_subscriptions(place) for place in args.consumers]
    reactions = {
        s.service: {t: " ".join((h.__doc__ or "").split()) for t, h in s.handlers.items()}
        for s in consumers
    }
    write_json(asyncapi.document(reactions, samples))
    return 0


def _subscriptions(place: str) -> Subscriptions[Any]:
    module, _, name = place.partition(":")
    try:
        subscriptions = getattr(import_module(module), name or "subscriptions")
    except (ImportError, AttributeError) as error:
        raise Usage(f"{place} is not there: {error}. hold.consumers:subscriptions is.") from None
    assert isinstance(subscriptions, Subscriptions), f"{place} is no Subscriptions"
    return subscriptions
