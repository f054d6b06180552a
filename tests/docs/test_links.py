"""Links and paths in the documents lead to what exists."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).parents[2]
LINK: Final = re.compile(r"\]\(([^)#:\"]+)(?:#[^)]*)?\)")
PLACE: Final = re.compile(
    r"`((?:bench|chaos|demo|deploy|docs|libs|services|simulators|stack|tests|tools)/[\w./-]+)`"
)
DOCUMENTS: Final = sorted(
    path
    for pattern in (
        "*.md",
        "docs/**/*.md",
        "*/README.md",
        "libs/*/README.md",
        "services/*/README.md",
    )
    for path in ROOT.glob(pattern)
)


def broken(text: str, folder: Path) -> Iterator[str]:
    """Find relative links, and paths in code style from root or folder, that lead nowhere."""
    yield from (link for link in LINK.findall(text) if not (folder / link).exists())
    for place in PLACE.findall(text):
        if not (ROOT / place).exists() and not (folder / place).exists():
            yield place


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_and_path_leads_somewhere(document: Path) -> None:
    assert list(broken(document.read_text("utf-8"), document.parent)) == []


def test_a_link_and_a_path_that_lead_nowhere_are_noticed() -> None:
    text = (
        "[a page](docs/no-such-page.md) and `tools/no_such_tool.py`, [a site](https://x.example/)"
    )

    assert list(broken(text, ROOT)) == ["docs/no-such-page.md", "tools/no_such_tool.py"]


@pytest.mark.parametrize(
    "readme", sorted(ROOT.glob("services/*/README.md")), ids=lambda path: path.parent.name
)
def test_a_services_readme_names_nouns_and_files_that_are_there(readme: Path) -> None:
    source = readme.parent / "src" / readme.parent.name
    named = re.findall(r"`([a-z_]+/(?:[a-z_]+\.py)?)`", readme.read_text("utf-8"))

    assert [
        p for p in named if not (source / p).exists() and not (readme.parent / p).exists()
    ] == []
