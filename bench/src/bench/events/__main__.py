"""Measure libs/events against its goals: all of them, or the cases that are named."""

import argparse
import os
import sys
from typing import Final

from bench import report
from bench.events import consuming, latency, leaving, place, relaying, writing
from bench.events.place import Place
from bench.goals import Case, Outcome
from deploy.paths import HOME

CASES: Final = {
    case.name: case
    for case in (
        relaying.DRAIN,
        writing.CASE,
        latency.CASE,
        consuming.WITH_EFFECTS,
        consuming.WITHOUT,
        relaying.BLOAT,
        leaving.CASE,
    )
}


def main() -> int:
    """Measure in turns, tell, and fail if a goal was missed."""
    parser = argparse.ArgumentParser(prog="python -m bench.events", description=__doc__)
    parser.add_argument("case", nargs="*", help=" ".join(CASES))
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    load = os.getloadavg()[0]
    outcomes: list[Outcome[Place]] = []
    try:
        for name in options.case or CASES:
            _measure(CASES[name], options.rounds, outcomes)
    finally:  # also what was measured before somebody failed
        report.tell(outcomes, load)
        print(report.keep(outcomes, load, HOME / "bench"))
    return 1 if any(outcome.missed for outcome in outcomes) else 0


def _measure(case: Case[Place], rounds: int, outcomes: list[Outcome[Place]]) -> None:
    outcome = Outcome(case)
    report.console.rule(case.name)
    with place.opened(case.settings) as here:
        if case.prepare:
            case.prepare(here)
        for _ in range(rounds):
            outcome.rounds.append(dict(case.measure(here)))
            report.tell_round(outcome)
    outcomes.append(outcome)


if __name__ == "__main__":
    sys.exit(main())
