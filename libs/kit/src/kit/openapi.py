"""The answers that every operation may give, written into a service's OpenAPI document once.

A route documents its own problems (`kit.http.problems`). What the kit and the gateway answer for
all routes is the same everywhere, so no route repeats it.
"""

from collections.abc import Sequence
from typing import Any, Final

from fastapi import FastAPI
from fastapi.routing import APIRoute, iter_route_contexts
from pydantic.json_schema import models_json_schema
from starlette.routing import BaseRoute

from kit.auth import NotSignedIn, WrongRole, admitted_roles
from kit.cookies import CrossSiteRequest
from kit.http import COMPONENTS, PROBLEM_JSON, SCHEMA_OF_PROBLEM, BusyDatabase, Problem

ALWAYS: Final = {
    400: "The request cannot be read",
    422: "Some of what was sent is not valid",
    429: "Too often; wait a little",
    431: "The headers of this request are too large",
    503: BusyDatabase.title(),
}
WITH_BODY: Final = {413: "This request is too large"}
WITH_TOKEN: Final = {
    401: NotSignedIn.title(),
    403: f"{WrongRole.title()}; {CrossSiteRequest.title()}",
}
METHODS: Final = {"get", "post", "put", "patch", "delete"}


def document_common_answers(app: FastAPI) -> None:
    """Let the application's OpenAPI document name what the kit and the gateway may answer."""
    described = app.openapi

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            document = described()
            _complete(document)
            _add_roles(document, app.routes)
        assert app.openapi_schema is not None
        return app.openapi_schema

    app.openapi = openapi  # type: ignore[method-assign]


def _complete(document: dict[str, Any]) -> None:
    schemas = document.setdefault("components", {}).setdefault("schemas", {})
    schemas |= models_json_schema(
        [(Problem, "serialization")], ref_template=f"{COMPONENTS}{{model}}"
    )[1]["$defs"]
    for methods in document["paths"].values():
        for method in METHODS & methods.keys():
            _add_answers(methods[method])
    for replaced in ("HTTPValidationError", "ValidationError"):
        schemas.pop(replaced, None)


def _add_roles(document: dict[str, Any], routes: Sequence[BaseRoute]) -> None:
    """Write into every operation the roles that its own dependencies let in."""
    for route in iter_route_contexts(routes):
        if isinstance(route.original_route, APIRoute) and route.include_in_schema:
            roles = admitted_roles(route.dependant)
            for method in route.methods or ():
                operation = document["paths"][route.path_format][method.lower()]
                operation["x-roles"] = ["public"] if roles is None else list(roles)


def _add_answers(operation: dict[str, Any]) -> None:
    answers = operation["responses"]
    if "HTTPValidationError" in str(answers.get("422")):  # FastAPI's own: we answer a problem
        del answers["422"]
    common = ALWAYS | (WITH_BODY if "requestBody" in operation else {})
    common |= WITH_TOKEN if "security" in operation else {}
    for status, description in common.items():
        content = {PROBLEM_JSON: {"schema": SCHEMA_OF_PROBLEM}}
        answers.setdefault(str(status), {"description": description, "content": content})
