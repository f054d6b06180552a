"""Errors of an outside system: those that pass by themselves, and those that need a person."""

from dataclasses import dataclass
from typing import Final

from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from events import Retry
from kit.errors import Unavailable

PASSING: Final = (Retry, ConnectionError, OperationalError, InterfaceError, PoolTimeout)
"""Errors that say nothing about the row itself.

A constraint or a value that the database refuses does, and so does a handler that never ends;
gateways raise errors of the network as `Unavailable`.
"""

REFUSALS: Final = frozenset({400, 404, 405, 409, 410, 413, 414, 415, 422, 451})
"""HTTP: the same request would be refused again. 401 and 403 are about us, not about the row."""


class PermanentError(Exception):
    """The outside system refuses the task, however often it is asked: a person must look."""

    def __init__(self, reason_code: str) -> None:
        super().__init__(reason_code)
        self.reason_code = reason_code


@dataclass(eq=False)
class OutsideAway(Unavailable):
    """An outside system does not answer as it should; the task is tried again."""

    because: str


def error_of(status: int) -> PermanentError | OutsideAway:
    """Return the error that an HTTP status other than success means for a task."""
    if status in REFUSALS:
        return PermanentError(f"ANSWERED_{status}")
    return OutsideAway(f"ANSWERED_{status}")


def is_passing(error: BaseException) -> bool:
    """Tell whether the same task may succeed later."""
    return isinstance(error, PASSING)
