"""Fail when a file has grown past 250 lines without saying why.

A file is split by noun. One that is better left whole says so in a comment of its own, which begins
with the words of `REASON`; comments and blank lines are never removed to get below the limit.
"""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

LIMIT: Final = 250
REASON: Final = f"Longer than {LIMIT} lines because "
NOT_OURS: Final = {"migrations", "node_modules", "build", "dist", "schema.ts"}
"""Folders and files that a tool has written."""


def files(*endings: str) -> Iterator[Path]:
    """Yield every file with one of these endings, Python's if none is named.

    Folders that begin with a dot hold none.
    """
    endings = endings or (".py",)
    for root in (Path(), *sorted(Path().glob("[!.]*/"))):
        written = sorted(root.glob("*") if root == Path() else root.rglob("*"))
        ours = (file for file in written if NOT_OURS.isdisjoint(file.parts))
        yield from (file for file in ours if file.suffix in endings)


def main() -> int:
    """Print the files that are too long, a line each."""
    texts = {file: file.read_text() for file in files(".py", ".ts", ".tsx")}
    long = [
        f"{file}: {count} lines: split it by noun, or say why not: `{REASON}…`"
        for file, text in texts.items()
        if (count := len(text.splitlines())) > LIMIT and REASON not in text
    ]
    print(*long, sep="\n", end="\n" if long else "")
    return bool(long)


if __name__ == "__main__":
    sys.exit(main())
