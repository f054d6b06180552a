"""`python -m deploy.k8s render | drift | check | up | down`."""

import argparse
import sys
from collections.abc import Iterable
from typing import Final

from deploy.k8s import checking, cluster, tree
from deploy.k8s.sites import InvalidSites
from deploy.paths import HOME

STATE: Final = HOME / "k8s"
"""The folder for keys and, where the cluster provides no volumes, for data."""


def main(argv: list[str]) -> int:
    """Run one command; return 1 if anything is wrong."""
    parser = argparse.ArgumentParser(prog="python -m deploy.k8s", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("render", help="write what is rendered in deploy/k8s")
    commands.add_parser("drift", help="say what is not rendered as it should be")
    commands.add_parser("check", help="say everything that is wrong with deploy/k8s")
    commands.add_parser("up", help="roll overlays/local out to the cluster at hand")
    commands.add_parser("down", help="take it away again, data included")
    arguments = parser.parse_args(argv)
    try:
        return _do(arguments)
    except InvalidSites as invalid:
        return _say([str(invalid)])


def _do(arguments: argparse.Namespace) -> int:
    if arguments.command in ("drift", "check"):
        return _say(tree.differences() if arguments.command == "drift" else checking.complaints())
    if arguments.command == "render":
        tree.write()
    elif arguments.command == "up":
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
