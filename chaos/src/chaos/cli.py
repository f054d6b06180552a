"""The gate: the library passes unchanged, and fails with each of the known mutations."""

import argparse
import asyncio
import logging
import random
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

from chaos.mutations import MUTATIONS
from chaos.run import Report, Run
from chaos.scenarios import DETECTED_BY, FULL, SHORT, Scenario
from chaos.verdict import Verdict


def main(arguments: Sequence[str] | None = None) -> int:
    """Return 0 if the library passes and every mutation is detected."""
    parser = argparse.ArgumentParser(prog="python -m chaos", description=__doc__)
    parser.add_argument("--seed", type=int, help="repeat the schedule of an earlier run")
    only = parser.add_mutually_exclusive_group()
    only.add_argument("--short", action="store_true", help="about a minute, without mutations")
    only.add_argument("--full", action="store_true", help="the long run, without mutations")
    only.add_argument("--mutation", choices=MUTATIONS, help="one of them alone: 1 if detected")
    options = parser.parse_args(arguments)
    seed: int = options.seed or random.SystemRandom().randrange(1, 10**9)
    logging.getLogger("aiokafka").setLevel(logging.CRITICAL)  # a killed broker is no news
    if options.mutation:
        return not _play(DETECTED_BY[options.mutation].scenario, seed, options.mutation).holds
    if options.short or options.full:
        return not _play(SHORT if options.short else FULL, seed).holds
    return _all(seed)


def _all(seed: int) -> int:
    wrong = [] if _play(FULL, seed).holds else ["the library does not hold"]
    for mutation, detection in DETECTED_BY.items():
        verdict = _play(detection.scenario, seed, mutation)
        if not verdict.violations[detection.violation]:
            wrong.append(f"{mutation} was not detected: nothing was {detection.violation}")
    print(f"\nchaos-events: {'; '.join(wrong) or 'holds, and every mutation was detected'}")
    return bool(wrong)


def _play(scenario: Scenario, seed: int, mutation: str | None = None) -> Verdict:
    print(f"\n== {mutation or 'the library as it is'}, seed {seed}", flush=True)
    home = Path(tempfile.mkdtemp(prefix="chaos-"))
    report = asyncio.run(Run(scenario, seed, mutation, home).play())
    _show(report)
    if report.verdict.holds or mutation:
        shutil.rmtree(home, ignore_errors=True)
    else:
        print(f"  the logs of all processes are in {home}")
    return report.verdict


def _show(report: Report) -> None:
    for name, count in report.happened.items():
        print(f"  {name:<28}{count:>8,}")
    print("  must be none:")
    for name, count in report.verdict.violations.items():
        print(f"    {name:<26}{count:>8,}{'  <<<' if count else ''}")
    says = "holds" if report.verdict.holds else f"BROKEN: {report.verdict.broken}"
    print(f"  {says}, in {report.seconds:.0f} s", flush=True)
