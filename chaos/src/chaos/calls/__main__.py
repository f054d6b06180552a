"""Run the soak: `python -m chaos.calls`."""

import argparse
import asyncio
import logging
import os
import random
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Final

from chaos.calls.mutations import DETECTED_AS, MUTATIONS
from chaos.calls.plan import Scenario
from chaos.calls.run import Report, Run
from chaos.verdict import Verdict

SHORT: Final = Scenario(
    seconds=12,
    with_cameras=1,
    waiting=24,
    arriving=12,
    replica_kills=1,
    replica_freezes=0,
    node_kills=1,
    cuts=1,
    cuts_of_all=1,
)


def main() -> int:
    """Return 0 if the service holds and, unless told otherwise, every mutation is detected."""
    parser = argparse.ArgumentParser(prog="python -m chaos.calls", description=__doc__)
    parser.add_argument("--seed", type=int, help="repeat the plan of an earlier run")
    parser.add_argument("--seconds", type=float, default=60.0, help="of disturbances")
    only = parser.add_mutually_exclusive_group()
    only.add_argument("--full", action="store_true", help="the long run, without mutations")
    only.add_argument("--short", action="store_true", help="12 s, without mutations")
    only.add_argument("--mutation", choices=MUTATIONS, help="one of them alone: 1 if detected")
    options = parser.parse_args()
    seed: int = options.seed or random.SystemRandom().randrange(1, 10**9)
    logging.getLogger("aiokafka").setLevel(logging.CRITICAL)  # a killed replica is no news
    if options.mutation or options.short:
        return not _play(SHORT, seed, options.mutation).holds
    holds = _play(Scenario(seconds=options.seconds), seed).holds
    if options.full:
        return not holds
    wrong = [] if holds else ["the service does not hold"]
    for mutation, violation in DETECTED_AS.items():
        if not _play(SHORT, seed, mutation).violations[violation]:
            wrong.append(f"{mutation} was not detected: no {violation}")
    print(f"\nchaos-calls: {'; '.join(wrong) or 'holds, and every mutation was detected'}")
    return bool(wrong)


def _play(scenario: Scenario, seed: int, mutation: str | None = None) -> Verdict:
    load = os.getloadavg()[0]
    print(f"\n== {mutation or 'the service as it is'}, seed {seed}, load {load:.1f}", flush=True)
    home = Path(tempfile.mkdtemp(prefix="chaos-calls-"))
    mutations = [mutation] if mutation else []
    report = asyncio.run(Run(scenario, seed, mutations, home).play())
    _show(report)
    if report.verdict.holds or mutation:
        shutil.rmtree(home, ignore_errors=True)
    else:
        print(f"  the logs of all processes are in {home}")
    return report.verdict


def _show(report: Report) -> None:
    for name, count in report.happened.items():
        print(f"  {name:<40}{count:>8,}")
    for loss in report.losses:
        _, role, part = loss.name
        print(f"  killed {role}/{part}: {loss.sent} sent, {loss.opened} open: {loss.seconds:.2f} s")
    print("  must be none:")
    for name, count in report.verdict.violations.items():
        print(f"    {name:<38}{count:>8,}{'  <<<' if count else ''}")
    says = "holds" if report.verdict.holds else f"BROKEN: {report.verdict.broken}"
    print(f"  {says}, in {report.seconds:.0f} s", flush=True)


if __name__ == "__main__":
    sys.exit(main())
