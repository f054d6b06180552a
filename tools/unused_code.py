"""Fail when code of ours is used by nobody: a function, a class, a setting, a name in a module.

vulture finds the code; `[tool.vulture]` in `pyproject.toml` names what frameworks call. Fields of
classes with a base (models, errors, enums) are left out, because serialisers read them; settings
are not, because a setting that nothing reads is dead.
"""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from vulture import Vulture
from vulture.config import make_config


def fields_of(file: Path) -> Iterator[int]:
    """Yield the lines of fields that a serialiser reads."""
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.ClassDef) and node.bases and not node.name.endswith("Settings"):
            yield from (field.lineno for field in node.body)


def unused(config: dict[str, Any]) -> Iterator[str]:
    """Yield a line for each piece of code that nobody uses."""
    vulture = Vulture(
        ignore_names=config["ignore_names"], ignore_decorators=config["ignore_decorators"]
    )
    vulture.scavenge([str(root) for root in Path().glob("[!.]*/")], exclude=config["exclude"])
    fields: dict[Path, set[int]] = {}
    for item in vulture.get_unused_code(min_confidence=config["min_confidence"]):
        lines = fields.setdefault(item.filename, set(fields_of(item.filename)))
        is_field = item.typ == "variable" and item.first_lineno in lines
        if not is_field and item.typ != "import":  # ruff knows more about imports
            yield item.get_report()


if __name__ == "__main__":
    if lines := list(unused(make_config(["."]))):
        sys.exit("\n".join(lines))
