"""Fail when a fact is made and dropped: `hold.confirm(...)` without `tx.publish(...)` around it."""

import ast
import sys
from pathlib import Path


def facts_made_by(domain: Path) -> set[str]:
    """Return the names of domain functions whose result is something from `events`."""
    tree = ast.parse(domain.read_text())
    imports = [n for n in ast.walk(tree) if isinstance(n, ast.ImportFrom) and n.module == "events"]
    events = {alias.name for node in imports for alias in node.names}
    return {
        node.name
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef)
        and node.returns
        and events & {n.id for n in ast.walk(node.returns) if isinstance(n, ast.Name)}
    }


def dropped(module: Path, makers: set[str]) -> list[int]:
    """Return the lines where a fact is made as a statement of its own."""
    tree = ast.parse(module.read_text())
    calls = [n.value for n in ast.walk(tree) if isinstance(n, ast.Expr)]
    return [
        call.lineno
        for call in calls
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Attribute)
        and call.func.attr in makers
    ]


def main() -> int:
    """Check every service under `services/`."""
    found = [
        f"{module}:{line}: this fact is never published"
        for domain in sorted(Path("services").glob("*/src/**/domain.py"))
        for module in sorted(domain.parent.glob("*.py"))
        for line in dropped(module, facts_made_by(domain))
    ]
    print(*found, sep="\n", end="\n" if found else "")
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
