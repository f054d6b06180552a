"""Errors as RFC 9457 problem details: what went wrong, and what to do about it."""

from itertools import groupby
from typing import Any, Final

import structlog
from fastapi import FastAPI, Request
from fastapi.encoders import jsonable_encoder
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.exceptions import HTTPException
from starlette.routing import Match

from kit.errors import (
    Conflict,
    Gone,
    Invalid,
    NotFound,
    Refused,
    ServiceError,
    TooManyRequests,
    Unauthenticated,
    Unavailable,
)
from kit.replication_lag import HoldNotReplicated
from values.errors import BadValue

STATUS: Final[dict[type[ServiceError], int]] = {
    Unauthenticated: 401,
    Refused: 403,
    NotFound: 404,
    Conflict: 409,
    Gone: 410,
    Invalid: 422,
    TooManyRequests: 429,
    Unavailable: 503,
}
PROBLEM_JSON: Final = "application/problem+json"
COMPONENTS: Final = "#/components/schemas/"
SCHEMA_OF_PROBLEM: Final = {"$ref": f"{COMPONENTS}Problem"}
"""Written into a service's OpenAPI document by `kit.openapi`."""
METHOD_NOT_ALLOWED: Final = 405
METHODS: Final = ("DELETE", "GET", "HEAD", "PATCH", "POST", "PUT")
SOON: Final = {"Retry-After": "1"}
HEADERS: Final = {401: {"WWW-Authenticate": "Bearer"}, 503: SOON}

log = structlog.get_logger()


def status_of(error: type[ServiceError]) -> int:
    """Return the HTTP status of the nearest kind the error belongs to."""
    return next(STATUS[kind] for kind in error.__mro__ if kind in STATUS)


class Fault(BaseModel):
    """One field of a request that is not valid; its value is not repeated: it may be a password.

    What a service knows besides (`compare_with`, `message_vi`) follows as extension members.
    """

    model_config = ConfigDict(extra="allow", use_attribute_docstrings=True)

    field: str
    """The path to the field, with dots: `buyer.email`."""
    message: str = Field(default="", exclude_if=lambda message: not message)
    code: str = Field(default="", exclude_if=lambda code: not code)
    """The rule that the value breaks, where it is one of ours."""


class Problem(BaseModel):
    """RFC 9457 problem details; the error's own facts follow as extension members."""

    model_config = ConfigDict(extra="allow", use_attribute_docstrings=True)

    type: str
    title: str
    status: int
    detail: str
    instance: str
    errors: list[Fault] = Field(default_factory=list, exclude_if=lambda errors: not errors)
    """The fields that are not valid, in an answer 422 `/problems/invalid-request`."""


class BusyDatabase(Unavailable):
    """The service cannot reach its database just now; try again in a moment."""


def problem_response(problem: Problem, headers: dict[str, str] | None = None) -> JSONResponse:
    """Answer with a problem."""
    return JSONResponse(
        jsonable_encoder(problem),
        problem.status,
        headers=HEADERS.get(problem.status, {}) | (headers or {}),
        media_type=PROBLEM_JSON,
    )


async def answer(request: Request, error: Exception) -> JSONResponse:
    """Answer a service error as `application/problem+json`."""
    assert isinstance(error, ServiceError)
    return problem_response(problem_of(error, instance_of(request)), _when_again(error))


def problem_of(error: ServiceError, instance: str) -> Problem:
    """Say what went wrong with a request, or with one row of a request about many."""
    return Problem(
        type=f"/problems/{error.slug()}",
        title=error.title(),
        status=status_of(type(error)),
        detail=str(error),
        instance=instance,
        **error.facts(),
    )


def instance_of(request: Request) -> str:
    """Return the path that the client asked for, which the gateway shortened for us."""
    asked_for = request.headers.get("x-envoy-original-path", "").partition("?")[0]
    return asked_for or request.url.path


def _when_again(error: ServiceError) -> dict[str, str]:
    if isinstance(error, HoldNotReplicated):
        return SOON
    rest = error.facts().get("retry_after_seconds")
    return {} if rest is None else {"Retry-After": str(rest)}


async def _answer_invalid(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    faults = [_fault(e) for e in error.errors()]
    return problem_response(
        Problem(
            type="/problems/invalid-request",
            title="Some of what was sent is not valid",
            status=422,
            detail="; ".join(f"{fault.field}: {fault.message}" for fault in faults),
            instance=instance_of(request),
            errors=faults,
        )
    )


def _fault(error: dict[str, Any]) -> Fault:
    field = ".".join(map(str, error["loc"][1:])) or str(error["loc"][0])
    because = error.get("ctx", {}).get("error")
    if isinstance(because, BadValue):
        return Fault(field=field, message=str(because), code=because.code)
    return Fault(field=field, message=error["msg"])


async def _answer_http(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    title = str(error.detail)
    return problem_response(
        Problem(
            type="about:blank",
            title=title,
            status=error.status_code,
            detail=f"{request.method} {request.url.path}: {title}",
            instance=instance_of(request),
        ),
        dict(error.headers or {}) | _allowed(request, error.status_code),
    )


def _allowed(request: Request, status: int) -> dict[str, str]:
    """List every method of an address: the framework knows those of one route of it."""
    if status != METHOD_NOT_ALLOWED:
        return {}
    allowed = [method for method in METHODS if _has(request, method)]
    return {"Allow": ", ".join(allowed)}


def _has(request: Request, method: str) -> bool:
    asked = {**request.scope, "method": method}
    return any(route.matches(asked)[0] is Match.FULL for route in request.app.routes)


async def _answer_database(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, DBAPIError | PoolTimeout)
    if isinstance(error, OperationalError | PoolTimeout):
        log.warning("database_unavailable", path=request.url.path, error=type(error).__name__)
        return await answer(request, BusyDatabase())
    return await answer_unhandled(request, error)


async def answer_unhandled(request: Request, error: Exception) -> JSONResponse:
    """Answer an unexpected error with 500, and log it with its stack trace."""
    log.error("unhandled_error", path=request.url.path, error=type(error).__name__, exc_info=error)
    return problem_response(
        Problem(
            type="/problems/internal-error",
            title="Something went wrong on our side",
            status=500,
            detail="Nothing was changed. Please try again; if it happens again, tell us.",
            instance=instance_of(request),
        )
    )


def problems(*errors: type[ServiceError]) -> dict[int | str, dict[str, Any]]:
    """Document on a route the errors it may answer with."""
    content = {PROBLEM_JSON: {"schema": SCHEMA_OF_PROBLEM}}
    return {
        status: {"description": "; ".join(e.title() for e in same), "content": content}
        for status, same in groupby(sorted(errors, key=status_of), key=status_of)
    }


def add_problem_answers(app: FastAPI) -> None:
    """Answer every error as a problem."""
    app.add_exception_handler(ServiceError, answer)
    app.add_exception_handler(RequestValidationError, _answer_invalid)
    app.add_exception_handler(HTTPException, _answer_http)
    app.add_exception_handler(DBAPIError, _answer_database)
    app.add_exception_handler(PoolTimeout, _answer_database)
