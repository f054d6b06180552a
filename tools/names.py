"""Fail when a name is a pronoun or a participle: it must be a noun that says what it holds."""

import ast
import sys
from collections.abc import Iterator
from typing import Final

from tools.file_length import files

NAMELESS: Final = {"found", "mine", "wanted", "who", "which", "some", "Some", "it", "all_"}
PUBLISHED: Final = {
    "libs/kit/src/kit/dead_letters.py": {"Some"},
    "services/activation/src/activation/incidents/queries.py": {"found"},
}
"""Names that callers read in OpenAPI documents, by file: they stay as they are."""


def stored(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Yield the line and the name of every variable, attribute, parameter, function and class."""
    for node in ast.walk(tree):
        match node:
            case (
                ast.Name(id=name, ctx=ast.Store())
                | ast.Attribute(attr=name, ctx=ast.Store())
                | ast.arg(arg=name)
                | ast.FunctionDef(name=name)
                | ast.AsyncFunctionDef(name=name)
                | ast.ClassDef(name=name)
            ):
                yield node.lineno, name


def main() -> int:
    """Print the names that say nothing, a line each."""
    lines = [
        f"{file}:{line}: `{name}` says nothing of what it holds: name it by a noun"
        for file in files()
        for line, name in stored(ast.parse(file.read_text()))
        if name in NAMELESS - PUBLISHED.get(file.as_posix(), set())
    ]
    print(*lines, sep="\n", end="\n" if lines else "")
    return bool(lines)


if __name__ == "__main__":
    sys.exit(main())
