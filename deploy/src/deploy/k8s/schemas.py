"""Validation of objects against the schemas in the repository."""

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, Final

from jsonschema import Draft202012Validator

from deploy.k8s.names import Object
from deploy.k8s.sites import FOLDER

SCHEMAS: Final = FOLDER / "schemas"
KUBERNETES: Final = SCHEMAS / "kubernetes-1.35.json"


def complaints(thing: Object) -> Iterator[str]:
    """Return a sentence for each violation of an object's schema."""
    name = f"{thing['kind']} {thing['metadata']['name']}"
    validator = _validator(thing["apiVersion"], thing["kind"])
    if validator is None:
        yield f"{name}: there is no {thing['kind']} in {thing['apiVersion']}."
        return
    for error in validator.iter_errors(thing):
        place = "/".join(map(str, error.absolute_path)) or "the whole"
        yield f"{name}: {place}: {error.message[:200]}."


@cache
def _validator(version: str, kind: str) -> Draft202012Validator | None:
    built_in = _kubernetes()
    if schema := built_in["kinds"].get(f"{version} {kind}"):
        return Draft202012Validator({**schema, "$defs": built_in["$defs"]})
    group, _, number = version.rpartition("/")
    file = SCHEMAS / group / f"{kind.lower()}_{number}.json"
    return Draft202012Validator(_read(file)) if group and file.exists() else None


@cache
def _kubernetes() -> dict[str, Any]:
    return _read(KUBERNETES)


def _read(file: Path) -> dict[str, Any]:
    return dict(json.loads(file.read_text()))
