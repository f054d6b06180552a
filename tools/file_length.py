"""Fail when a file has grown past what one can hold in mind: 250 lines."""

import sys
from pathlib import Path

LIMIT = 250
ROOTS = ("libs", "services", "simulators", "deploy", "stack", "demo", "tools", "tests", "bench")


def main() -> int:
    """Look at every Python file of ours; migrations are written by a tool."""
    long = [
        f"{file}: {count} lines, {LIMIT} is the limit: split it by noun"
        for root in ROOTS
        for file in sorted(Path(root).rglob("*.py"))
        if "migrations" not in file.parts
        if (count := len(file.read_text().splitlines())) > LIMIT
    ]
    print(*long, sep="\n", end="\n" if long else "")
    return bool(long)


if __name__ == "__main__":
    sys.exit(main())
