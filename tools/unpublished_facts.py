"""Fail when a fact is made and dropped: `hold.confirm(...)` without `tx.publish(...)` around it.

A maker is a function of any `domain` or `states` of a service whose result names an event, or an
alias or a record of events. Names are compared over the whole service, because the code that calls
a noun's domain often lies in another noun: a namesake that makes no fact has to be renamed.
"""

import ast
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any, Final, get_args

from events import Event

DOMAIN: Final = ("domain.py", "states.py")

Module = tuple[Path, ast.Module]


def names_in(node: ast.AST | None) -> set[str]:
    """Return the names that an expression mentions."""
    return {n.id for n in ast.walk(node) if isinstance(n, ast.Name)} if node else set()


def facts_of(modules: list[Module]) -> set[str]:
    """Return the names of events, of aliases for events, and of records with events in them."""
    facts = {
        alias.asname or alias.name
        for _, tree in modules
        for node in tree.body
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "events"
        for alias in node.names
        if _is_event(getattr(import_module(str(node.module)), alias.name, None))
    }
    definitions = [node for _, tree in modules for node in tree.body]
    known: set[str] = set()
    while known != facts:
        known = set(facts)
        facts |= {name for node in definitions for name in _defined_by(node, known)}
    return facts


def _is_event(value: Any) -> bool:
    """Say whether an import is a class of events, or a union of nothing but such classes."""
    classes = get_args(value) or (value,)
    return all(isinstance(kind, type) and issubclass(kind, Event) for kind in classes)


def _defined_by(node: ast.stmt, facts: set[str]) -> Iterator[str]:
    if isinstance(node, ast.Assign) and names_in(node.value) & facts:
        yield from (name for target in node.targets for name in names_in(target))
    if isinstance(node, ast.ClassDef):
        fields = [field for field in node.body if isinstance(field, ast.AnnAssign)]
        if any(names_in(field.annotation) & facts for field in fields):
            yield node.name


def makers_of(modules: list[Module]) -> set[str]:
    """Return the names of functions that make a fact."""
    facts = facts_of(modules)
    return {
        node.name
        for _, tree in modules
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and names_in(node.returns) & facts
    }


def dropped(tree: ast.Module, makers: set[str]) -> Iterator[int]:
    """Yield the lines where a fact is made as a statement of its own, or is called `_`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr | ast.Assign) and _called(node.value) in makers:
            targets = node.targets if isinstance(node, ast.Assign) else [ast.Name("_")]
            if any("_" in names_in(target) for target in targets):
                yield node.lineno


def _called(call: ast.expr) -> str:
    function = call.func if isinstance(call, ast.Call) else None
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def main() -> int:
    """Check every service under `services/`."""
    lines = []
    for service in sorted(Path("services").glob("*/src")):
        modules = [(file, ast.parse(file.read_text())) for file in sorted(service.rglob("*.py"))]
        makers = makers_of([(file, tree) for file, tree in modules if file.name in DOMAIN])
        lines += [
            f"{file}:{line}: this fact is never published"
            for file, tree in modules
            for line in dropped(tree, makers)
        ]
    print(*lines, sep="\n", end="\n" if lines else "")
    return bool(lines)


if __name__ == "__main__":
    sys.exit(main())
