"""Fail when an event no longer keeps what git remembers as promised.

Whoever changes an event can rewrite its contract and its golden sample to match, and then all that
is on disk agrees. But what was committed once is what others build on, and what lies on topics: so
every version of every contract must still be honoured, and every sample be as it was on its first
day and be readable.
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pydantic import ValidationError

from events import CATALOGUE
from events.contracts.schemas import breaks, schema_of

PROMISES: Final = Path("libs/events/contracts")
SAMPLES: Final = PROMISES / "samples"
ADVICE: Final = "An event that no other commit has seen yet is mended in the commit that adds it."


@dataclass(frozen=True)
class Version:
    """A file of the promises as some commit left it."""

    file: Path
    commit: str
    text: str


def broken() -> Iterator[str]:
    """Say in sentences what is not kept, and what to do."""
    versions = remembered()
    for version in versions:
        if version.file.parent == PROMISES:
            yield from _unkept(version)
    # The newest comes first, so that what is left is what a sample was on its first day.
    samples = {v.file.stem: v for v in reversed(versions) if v.file.parent == SAMPLES}
    for name in CATALOGUE:
        if name in samples:
            yield from [*_unreadable(samples[name]), *_edited(samples[name])]
        elif not (SAMPLES / f"{name}.json").exists():
            yield f"{name} has no golden sample. Run `make schemas`."


def remembered() -> list[Version]:
    """Ask git for every version of every promise, the oldest first; without git there are none."""
    if _git("rev-parse", "--show-toplevel").strip() != str(Path.cwd()):
        return []
    log = _git(
        "log",
        "--reverse",
        "--format=%h",
        "--raw",
        "--no-abbrev",
        "--no-renames",
        "--",
        str(PROMISES),
    )
    commits: dict[tuple[str, str], str] = {}
    commit = ""
    for line in filter(None, log.splitlines()):
        if not line.startswith(":"):
            commit = line
            continue
        change, path = line.split("\t")
        *_, blob, kind = change.split()
        if kind != "D" and path.endswith(".json"):
            commits.setdefault((path, blob), commit)
    texts = _blobs([blob for _, blob in commits])
    return [
        Version(Path(path), commit, text)
        for ((path, _), commit), text in zip(commits.items(), texts, strict=True)
    ]


def _unkept(version: Version) -> Iterator[str]:
    name = version.file.stem
    if name not in CATALOGUE:
        yield (
            f"{name} was promised and is gone: what lies on its topic could not be read."
            " Keep the class, even if nobody states it any more."
        )
        return
    for sentence in breaks(schema_of(CATALOGUE[name]), json.loads(version.text)):
        yield f"{name} was promised otherwise. {sentence}"


def _unreadable(version: Version) -> Iterator[str]:
    try:
        CATALOGUE[version.file.stem].model_validate_json(version.text)
    except ValidationError as error:
        wrong = "; ".join(f"{e['loc'][0]}: {e['msg']}" for e in error.errors())
        yield (
            f"{version.file} of {version.commit} can no longer be read ({wrong}): it is what lies"
            " on the topic. Take in what you used to; be stricter in a field with another name."
        )


def _edited(version: Version) -> Iterator[str]:
    file = version.file
    if not file.exists() or file.read_text(encoding="utf-8") != version.text:
        yield (
            f"{file} is not what it was on its first day: a golden sample is never rewritten."
            f" Run `git checkout {version.commit} -- {file}`."
        )


def _git(*arguments: str, given: str = "") -> str:
    done = subprocess.run(  # noqa: S603, our own words
        ["git", *arguments],  # noqa: S607, whichever git this machine has
        input=given,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    return done.stdout if done.returncode == 0 else ""


def _blobs(names: list[str]) -> Iterator[str]:
    """Read many objects with one call; each answer has its length in bytes before it."""
    answer = _git("cat-file", "--batch", given="\n".join(names)).encode()
    while answer:
        head, _, rest = answer.partition(b"\n")
        size = int(head.split()[2])
        yield rest[:size].decode()
        answer = rest[size + 1 :]


if __name__ == "__main__":
    if commits := list(broken()):
        sys.exit("\n".join([*dict.fromkeys(commits), ADVICE]))
