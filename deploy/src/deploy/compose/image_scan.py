"""A scan of images for tools, package managers, caches and secrets, of which none may be there."""

import re
import subprocess
import tarfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Final

from deploy.compose import engine, files
from deploy.compose.images import SETUP, layers_of, name_of
from deploy.paths import HOME

TOOLS: Final = re.compile(
    r"(ba|da|a|c|z|k)?sh|busybox|env|gcc.*|g\+\+.*|cc|c\+\+|clang.*|ld|as|make|cmake|rustc|go|"
    r"apt.*|dpkg.*|apk|yum|rpm|pip.*|uv|uvx|curl|wget|nc|netcat|perl.*|su|sudo|git|gdb"
)
"""Programs that help an intruder."""
CACHES: Final = ("var/cache/", "var/lib/apt/", "var/lib/dpkg/", "root/", "tmp/", ".cache/")
SHARED: Final = ("usr/", "app/.venv/", "app/libs/")
"""Folders of the layers that all images share."""
MODULES: Final = ("pip", "ensurepip", "setuptools", "wheel", "uv")
PRIVATE_KEY: Final = re.compile(rb"-----BEGIN [A-Z ]*PRIVATE KEY-----\s+[A-Za-z0-9+/=]{40}")
PASSWORD: Final = re.compile(rb"//[\w.%+-]+:[\w.%+-]+@|(?:ghp_|glpat-|AKIA)[A-Za-z0-9]{16}")
_SHORTEST_SECRET: Final = 24
_OTHERS: Final = re.compile(r"/lib/python3[^/]*/|^usr/local/bin/node$")
"""Python, packages and Node, whose passwords are examples in their documentation."""


def complaints(service: str) -> list[str]:
    """Return a sentence for each file that an image must not have."""
    name = name_of(service)
    shared = layers_of(SETUP)[:-1]
    if layers_of(service)[: len(shared)] != shared:
        return [f"{name}: does not share the layers of the others"]
    seen = () if service == SETUP else SHARED
    return [f"{name}: {sentence}" for sentence in _within(name, seen)]


def _within(image: str, seen: tuple[str, ...]) -> Iterator[str]:
    known = [*_secrets_of_this_machine()]
    container = engine.ask("create", image)
    export = [engine.docker(), "export", container]
    try:
        with subprocess.Popen(export, stdout=subprocess.PIPE) as process:  # noqa: S603 # ours
            assert process.stdout is not None
            with tarfile.open(fileobj=process.stdout, mode="r|") as archive:
                yield from look(archive, known, seen)
    finally:
        engine.ask("rm", container)


def look(archive: tarfile.TarFile, known: list[bytes], seen: tuple[str, ...] = ()) -> Iterator[str]:
    """Scan the files of an exported image, without the folders `seen` in another image."""
    for member in archive:
        if seen and member.name.startswith(seen):
            continue
        path = PurePosixPath(member.name)
        if not member.isdir():
            yield from _by_name(path)
        if member.isfile() and (content := archive.extractfile(member)):
            yield from _by_content(path, content.read(), known)


def _by_name(path: PurePosixPath) -> Iterator[str]:
    is_program = path.parent.name in ("bin", "sbin")
    if is_program and TOOLS.fullmatch(path.name):
        yield f"/{path} is a tool that no service needs"
    if str(path).startswith(CACHES) or "/.cache/" in str(path):
        yield f"/{path} is left over from building"
    if path.parent.name == "site-packages" and path.name in MODULES:
        yield f"/{path} installs packages"


def _by_content(path: PurePosixPath, content: bytes, known: list[bytes]) -> Iterator[str]:
    if PRIVATE_KEY.search(content):
        yield f"/{path} holds a private key"
    if not _OTHERS.search(str(path)) and PASSWORD.search(content):
        yield f"/{path} holds a password or a token"
    if any(secret in content for secret in known):
        yield f"/{path} holds a secret of this machine"


def _secrets_of_this_machine() -> Iterator[bytes]:
    folders: list[Path] = [files.folder() / "secrets", HOME / "keys"]
    for file in (file for folder in folders for file in folder.glob("*") if file.is_file()):
        candidates = re.findall(rb"[A-Za-z0-9+/=_-]+", file.read_bytes())
        yield from (word for word in candidates if len(word) >= _SHORTEST_SECRET)
