"""A broken contract of an event is reported, even when all that is on disk agrees."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
EVENTS = "libs/events/src/events"
CONTRACTS = "libs/events/contracts"
HOLD = f"{EVENTS}/facts/hold.py"
NUMBER = r"    number_id: NumberId\n    because"


@dataclass(frozen=True)
class Break:
    """A change of the code, and what has to be said about it."""

    says: str
    edits: tuple[tuple[str, str, str], ...]


BREAKS = {
    "removed": Break(
        "number_id was taken away or renamed.* Keep number_id", ((HOLD, NUMBER, "    because"),)
    ),
    "renamed": Break(
        "number_id was taken away or renamed.* Keep number_id",
        ((HOLD, NUMBER, "    phone_id: NumberId\n    because"),),
    ),
    "retyped": Break(
        "number_id was string format=uuid and is integer.* Keep number_id as it was",
        ((HOLD, NUMBER, "    number_id: int\n    because"),),
    ),
    "newly required": Break(
        "price_vnd became required.* Give price_vnd a default",
        ((HOLD, NUMBER, "    number_id: NumberId\n    price_vnd: NonNegativeInt\n    because"),),
    ),
    "narrowed": Break(
        "because no longer takes COD.* Keep the value", ((HOLD, '"PAID", "COD"', '"PAID"'),)
    ),
    "widened": Break(
        "because also takes GIFT.* Publish a new event",
        ((HOLD, '"PAID", "COD"', '"PAID", "COD", "GIFT"'),),
    ),
    "keyed by something else": Break(
        "The key was hold_id and is number_id.* Keep hold_id, or publish a new event",
        ((HOLD, r"HoldConfirmed\(Event\)", 'HoldConfirmed(Event, keyed_by="number_id")'),),
    ),
}


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Copy events and tools, and let git remember them."""
    there = tmp_path_factory.mktemp("promises")
    for part in ("libs/events", "tools"):
        clutter = shutil.ignore_patterns("__pycache__", "node_modules", "tests")
        shutil.copytree(ROOT / part, there / part, ignore=clutter)
    git(there, "init", "-q")
    remember(there)
    git(there, "tag", "first-day")
    return there


@pytest.fixture
def repository(planted: Path) -> Iterator[Path]:
    """Give the copy, and take back what a test did to it."""
    yield planted
    git(planted, "reset", "-q", "--hard", "first-day")
    git(planted, "clean", "-qfd")


def git(where: Path, *arguments: str) -> str:
    author = ["-c", "user.name=somebody", "-c", "user.email=somebody@example.com"]
    return subprocess.run(  # noqa: S603, our own words
        ["git", *author, *arguments],  # noqa: S607
        cwd=where,
        capture_output=True,
        text=True,
        check=True,
    ).stdout


def remember(where: Path) -> None:
    git(where, "add", "-A")
    git(where, "commit", "-q", "-m", "A promise")


def run(where: Path, *arguments: str) -> tuple[int, str]:
    done = subprocess.run(  # noqa: S603, our own words
        [sys.executable, *arguments],
        cwd=where,
        env=os.environ | {"PYTHONPATH": str(where / "libs/events/src")},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


def edit(where: Path, file: str, pattern: str, instead: str) -> None:
    text = (where / file).read_text()
    changed = re.sub(pattern, instead, text)
    assert changed != text
    (where / file).write_text(changed)


@pytest.mark.parametrize("case", BREAKS.values(), ids=BREAKS.keys())
def test_a_broken_promise_is_refused_also_if_its_contract_is_written_anew(
    repository: Path, case: Break
) -> None:
    for change in case.edits:
        edit(repository, *change)

    at_first = run(repository, "tools/schemas.py", "--check")
    (repository / CONTRACTS / "HoldConfirmed.json").unlink()
    anew = run(repository, "tools/schemas.py")
    at_last = run(repository, "tools/promises.py")

    assert at_first[0] == 1
    assert re.search(case.says, at_first[1])
    assert anew == (0, "")
    assert at_last[0] == 1
    assert re.search(case.says, at_last[1])


def test_what_was_promised_and_is_kept_may_grow(repository: Path) -> None:
    edit(repository, HOLD, NUMBER, '    number_id: NumberId\n    note: str = ""\n    because')

    written = run(repository, "tools/schemas.py")
    kept = run(repository, "tools/promises.py")

    assert written == kept == (0, "")


def test_an_event_that_was_taken_away_is_missed(repository: Path) -> None:
    edit(repository, HOLD, r"\nclass HoldLost\(Event\):[^!]*", "")
    edit(repository, f"{EVENTS}/__init__.py", r'    "?HoldLost"?,\n', "")
    for file in (repository / CONTRACTS).rglob("HoldLost.json"):
        file.unlink()

    code, output = run(repository, "tools/promises.py")

    assert code == 1
    assert "HoldLost was promised and is gone" in output
    assert "Keep the class, even if nobody states it any more." in output


@pytest.mark.parametrize("instead", [None, "{}"], ids=["taken away", "rewritten"])
def test_a_golden_sample_stays_as_it_was(repository: Path, instead: str | None) -> None:
    sample = f"{CONTRACTS}/samples/HoldLost.json"
    (repository / sample).unlink()
    if instead:
        (repository / sample).write_text(instead)
        remember(repository)

    code, output = run(repository, "tools/promises.py")
    advice = re.search(r"Run `git (checkout \w+ -- \S+)`", output)

    assert code == 1
    assert f"{sample} is not what it was on its first day" in output
    assert advice
    git(repository, *advice[1].split())
    assert run(repository, "tools/promises.py") == (0, "")


def test_what_lies_on_a_topic_can_still_be_read(repository: Path) -> None:
    edit(
        repository,
        HOLD,
        "    price_vnd: NonNegativeInt",
        "    price_vnd: Annotated[int, Field(lt=9)]",
    )
    edit(repository, HOLD, "import NonNegativeInt", "import Field, NonNegativeInt")
    edit(repository, HOLD, "import Literal", "import Annotated, Literal")

    code, output = run(repository, "tools/promises.py")

    assert code == 1
    assert "samples/HoldCreated.json" in output
    assert "can no longer be read (price_vnd: Input should be less than 9)" in output


def test_a_contract_that_was_changed_by_hand_is_not_what_the_event_says(repository: Path) -> None:
    edit(repository, f"{CONTRACTS}/HoldLost.json", '"title": "Hold Id"', '"title": "Hold"')

    code, output = run(repository, "tools/schemas.py", "--check")

    assert code == 1
    assert "HoldLost.json is not what HoldLost says. Run `make schemas`." in output


def test_an_event_without_a_golden_sample_is_not_finished(repository: Path) -> None:
    event = '\n\nclass HoldForgotten(Event):\n    """Nobody knows."""\n\n    hold_id: HoldId\n'
    (repository / HOLD).write_text((repository / HOLD).read_text() + event)

    code, output = run(repository, "tools/promises.py")

    assert code == 1
    assert "HoldForgotten has no golden sample. Run `make schemas`." in output
