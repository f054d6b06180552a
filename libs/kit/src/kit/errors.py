"""Errors of every service, by what the caller should do next.

The domain raises these. `kit.http` answers them as RFC 9457 problems; in a consumer `Unavailable`
waits and the others park the event. An error is a small record: its fields are the facts the caller
needs, its docstring is the title they read.
"""

import re
from dataclasses import dataclass, fields
from typing import Any

from events import Retry


@dataclass(eq=False)
class ServiceError(Exception):
    """The request could not be carried out."""

    @classmethod
    def slug(cls) -> str:
        """Return the stable name clients switch on: `NumberTaken` -> `number-taken`."""
        return re.sub(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "-", cls.__name__).lower()

    @classmethod
    def title(cls) -> str:
        """Return the first line of the docstring."""
        return (cls.__doc__ or "").partition("\n")[0].rstrip(".")

    def facts(self) -> dict[str, Any]:
        """Return the fields, which become problem extension members and log context."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    def __str__(self) -> str:
        return ", ".join([self.title(), *(f"{k}={v}" for k, v in self.facts().items())])


class NotFound(ServiceError):
    """There is no such thing."""


class Gone(ServiceError):
    """There was such a thing, but it is not kept any more."""


class Conflict(ServiceError):
    """The thing has moved on; read it again before deciding."""


class Refused(ServiceError):
    """The rules do not allow it."""


class Invalid(ServiceError):
    """The request cannot be right; mend it and send it again."""


class Unauthenticated(ServiceError):
    """Say who you are: the token is missing, wrong or too old."""


class TooManyRequests(ServiceError):
    """Too often; wait a little."""


class Unavailable(ServiceError, Retry):
    """Something we depend on is down; the same request may work later."""
