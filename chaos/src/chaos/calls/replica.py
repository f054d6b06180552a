"""One replica of videocall as a process: `python -m chaos.calls.replica PORT [MUTATION]`."""

import sys

from chaos.calls.mutations import MUTATIONS
from kit.serve import application, listen
from stack.ports import LOOPBACK


def main(port: str, *mutated: str) -> None:
    """Listen until told to end."""
    for name in mutated:
        MUTATIONS[name]()
    listen(application("videocall.main:app"), LOOPBACK, int(port))


if __name__ == "__main__":
    main(*sys.argv[1:])
