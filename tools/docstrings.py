"""Fail when a docstring begins with a pronoun or a question word instead of naming its subject."""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from tools.file_length import files

NAMELESS: Final = re.compile(r"(What|Who|Whoever|Somebody|It|How|Where|Which|That)\b")
DOCUMENTED: Final = ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef
CEILINGS: Final = {
    "libs/events": 3,  # of event classes: contracts repeat their words, and stay as they are
    "services/shipping": 2,  # of errors: callers read them as the titles of problems
}
"""Docstrings of this kind that a folder may still have."""


def nameless(file: Path) -> Iterator[str]:
    """Yield a line for each docstring of a file whose first sentence names no subject."""
    for node in ast.walk(ast.parse(file.read_text())):
        docstring = ast.get_docstring(node) if isinstance(node, DOCUMENTED) else None
        if docstring and NAMELESS.match(docstring):
            line = getattr(node, "lineno", 1)
            yield f"{file}:{line}: begin with the subject or a verb: {docstring.splitlines()[0]}"


def folder_of(file: Path) -> str:
    """Return the folder that a file is counted in: of libs, services and tests the second one."""
    return "/".join(file.parts[: 2 if file.parts[0] in {"libs", "services", "tests"} else 1])


def main() -> int:
    """Print the docstrings of every folder that has more of them than it may have."""
    by_folder: dict[str, list[str]] = {}
    for file in files():
        by_folder.setdefault(folder_of(file), []).extend(nameless(file))
    lines = [
        line
        for folder, of_folder in by_folder.items()
        if len(of_folder) > CEILINGS.get(folder, 0)
        for line in of_folder
    ]
    print(*lines, sep="\n", end="\n" if lines else "")
    return bool(lines)


if __name__ == "__main__":
    sys.exit(main())
