"""Fail when a file has grown past what one can hold in mind: 250 lines, 500 for tests."""

import sys
from pathlib import Path

LIMIT = 250
LIMIT_OF_TESTS = 500  # a list of cases reads on; what they share belongs in modules of its own
ROOTS = ("libs", "services", "simulators", "stack", "demo", "tools", "tests", "bench")


def limit_of(file: Path) -> int:
    """Return how long a file may be."""
    return LIMIT_OF_TESTS if "tests" in file.parts else LIMIT


def main() -> int:
    """Look at every Python file of ours; migrations are written by a tool."""
    long = [
        f"{file}: {count} lines, {limit_of(file)} is the limit: split it by noun"
        for root in ROOTS
        for file in sorted(Path(root).rglob("*.py"))
        if "migrations" not in file.parts
        if (count := len(file.read_text().splitlines())) > limit_of(file)
    ]
    print(*long, sep="\n", end="\n" if long else "")
    return bool(long)


if __name__ == "__main__":
    sys.exit(main())
