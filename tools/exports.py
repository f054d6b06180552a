"""Export every event from `events`: its name into the imports and into `__all__`."""

import re
from importlib import import_module
from pathlib import Path

from events import CATALOGUE

PACKAGE = Path("libs/events/src/events")


def with_exports(text: str, events: dict[str, set[str]]) -> str:
    """Return the package's source with the names of all events, by the module they are in."""
    for module, new_names in events.items():
        head = f"from events.facts.{module} import "
        block = re.search(rf"{re.escape(head)}(\([^)]*\)|.*)\n", text)
        names = sorted(new_names | set(re.findall(r"\w+", block[1]) if block else ()))
        lines = "".join([head, "(\n", *(f"    {name},\n" for name in names), ")\n"])
        old = block[0] if block else "\n__all__"
        text = text.replace(old, lines if block else lines + old, 1)
        new = "".join(f'    "{name}",\n' for name in names if f'    "{name}",\n' not in text)
        text = text.removesuffix("]\n") + new + "]\n"
    return text


if __name__ == "__main__":
    for file in sorted((PACKAGE / "facts").glob("[a-z]*.py")):
        import_module(f"events.facts.{file.stem}")
    modules: dict[str, set[str]] = {}
    for name, event in CATALOGUE.items():
        modules.setdefault(event.__module__.rpartition(".")[2], set()).add(name)
    face = PACKAGE / "__init__.py"
    face.write_text(with_exports(face.read_text(), modules))
