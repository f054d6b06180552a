"""`lag`: how far behind the services are."""

import argparse
from dataclasses import asdict
from typing import Any

from events.cli.output import Trouble, add_json, write_json, write_table
from events.cli.topics import add_servers
from events.transport.lag import lags


def add_to(commands: Any) -> None:
    """Add the command."""
    parser = commands.add_parser("lag", help="how far behind the groups are")
    add_servers(parser)
    parser.add_argument("--group", help="one service; all if left out")
    parser.add_argument("--all", action="store_true", help="also where nothing is left to do")
    add_json(parser)
    parser.set_defaults(run=show)


async def show(args: argparse.Namespace) -> int:
    """Show each partition on which a group is behind."""
    all_lags = await lags(args.servers, args.group)
    if args.group and not all_lags:
        raise Trouble(
            f"{args.group} has never committed anything: leave --group out to see who has."
        )
    rows = [asdict(lag) | {"records": lag.records} for lag in all_lags if args.all or lag.records]
    if args.json:
        write_json(rows)
    else:
        for row in rows:
            row["seconds"] = "?" if row["seconds"] is None else f"{row['seconds']:.1f}"
        write_table(rows, nothing="Nobody is behind.")
    return 0
