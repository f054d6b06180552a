"""Fail when a chain of migrations is not one line: two heads, or one number twice."""

import re
import sys
from collections import Counter
from pathlib import Path

CHAINS = ("services/*/migrations/versions", "libs/*/src/**/migrations/versions")
NAMED = re.compile(r'^(down_)?revision(?:: str)? = (?:"(\w+)"|None)', re.MULTILINE)


def faults_of(chain: Path) -> list[str]:
    """Return what is wrong with a folder of migrations, a line each."""
    revisions, followed = Counter[str](), Counter[str]()
    for file in chain.glob("*.py"):
        for down, revision in NAMED.findall(file.read_text()):
            (followed if down else revisions)[revision] += 1
    twice = [f"{chain}: revision {name} twice" for name, n in revisions.items() if n > 1]
    forks = [f"{chain}: two follow {name or 'nothing'}" for name, n in followed.items() if n > 1]
    return twice + forks


def main() -> int:
    """Look at every chain of migrations of ours."""
    chains = [folder for pattern in CHAINS for folder in sorted(Path().glob(pattern))]
    faults = [fault for chain in chains for fault in faults_of(chain)]
    print(*faults, sep="\n", end="\n" if faults else "")
    return bool(faults) or not chains


if __name__ == "__main__":
    sys.exit(main())
