"""Commands without root's rights: PostgreSQL refuses to run as root.

A user namespace gives root another number for one process. Where those are forbidden, as in many
containers, the server runs as nobody, and so its files lie where nobody may go.
"""

import functools
import os
import shutil
import stat
import subprocess
import tempfile
import zlib
from pathlib import Path
from typing import Final

NOBODY: Final = 65534

_NAMESPACE: Final = ("unshare", "-U", "--map-user=1000", "--map-group=1000", "--")
_NOBODY: Final = ("setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups")
_SHARED_TMP: Final = Path("/var/tmp")  # noqa: S108 # folders in it are made private below


def wrapper() -> list[str]:
    """Return the prefix of a command that must not run as root."""
    if not must_be_nobody():
        return list(_NAMESPACE) if os.geteuid() == 0 else []
    return [*_NOBODY, "--pdeathsig=INT", "--"]  # a change of user makes the kernel forget ours


def folder(state: Path, name: str) -> Path:
    """Return the folder for data of an unprivileged command."""
    if not must_be_nobody():
        return state / name
    parent = _SHARED_TMP / f"chonso-{zlib.crc32(bytes(state.absolute())):08x}"
    parent.mkdir(mode=0o700, exist_ok=True)
    os.chown(parent, NOBODY, NOBODY)
    return parent / name


def readable(package: Path) -> Path:
    """Return the package's folder, or a copy of it and its libraries that every user may read."""
    if not must_be_nobody() or all(_is_open(part) for part in (package, *package.parents)):
        return package
    copy = _SHARED_TMP / f"chonso-{package.name}" / package.name
    if not copy.exists():
        half = Path(tempfile.mkdtemp(dir=_SHARED_TMP))
        half.chmod(0o755)
        libraries = f"{package.name}.libs"
        for part in (package.name, libraries):
            shutil.copytree(package.parent / part, half / part)
        half.rename(copy.parent)
    return copy


def must_be_nobody() -> bool:
    """Tell whether this process is root and may not create user namespaces."""
    return os.geteuid() == 0 and not _namespaces_work()


@functools.cache
def _namespaces_work() -> bool:
    done = subprocess.run([*_NAMESPACE, "true"], check=False, stderr=subprocess.DEVNULL)  # noqa: S603
    return done.returncode == 0


def _is_open(part: Path) -> bool:
    return bool(part.stat().st_mode & stat.S_IXOTH)
