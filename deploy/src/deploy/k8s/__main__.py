"""`python -m deploy.k8s render | drift | check | up | down`."""

import argparse
import sys
from collections.abc import Iterable
from typing import Final

from deploy.k8s import checking, cluster, tree
from deploy.k8s.sites import InvalidSites
from deploy.paths import HOME

STATE: Final = HOME / "k8s"
"""For keys and, where the cluster gives no volumes, for the data."""


def main(words: list[str]) -> int:
    """Do what was asked; 1 if something is wrong."""
    parser = argparse.ArgumentParser(prog="python -m deploy.k8s", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("render", help="write what is rendered in deploy/k8s")
    commands.add_parser("drift", help="say what is not rendered as it should be")
    commands.add_parser("check", help="say everything that is wrong with deploy/k8s")
    commands.add_parser("up", help="roll overlays/local out to the cluster at hand")
    commands.add_parser("down", help="take it away again, data included")
    asked = parser.parse_args(words)
    try:
        return _do(asked)
    except InvalidSites as invalid:
        return _say([str(invalid)])


def _do(asked: argparse.Namespace) -> int:
    if asked.command in ("drift", "check"):
        return _say(tree.differences() if asked.command == "drift" else checking.complaints())
    if asked.command == "render":
        tree.write()
    elif asked.command == "up":
        cluster.up(STATE / "keys", STATE / "volumes")
    else:
        cluster.down(STATE / "volumes")
    return 0


def _say(sentences: Iterable[str]) -> int:
    wrong = [*sentences]
    sys.stdout.writelines(f"{sentence}\n" for sentence in wrong)
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
