"""Commands for those who keep evidence.

`python -m videocall verify CALL`, `verify --day DAY`, `export CALL FOLDER`; the environment is the
service's own. Exit codes: 0 done, 1 not as it was recorded, 2 wrong arguments, no such call, one
that was erased, or a day without a root, 3 a media node does not answer.
"""

import argparse
import asyncio
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from uuid import UUID

import httpx

from kit import clock
from kit.db import Database
from kit.sealing import Sealer
from videocall.calls.states import NoSuchCall
from videocall.data_keys.domain import EvidenceErased
from videocall.exports.commands import Exports
from videocall.exports.domain import Encode
from videocall.main import MEDIA_SECONDS, media_plane
from videocall.playback.commands import Playback
from videocall.roots.domain import DayReport, NoSuchRoot, Tree
from videocall.roots.queries import days_of, tree_of, verify_day
from videocall.settings import Settings
from videocall.verification.domain import Report


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    parser = argparse.ArgumentParser(prog="videocall", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="command")
    command = commands.add_parser("verify", help="compare evidence with what was noted of it")
    of = command.add_mutually_exclusive_group(required=True)
    of.add_argument("call", type=UUID, nargs="?", help="all of one call, and its days' roots")
    of.add_argument("--day", type=date.fromisoformat, help="all calls decided on a day (Vietnam)")
    command.set_defaults(do=_verify)
    command = commands.add_parser("export", help="write a call's evidence into a new folder")
    command.add_argument("call", type=UUID)
    command.add_argument("folder", type=Path)
    command.add_argument("--mp4", action="store_true", help="both pictures and sounds in one film")
    command.set_defaults(do=_export)
    given = parser.parse_args(argv)
    try:
        code: int = asyncio.run(_run(given))
    except NoSuchCall:
        sys.stderr.write(f"There is no call {given.call}.\n")
        return 2
    except EvidenceErased:
        sys.stderr.write(f"The key of call {given.call} was erased: nothing of it opens.\n")
        return 2
    except NoSuchRoot:
        sys.stderr.write(f"{given.day} has no root.\n")
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
    if given.day:
        async with playback.db.transaction() as tx:
            return _said(await verify_day(tx, given.day))
    report = await playback.verified(given.call)
    async with playback.db.transaction() as tx:
        trees = [await tree_of(tx, day) for day in await days_of(tx, given.call)]
    sys.stdout.writelines(f"{line}\n" for line in _lines(report))
    sys.stdout.writelines(f"{line}\n" for tree in trees for line in _proof(tree, given.call))
    if report.faults:
        return 1
    return 3 if report.unread else 0


def _said(report: DayReport) -> int:
    verdict = "not as it was recorded" if report.faults else "intact"
    sys.stdout.write(f"day {report.day}: {verdict}\n  {report.calls} calls, root {report.root}\n")
    sys.stdout.writelines(f"CHANGED: {fault}\n" for fault in report.faults)
    return 1 if report.faults else 0


def _proof(tree: Tree, call_id: UUID) -> list[str]:
    proof = tree.proof(call_id)
    leaf = proof.leaf
    return [
        f"  in the root of {tree.day}: {proof.root}",
        f"    event {leaf.seq}, head {leaf.hash}, place {proof.place} of {proof.size}",
        *(f"    beside {digest}" for digest in proof.path),
    ]


async def _export(given: argparse.Namespace, playback: Playback) -> int:
    encode = _encoder() if given.mp4 else None
    if given.mp4 and encode is None:
        sys.stderr.write("A film needs PyAV: pip install --no-deps -r locks/film.txt\n")
        return 2
    manifest = await Exports(playback).write(given.call, given.folder, encode, now=clock.now())
    sys.stdout.write(f"{manifest}\n")
    return 0


def _encoder() -> Encode | None:
    """Return what makes a film, where PyAV is installed: the images are without it."""
    try:
        from videocall.exports.gateways import mp4  # noqa: PLC0415
    except ImportError:
        return None
    return mp4


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
