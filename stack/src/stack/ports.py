"""Free ports on the loopback address, the same ones as last time where possible."""

import json
import socket
import zlib
from pathlib import Path
from typing import Final

LOOPBACK: Final = "127.0.0.1"

_FIRST: Final = 20_000
_BLOCK: Final = 40
_BLOCKS: Final = 250  # all below the range from which the kernel gives ports to clients


def is_free(port: int) -> bool:
    """Tell whether a server could listen on the port now."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return False
        return True


class Ports:
    """Ports by name, kept in a file for the next start."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._known: dict[str, int] = json.loads(file.read_text()) if file.exists() else {}
        self._given: set[int] = set()
        # Stacks that start at the same moment look in different places.
        self._next = _FIRST + zlib.crc32(bytes(file.absolute())) % _BLOCKS * _BLOCK

    def give(self, name: str, number: int | None = None, *, usual: int | None = None) -> int:
        """Return the wanted port, that of last time, the usual one, or the next free one."""
        choices = (number, self._known.get(name), usual)
        port = next((p for p in choices if p and self._can_have(p)), None) or self._search()
        self._given.add(port)
        self._known[name] = port
        return port

    def save(self) -> None:
        """Write all ports to the file."""
        self._file.parent.mkdir(parents=True, exist_ok=True)
        self._file.write_text(json.dumps(self._known, indent=2))

    def _can_have(self, port: int) -> bool:
        return port not in self._given and is_free(port)

    def _search(self) -> int:
        while self._next in self._known.values() or not self._can_have(self._next):
            self._next += 1
        return self._next
