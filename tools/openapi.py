"""Merge the services' OpenAPI documents into `web/packages/api/openapi.json`, for the web's client.

Paths are the gateway's. `hold.Slip` is a schema of one service, `Problem` one that all services
have; `hold.holds.readHold` is an operation: service, tag, function. With `--check` nothing is
written: what is on disk has to be what the services say.
"""

import importlib
import json
import os
import re
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from fastapi import FastAPI
from fastapi.routing import APIRoute, iter_route_contexts

from deploy import keys
from deploy.environment import Addresses, environment_of
from deploy.gateway.site import Address
from deploy.services import SERVICES
from kit.paging import query_names

FILE: Final = Path("web/packages/api/openapi.json")
SCHEMA: Final = "#/components/schemas/"

Document = dict[str, Any]


class Unfit(Exception):
    """A document says something that the client's types would weaken."""


def main() -> None:
    """Write the merged document, or compare it."""
    try:
        document = merged(applications())
    except Unfit as error:
        sys.exit(str(error))
    text = json.dumps(document, indent=1, ensure_ascii=False) + "\n"
    if "--check" not in sys.argv:
        FILE.parent.mkdir(parents=True, exist_ok=True)
        FILE.write_text(text, encoding="utf-8")
    elif not FILE.exists() or FILE.read_text(encoding="utf-8") != text:
        sys.exit(f"{FILE} is not what the services say. Run `make openapi`.")


def applications() -> dict[str, FastAPI]:
    """Build every service as the local stack configures it; nothing is connected to."""
    with tempfile.TemporaryDirectory() as folder:
        nowhere = "http://127.0.0.1:1"
        at = Addresses(
            database=lambda name: f"postgresql+psycopg://{name}@127.0.0.1/{name}",
            kafka="127.0.0.1:1",
            public=nowhere,
            gateway=nowhere,
            outside=nowhere,
            mail=Address("127.0.0.1", 1),
            mail_listens_on="127.0.0.1",
            keys=Path(folder),
        )
        secrets = keys.ensure(at.keys)
        for service in SERVICES:
            os.environ.update(environment_of(service, at, secrets, limits=True))
        return {service: importlib.import_module(f"{service}.main").app() for service in SERVICES}


def merged(apps: dict[str, FastAPI]) -> Document:
    """Return one document about several services. Raises Unfit."""
    for service, app in apps.items():
        _refuse_hidden_filters(app, service)
    documents = {
        service: _with_operation_ids(app.openapi(), service) for service, app in apps.items()
    }
    shared = _shared([document["components"]["schemas"] for document in documents.values()])
    paths: Document = {}
    schemas: Document = {}
    security: Document = {}
    for service, document in documents.items():
        parts = document["components"]
        names = {
            name: name if name in shared else f"{service}.{_short(name)}"
            for name in parts["schemas"]
        }
        own = _renamed({"paths": document["paths"], "schemas": parts["schemas"]}, names)
        _refuse_tuples(own, service)
        schemas |= {names[name]: schema for name, schema in own["schemas"].items()}
        paths |= {f"/api/{service}{path}": own["paths"][path] for path in document["paths"]}
        security |= parts.get("securitySchemes", {})
    return {
        "openapi": "3.1.0",
        "info": {"title": "Chọn Số", "version": "1"},
        "paths": paths,
        "components": {"schemas": dict(sorted(schemas.items())), "securitySchemes": security},
    }


def _with_operation_ids(document: Document, service: str) -> Document:
    """Name every operation after service, tag and function. Raises Unfit if two have one name."""
    document = json.loads(json.dumps(document))  # the application keeps its own
    taken: set[str] = set()
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            function = operation["operationId"].removesuffix(re.sub(r"\W", "_", f"{path}_{method}"))
            name = ".".join([service, _camel(*operation["tags"]), _camel(function)])
            if name in taken:
                raise Unfit(f"{service}: two operations are {name}. Rename a function.")
            taken.add(name)
            operation["operationId"] = name
    return document


def _camel(words: str) -> str:
    first, *others = re.split(r"[ _]", words)
    return first + "".join(word.capitalize() for word in others)


def _shared(schemas: list[Document]) -> set[str]:
    """Return the names that mean the same in every document: the kit's."""
    first, *others = schemas
    return {name for name, schema in first.items() if all(o.get(name) == schema for o in others)}


def _short(name: str) -> str:
    """Leave out of a generic's name how its parameter is annotated, and of a class its module."""
    return re.sub(r"Annotated_(\w+?)__FieldInfo_\w+", r"\1_", name).rpartition("__")[2]


def _renamed(part: Any, names: dict[str, str]) -> Any:
    """Return the part with every mention of a schema, also in a discriminator's mapping."""
    if isinstance(part, dict):
        return {key: _renamed(value, names) for key, value in part.items()}
    if isinstance(part, list):
        return [_renamed(each, names) for each in part]
    if isinstance(part, str) and part.startswith(SCHEMA):
        return SCHEMA + names[part.removeprefix(SCHEMA)]
    return part


def _refuse_tuples(document: Document, service: str) -> None:
    for path in _places("prefixItems", document):
        raise Unfit(
            f"{service}: {path} is a tuple, which the client would read as a list of anything."
            " Answer an object with named fields."
        )


def _refuse_hidden_filters(app: FastAPI, service: str) -> None:
    """Compare a list's filters in the document with those of its route, which requests may use."""
    paths = app.openapi()["paths"]
    for route in iter_route_contexts(app.routes):
        original = route.original_route
        if isinstance(original, APIRoute) and route.include_in_schema and route.methods == {"GET"}:
            parameters = paths[route.path_format]["get"].get("parameters", ())
            named = {each["name"] for each in parameters if each["in"] == "query"}
            if others := sorted(named ^ query_names(original.dependant)):
                raise Unfit(f"{service}: {route.path_format} takes {others}, or names them alone.")


def _places(keyword: str, part: Any, path: str = "") -> Iterator[str]:
    if isinstance(part, dict):
        if keyword in part:
            yield path
        for key, value in part.items():
            yield from _places(keyword, value, f"{path}/{key}")
    elif isinstance(part, list):
        for number, value in enumerate(part):
            yield from _places(keyword, value, f"{path}/{number}")


if __name__ == "__main__":
    main()
