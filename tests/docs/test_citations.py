"""Citations: each number that code and documents cite is explained in docs/, by that number."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).parents[2]
PAGES: Final = ("docs/journey.md", "docs/procedure.md", "docs/laws.md")
CITATION: Final = re.compile(
    r"\b(?:[FP]\d[ab]?(?:\.\d+)+|S[0A-E]\.\d(?:\.\d[ab]?)?|[GK]\d\d|LAW\d\d|SYS\d\d)\b"
    r"|\bdecision \d{4}\b"
)
"""A step, a wish, a gap, a point of a check, an article of the law, a system, a decision."""
BARE: Final = re.compile(r"\((?:[\w. ]+, )*\d\d(?:, [\w. ]+)*\)")
"""A number in parentheses that does not say what it numbers: (35), (G10, 35)."""
NUMBERS: Final = {
    line.split("|")[1].strip()
    for page in PAGES
    for line in (ROOT / page).read_text("utf-8").splitlines()
    if line.startswith("| ")
} | {f"decision {path.name[:4]}" for path in ROOT.glob("docs/decisions/*.md")}


def sources() -> Iterator[tuple[str, str]]:
    """Read the Python files, settings and pages of the repository, except for these tests."""
    for kind in ("py", "toml", "md"):
        for path in ROOT.glob(f"[a-z]*/**/*.{kind}"):
            if "node_modules" not in path.parts and path.parent != Path(__file__).parent:
                yield str(path.relative_to(ROOT)), path.read_text("utf-8")


def unexplained(text: str) -> set[str]:
    """Return the citations of a text that no page of docs/ explains."""
    return {cited[0] for cited in CITATION.finditer(text)} - NUMBERS


def bare(text: str) -> list[str]:
    """Return numbers in the docstrings of a module that stand alone in parentheses."""
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    return [
        match[0]
        for node in ast.walk(ast.parse(text))
        if isinstance(node, documented)
        for match in BARE.finditer(ast.get_docstring(node) or "")
    ]


def test_every_citation_is_explained_by_its_number() -> None:
    unexplained_by_file = {
        name: missing for name, text in sources() if (missing := unexplained(text))
    }

    assert unexplained_by_file == {}


def test_no_docstring_cites_a_number_that_says_not_what_it_numbers() -> None:
    bare_by_file = {
        name: hits for name, text in sources() if name.endswith(".py") and (hits := bare(text))
    }

    assert bare_by_file == {}


@pytest.mark.parametrize(
    "cited", ["F3.99", "P9.1", "SB.9", "G41", "K15", "LAW20", "SYS24", "decision 0999"]
)
def test_a_number_that_no_page_has_is_noticed(cited: str) -> None:
    assert unexplained(f'"""Keep the number ({cited})."""') == {cited}


@pytest.mark.parametrize("cited", ["35", "G10, 35", "44, 45"])
def test_a_number_alone_is_noticed(cited: str) -> None:
    assert bare(f'"""Keep the number ({cited})."""') == [f"({cited})"]


@pytest.mark.parametrize("law", sorted(each for each in NUMBERS if each.startswith("LAW")))
def test_a_law_says_where_it_is_kept(law: str) -> None:
    [row] = [
        line
        for line in (ROOT / "docs/laws.md").read_text("utf-8").splitlines()
        if line.startswith(f"| {law} |")
    ]
    places = [ROOT / place for place in re.findall(r"`([^`]+/[^`]+)`", row)]

    assert [place for place in places if not place.exists()] == []
    assert [p for p in places if p.is_file() and law not in p.read_text("utf-8")] == []
