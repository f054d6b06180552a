"""The gate: the library as it is must hold, and with each planted mistake it must not."""

import argparse
import asyncio
import logging
import random
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

from chaos.plants import PLANTS
from chaos.run import Report, Run
from chaos.scenes import AIMED, FULL, SHORT, Scene
from chaos.verdict import Verdict


def main(words: Sequence[str] | None = None) -> int:
    """Return 0 if the library holds and every mistake was noticed."""
    parser = argparse.ArgumentParser(prog="python -m chaos", description=__doc__)
    parser.add_argument("--seed", type=int, help="repeat the schedule of an earlier run")
    only = parser.add_mutually_exclusive_group()
    only.add_argument("--short", action="store_true", help="about a minute, without mistakes")
    only.add_argument("--full", action="store_true", help="the long run, without mistakes")
    only.add_argument("--plant", choices=PLANTS, help="one mistake alone: 1 if it was noticed")
    options = parser.parse_args(words)
    seed: int = options.seed or random.SystemRandom().randrange(1, 10**9)
    logging.getLogger("aiokafka").setLevel(logging.CRITICAL)  # a killed broker is no news
    if options.plant:
        return not _play(AIMED[options.plant].scene, seed, options.plant).holds
    if options.short or options.full:
        return not _play(SHORT if options.short else FULL, seed).holds
    return _all(seed)


def _all(seed: int) -> int:
    wrong = [] if _play(FULL, seed).holds else ["the library does not hold"]
    for plant, aim in AIMED.items():
        verdict = _play(aim.scene, seed, plant)
        if not verdict.must_be_none[aim.shows_as]:
            wrong.append(f"{plant} went unnoticed: nothing was {aim.shows_as}")
    print(f"\nchaos-events: {'; '.join(wrong) or 'holds, and every planted mistake was noticed'}")
    return bool(wrong)


def _play(scene: Scene, seed: int, plant: str | None = None) -> Verdict:
    print(f"\n== {plant or 'the library as it is'}, seed {seed}", flush=True)
    home = Path(tempfile.mkdtemp(prefix="chaos-"))
    report = asyncio.run(Run(scene, seed, plant, home).play())
    _show(report)
    if report.verdict.holds or plant:
        shutil.rmtree(home, ignore_errors=True)
    else:
        print(f"  what everybody wrote is in {home}")
    return report.verdict


def _show(report: Report) -> None:
    for what, count in report.happened.items():
        print(f"  {what:<28}{count:>8,}")
    print("  must be none:")
    for what, count in report.verdict.must_be_none.items():
        print(f"    {what:<26}{count:>8,}{'  <<<' if count else ''}")
    says = "holds" if report.verdict.holds else f"BROKEN: {report.verdict.broken}"
    print(f"  {says}, in {report.seconds:.0f} s", flush=True)
