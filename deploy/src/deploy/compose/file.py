"""`python -m deploy.compose.file [--check]`: keeps `docker-compose.yml` in step with the suite."""

import re
import sys
from itertools import zip_longest
from pathlib import Path
from typing import Final

from deploy.compose.rendering import parts
from deploy.paths import ROOT

FILE: Final = ROOT / "docker-compose.yml"

_PART: Final = re.compile(r"(?<=\n)( *# >>> (\w+)\n)(.*?)( *# <<< \2\n)", re.DOTALL)


def rewritten(text: str) -> str:
    """Return the file with every part as the suite has it now."""
    expected = parts()
    return _PART.sub(lambda part: f"{part[1]}{expected[part[2]]}\n{part[4]}", text)


def complaints(text: str) -> list[str]:
    """Return one sentence for each part of the file that differs from the suite."""
    there = {part[2]: part[3].splitlines() for part in _PART.finditer(text)}
    expected = {name: part.splitlines() for name, part in parts().items()}
    return [
        _first_difference(name, there[name], part)
        if name in there
        else f"{FILE.name} has lost its part `{name}`."
        for name, part in expected.items()
        if there.get(name) != part
    ]


def _first_difference(part: str, there: list[str], expected: list[str]) -> str:
    for number, (is_, should) in enumerate(zip_longest(there, expected, fillvalue="nothing")):
        if is_ != should:
            where = _path(expected if should != "nothing" else there, number)
            difference = f"`{is_.strip()}`, but the suite says `{should.strip()}`"
            return f"{FILE.name}, {part}, {where}: {difference}. Run `make compose-file`."
    return ""


def _path(lines: list[str], number: int) -> str:
    """Name a line by the keys it stands under."""
    keys: list[str] = []
    depth = sys.maxsize
    for line in reversed(lines[: number + 1]):
        indent = len(line) - len(line.lstrip())
        if indent < depth:
            depth = indent
            keys.insert(0, line.strip().partition(":")[0])
    return ".".join(keys)


def main(arguments: list[str], file: Path = FILE) -> int:
    """Write the file, or only look."""
    text = file.read_text()
    if "--check" not in arguments:
        file.write_text(rewritten(text))
        return 0
    differences = complaints(text)
    sys.stdout.writelines(f"{sentence}\n" for sentence in differences)
    return bool(differences)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
