"""Commands for those who keep evidence: `python -m videocall verify CALL`, `export CALL FOLDER`.

The environment is the service's own. Exit codes: 0 done, 1 not as it was recorded, 2 wrong
arguments or no such call, 3 a media node does not answer.
"""

import argparse
import asyncio
import sys
from collections.abc import Sequence
from pathlib import Path
from uuid import UUID

import httpx

from kit import clock
from kit.db import Database
from kit.sealing import Sealer
from videocall.calls.states import NoSuchCall
from videocall.exports.commands import Exports
from videocall.main import MEDIA_SECONDS, media_plane
from videocall.playback.commands import Playback
from videocall.settings import Settings
from videocall.verification.domain import Report


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    parser = argparse.ArgumentParser(prog="videocall", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="command")
    command = commands.add_parser("verify", help="compare a call's evidence with what was noted")
    command.add_argument("call", type=UUID)
    command.set_defaults(do=_verify)
    command = commands.add_parser("export", help="write a call's evidence into a new folder")
    command.add_argument("call", type=UUID)
    command.add_argument("folder", type=Path)
    command.set_defaults(do=_export)
    given = parser.parse_args(argv)
    try:
        code: int = asyncio.run(_run(given))
    except NoSuchCall:
        sys.stderr.write(f"There is no call {given.call}.\n")
        return 2
    return code


async def _run(given: argparse.Namespace) -> int:
    settings = Settings.model_validate({})
    db = Database(str(settings.database_url), pool_size=1)
    sealer = Sealer(settings.keys_dir, "videocall")
    try:
        async with httpx.AsyncClient(timeout=MEDIA_SECONDS) as http:
            code: int = await given.do(given, Playback(db, media_plane(settings, http), sealer))
            return code
    finally:
        await db.engine.dispose()


async def _verify(given: argparse.Namespace, playback: Playback) -> int:
    report = await playback.verified(given.call)
    sys.stdout.writelines(f"{line}\n" for line in _lines(report))
    if report.faults:
        return 1
    return 3 if report.unread else 0


async def _export(given: argparse.Namespace, playback: Playback) -> int:
    manifest = await Exports(playback).write(given.call, given.folder, now=clock.now())
    sys.stdout.write(f"{manifest}\n")
    return 0


def _lines(report: Report) -> list[str]:
    verdict = "intact" if report.is_intact else "not as it was recorded"
    if report.unread and not report.faults:
        verdict = "not verified as a whole"
    parts = [f"  {name}: {blocks} blocks" for name, blocks in report.parts.items()]
    sealed = report.sealed
    at_approval = [f"  sealed at event {sealed.seq}, head {sealed.hash}"] if sealed else []
    return [
        f"call {report.call_id}: {verdict}{', erased' if report.erased else ''}",
        f"  {report.events} events, head {report.head}",
        *at_approval,
        f"  {report.stills} stills",
        *parts,
        *(f"CHANGED: {fault}" for fault in report.faults),
        *(f"NOT READ, the media node does not answer: {name}" for name in report.unread),
    ]


if __name__ == "__main__":
    sys.exit(main())
