"""Reading docs/journey.md, and what can be wrong with it. Each check returns what it found."""

import ast
import re
import tomllib
from collections import Counter
from collections.abc import Collection, Hashable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from events import CATALOGUE

ROOT: Final = Path(__file__).parents[2]
PAGE: Final = (ROOT / "docs/journey.md").read_text("utf-8")
LIST: Final[dict[str, Any]] = tomllib.loads((ROOT / "tests/docs/steps.toml").read_text("utf-8"))
STEPS: Final[dict[str, str]] = {
    step: sentence for flow in LIST["steps"].values() for step, sentence in flow.items()
}
BRANCHES: Final[dict[tuple[str, str], str]] = {
    (step, branch): sentence
    for step, leads_to in LIST["forks"].items()
    for branch, sentence in zip(("TH1", "TH2"), leads_to, strict=True)
}
FOLDERS: Final = {
    path.parent.name: f"services/{path.parent.name}/"
    for path in ROOT.glob("services/*/pyproject.toml")
} | {"demo": "demo/", "simulators": "simulators/", "gateway": "deploy/gateway/"}
"""The services and surroundings that may carry a step, and the folders of their files."""
STEP_ID: Final = re.compile(r"\b[FP]\d+[ab]?(?:\.\d+)+")
EVENT_NAME: Final = re.compile(r"\b(?:[A-Z][a-z]+){2,}\b")


@dataclass(frozen=True)
class Step:
    """A row of a flow's table."""

    id: str
    sentence: str
    service: str
    file: str
    publishes: tuple[str, ...]
    tests: tuple[str, ...]


@dataclass(frozen=True)
class Branch:
    """A row of the table of forks."""

    id: tuple[str, str]
    sentence: str
    tests: tuple[str, ...]


def rows(page: str) -> Iterator[list[str]]:
    """Find the rows of all tables, without their heads."""
    for line in page.splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if line.startswith("| ") and cells[0] != "step":
            yield cells


def steps(page: str) -> list[Step]:
    """Read the tables of the flows."""
    return [
        Step(id_, sentence, service, "".join(_quoted(file)), _quoted(events), _quoted(tests))
        for id_, sentence, service, file, events, tests in (r for r in rows(page) if len(r) == 6)
    ]


def branches(page: str) -> list[Branch]:
    """Read the table of forks."""
    return [
        Branch((step, name), sentence, _quoted(tests))
        for step, name, sentence, tests in (r for r in rows(page) if len(r) == 4)
    ]


def _quoted(cell: str) -> tuple[str, ...]:
    return tuple(re.findall(r"`([^`]+)`", cell))


def both(page: str) -> list[Step | Branch]:
    """Read all tables."""
    return [*steps(page), *branches(page)]


@cache
def tests_in(file: str) -> dict[str, str]:
    """Return the tests of a file, and what each says it shows."""
    if not file.endswith(".py") or not (ROOT / file).is_file():
        return {}
    return {
        node.name: ast.get_docstring(node) or ""
        for node in ast.parse((ROOT / file).read_text("utf-8")).body
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.name.startswith("test_")
    }


def shown_by(test: str) -> str | None:
    """Return what a test says it shows, or None if there is no such test."""
    file, _, name = test.partition("::")
    return tests_in(file).get(name)


def cites(text: str, step: str, branch: str) -> bool:
    """Tell whether a docstring names this branch: "F3.4 TH2 and TH1", "F2.5 both"."""
    citations = list(STEP_ID.finditer(text))
    ends = [each.start() for each in citations[1:]] + [len(text)]
    return any(
        each[0] == step and re.search(rf"\b({branch}|both)\b", text[each.end() : end])
        for each, end in zip(citations, ends, strict=True)
    )


def rows_of_no_table(page: str) -> list[str]:
    """Find rows with a cell too many or too few."""
    return [f"{row[0]}: {len(row)} cells" for row in rows(page) if len(row) not in (4, 6)]


def steps_without_their_one_row(page: str) -> list[str]:
    """Find steps that are missing, repeated, or not of the procedure."""
    return _not_once(STEPS, [step.id for step in steps(page)])


def branches_without_their_one_row(page: str) -> list[str]:
    """Find branches that are missing, repeated, or not of the procedure."""
    return _not_once(BRANCHES, [branch.id for branch in branches(page)])


def _not_once(expected: Collection[Hashable], present: Collection[Hashable]) -> list[str]:
    times = Counter(present)
    return [f"{each}: {times[each]} rows" for each in expected if times[each] != 1] + [
        f"{each}: not in steps.toml" for each in times if each not in expected
    ]


def other_words_than_in_the_list(page: str) -> list[str]:
    """Find rows that say something else than steps.toml."""
    listed: dict[Any, str] = {**STEPS, **BRANCHES}
    return [f"{row.id}: {row.sentence}" for row in both(page) if listed.get(row.id) != row.sentence]


def unknown_services(page: str) -> list[str]:
    """Find steps carried by nobody we know."""
    return [f"{step.id}: {step.service}" for step in steps(page) if step.service not in FOLDERS]


def unknown_files(page: str) -> list[str]:
    """Find files that are not there."""
    return [f"{step.id}: {step.file}" for step in steps(page) if not (ROOT / step.file).is_file()]


def files_of_another_service(page: str) -> list[str]:
    """Find files outside the folder of the step's service."""
    return [
        f"{step.id}: {step.file}"
        for step in steps(page)
        if not step.file.startswith(FOLDERS.get(step.service, ""))
    ]


def unknown_events(page: str) -> list[str]:
    """Find events that do not exist, in the tables and in the picture."""
    picture = page.partition("```mermaid")[2].partition("```")[0]
    named = [("picture", event) for event in EVENT_NAME.findall(picture)]
    named += [(step.id, event) for step in steps(page) for event in step.publishes]
    return [f"{where}: {event}" for where, event in named if event not in CATALOGUE]


def events_of_another_service(page: str) -> list[str]:
    """Find events that the step's service does not publish."""
    return [
        f"{step.id}: {event}"
        for step in steps(page)
        for event in step.publishes
        if event in CATALOGUE and CATALOGUE[event].source != step.service
    ]


def unknown_tests(page: str) -> list[str]:
    """Find tests that do not exist, and rows without any."""
    none = [f"{row.id}: no test" for row in both(page) if not row.tests]
    named = [(row.id, test) for row in both(page) for test in row.tests]
    return none + [f"{id_}: {test}" for id_, test in named if shown_by(test) is None]


def branches_their_test_does_not_name(page: str) -> list[str]:
    """Find branches whose test does not say that it takes them."""
    return [
        f"{branch.id}: {test}"
        for branch in branches(page)
        for test in branch.tests
        if not cites(shown_by(test) or "", *branch.id)
    ]
