"""Whether a service's data are as its code wants them: then a start need not look into them."""

import hashlib
import importlib.util
import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from deploy.paths import ROOT


def fingerprint(service: str, environment: Mapping[str, str]) -> str:
    """Return what changes whenever migrations, code or settings of a service change."""
    digest = hashlib.sha256(json.dumps(environment, sort_keys=True).encode())
    for file in sorted(_code(service)):
        digest.update(bytes(file) + file.read_bytes())
    return digest.hexdigest()


def _code(service: str) -> Iterator[Path]:
    yield from (ROOT / "services" / service / "migrations").rglob("*.py")
    package = importlib.util.find_spec(service)
    for folder in package.submodule_search_locations or () if package else ():
        yield from Path(folder).rglob("*.py")
