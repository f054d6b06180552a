"""Fingerprints of code and settings: a start skips migrations and seed where nothing changed."""

import hashlib
import importlib.util
import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from deploy.paths import ROOT


def fingerprint(service: str, environment: Mapping[str, str]) -> str:
    """Return a digest that changes with the migrations, code or settings of a service."""
    digest = hashlib.sha256(json.dumps(environment, sort_keys=True).encode())
    for file in sorted(_code(service)):
        digest.update(bytes(file) + file.read_bytes())
    return digest.hexdigest()


def _code(service: str) -> Iterator[Path]:
    yield from (ROOT / "services" / service / "migrations").rglob("*.py")
    yield from (ROOT / "libs").rglob("migrations/versions/*.py")
    package = importlib.util.find_spec(service)
    for folder in package.submodule_search_locations or () if package else ():
        yield from Path(folder).rglob("*.py")
