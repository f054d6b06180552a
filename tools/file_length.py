"""Fail when a file has grown past 250 lines without saying why.

A file is split by noun. One that is better left whole says so in a comment of its own, which begins
with the words of `REASON`; comments and blank lines are never removed to get below the limit.
"""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

LIMIT: Final = 250
REASON: Final = f"# Longer than {LIMIT} lines because "
NOT_OURS: Final = {"migrations", "node_modules", "build"}
"""Folders whose files a tool has written."""


def files() -> Iterator[Path]:
    """Yield every Python file of the repository; folders that begin with a dot hold none."""
    yield from Path().glob("*.py")
    for root in sorted(Path().glob("[!.]*/")):
        yield from (f for f in sorted(root.rglob("*.py")) if NOT_OURS.isdisjoint(f.parts))


def main() -> int:
    """Print the files that are too long, a line each."""
    texts = {file: file.read_text() for file in files()}
    long = [
        f"{file}: {count} lines: split it by noun, or say why not: `{REASON}…`"
        for file, text in texts.items()
        if (count := len(text.splitlines())) > LIMIT and REASON not in text
    ]
    print(*long, sep="\n", end="\n" if long else "")
    return bool(long)


if __name__ == "__main__":
    sys.exit(main())
