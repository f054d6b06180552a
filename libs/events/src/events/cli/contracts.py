"""`contracts check`: whether the events still mean what they promise."""

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from events.cli.output import Usage, add_json, write_json, write_table
from events.contracts.schemas import breaks, schema_of
from events.facts.base import CATALOGUE

PROMISES: Final = Path(__file__).parents[3] / "contracts"


def add_to(commands: Any) -> None:
    """Add the command."""
    verbs = commands.add_parser("contracts", help="what events promise").add_subparsers(
        required=True, metavar="VERB"
    )
    check_ = verbs.add_parser("check", help="compare the events with their frozen schemas")
    check_.add_argument("--folder", type=Path, default=PROMISES, help="where the schemas are")
    add_json(check_)
    check_.set_defaults(run=check)


async def check(args: argparse.Namespace) -> int:
    """Say in sentences which promises are broken."""
    if not args.folder.is_dir():
        raise Usage(f"{args.folder} is no folder: name that of the frozen schemas with --folder.")
    wrong = [{"event": name, "what_is_wrong": fault} for name, fault in _faults(args.folder)]
    if args.json:
        write_json(wrong)
    else:
        write_table(wrong, nothing=f"All {len(CATALOGUE)} events mean what they promise.")
    return 1 if wrong else 0


def _faults(folder: Path) -> Iterator[tuple[str, str]]:
    promises = {file.stem: file for file in folder.glob("*.json")}
    for name in sorted(promises.keys() - CATALOGUE.keys()):
        yield name, "is gone, but others may still wait for it. Keep the event."
    for name, event in sorted(CATALOGUE.items()):
        if name not in promises:
            yield name, "has no frozen schema yet. Run `make schemas`."
            continue
        promise = json.loads(promises[name].read_text(encoding="utf-8"))
        yield from ((name, fault) for fault in breaks(schema_of(event), promise))
