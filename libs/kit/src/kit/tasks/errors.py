"""Errors of an outside system: those that pass by themselves, and those that need a person."""

from dataclasses import dataclass
from typing import Final

from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from events import Retry
from kit.errors import Unavailable

PASSING: Final = (Retry, ConnectionError, OperationalError, InterfaceError, PoolTimeout)
"""Errors that say nothing about the row itself.

A constraint or a value that the database refuses does, and so does an errand that never ends;
what the network did is told by gateways, as `Unavailable`.
"""

REFUSALS: Final = frozenset({400, 404, 405, 409, 410, 413, 414, 415, 422, 451})
"""HTTP: the same request would be refused again. 401 and 403 are about us, not about the row."""


class PermanentError(Exception):
    """The outside system refuses the errand, however often it is asked: a person must look."""

    def __init__(self, reason_code: str) -> None:
        super().__init__(reason_code)
        self.reason_code = reason_code


@dataclass(eq=False)
class OutsideAway(Unavailable):
    """An outside system does not answer as it should; the errand is tried again."""

    because: str


def error_of(status: int) -> PermanentError | OutsideAway:
    """Say what an HTTP answer that is no success means for an errand."""
    if status in REFUSALS:
        return PermanentError(f"ANSWERED_{status}")
    return OutsideAway(f"ANSWERED_{status}")


def is_passing(error: BaseException) -> bool:
    """Tell whether waiting helps, however long it takes."""
    return isinstance(error, PASSING)
