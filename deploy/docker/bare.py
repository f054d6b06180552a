"""Lay out the root of an image that holds a Python and nothing else: `bare.py VENV ROOT`.

`bare.py --program FILE ROOT` lays out another program with the libraries that it is linked with.

Everything is found from the Python that runs this: its library, the shared libraries that it and
the packages are linked with, certificates, time zones, and the two files that name users.
"""

import os
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Iterator
from pathlib import Path
from typing import Final

USER: Final = "chonso:x:10001:10001::/app:/nowhere\n"
GROUP: Final = "chonso:x:10001:\n"
LIBRARY: Final = Path(sysconfig.get_path("stdlib"))
NOT_NEEDED: Final = (
    "test",
    "idlelib",
    "ensurepip",
    "turtledemo",
    "tkinter",
    "lib2to3",
    "pydoc_data",
)
FILES: Final = ("/etc/ssl/certs/ca-certificates.crt", "/etc/ld.so.cache")
FOLDERS: Final = ("/usr/share/zoneinfo",)


def main(venv: Path, root: Path) -> None:
    """Copy Python, its libraries, certificates and time zones into the root."""
    for name in ("lib", "lib64"):  # as the distribution has them, or the loader is not found
        if Path("/", name).is_symlink():
            (root / "usr" / name).mkdir(parents=True, exist_ok=True)
            (root / name).symlink_to(Path("/", name).readlink())
    python = Path(sys.executable).resolve()
    _copy(python, root)
    _copy_library(root)
    modules = [*LIBRARY.rglob("*.so"), *venv.rglob("*.so"), *venv.rglob("*.so.*")]
    linked = [path for path in _linked([python, *modules]) if not path.is_relative_to(venv)]
    for file in (*sorted(linked), *map(Path, FILES)):
        _copy(file, root)
    for folder in FOLDERS:
        shutil.copytree(folder, root / folder.lstrip("/"), symlinks=True)
    (root / "etc" / "passwd").write_text(USER)
    (root / "etc" / "group").write_text(GROUP)
    (root / "etc" / "nsswitch.conf").write_text("hosts: files dns\n")
    (root / "tmp").mkdir(mode=0o1777)
    (root / "tmp").chmod(0o1777)
    _forget(venv)


def program(file: Path, root: Path) -> None:
    """Copy a program to `/usr/local/bin`, and the libraries that it is linked with."""
    for library in sorted(_linked([file])):
        _copy(library, root)
    (root / "usr" / "local" / "bin").mkdir(parents=True)
    shutil.copy2(file, root / "usr" / "local" / "bin" / file.name)


def _copy(file: Path, root: Path) -> None:
    """Copy a file to where it is, with all links on the way resolved but its own name kept."""
    place = root / str(file.parent.resolve()).lstrip("/") / file.name
    place.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy2(file.resolve(), place)


def _copy_library(root: Path) -> None:
    place = root / str(LIBRARY).lstrip("/")
    skip = shutil.ignore_patterns(*NOT_NEEDED, "config-*", "site-packages", "__pycache__", "*.a")
    shutil.copytree(LIBRARY, place, ignore=skip, dirs_exist_ok=True)
    compile_all = ["compileall", "-q", "--invalidation-mode", "unchecked-hash"]
    strip = ["-s", str(root), "-p", "/"]
    command = [sys.executable, "-m", *compile_all, *strip, str(place)]
    subprocess.run(command, check=True)  # noqa: S603 # our own words


def _linked(binaries: list[Path]) -> Iterator[Path]:
    """Ask the loader what these need; the loader itself is one of the answers."""
    command = ["/usr/bin/ldd", *map(str, binaries)]
    told = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    for line in told.stdout.splitlines():
        name, _, where = line.strip().partition(" => ")
        path = (where or name).partition(" (")[0]
        if path.startswith("/") and "(" in line:
            yield Path(os.path.normpath(path))


def _forget(venv: Path) -> None:
    """Delete commands and tests of packages; tests bring private keys of their own."""
    for command in (venv / "bin").iterdir():
        if not command.name.startswith("python"):
            command.unlink()
    for tests in list(venv.glob("lib/*/site-packages/*/tests")):
        shutil.rmtree(tests)


if __name__ == "__main__":
    lay_out = program if sys.argv[1] == "--program" else main
    lay_out(*map(Path, sys.argv[-2:]))
