"""Replication lag: a hold that a service does not know may be one whose events are on their way."""

import time
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from events.ids import timestamp_of
from kit.errors import Conflict, NotFound, ServiceError

LAG_SECONDS: Final = 300.0
"""The longest lag that is waited for: longer than a roll-out or the restart of a broker takes."""


@dataclass(eq=False)
class HoldNotReplicated(Conflict):
    """We have not heard of this hold yet; ask again in a moment."""

    hold_id: UUID

    @classmethod
    def slug(cls) -> str:
        """Return the slug that clients know this problem by."""
        return "not-heard-yet"


def is_recent(hold_id: UUID) -> bool:
    """Tell whether a hold was made less than `LAG_SECONDS` ago, so that its events may be late.

    The id says when, by the clock of a machine, and not by `kit.clock`, which may be moved.
    """
    made_at = timestamp_of(hold_id)
    return made_at is not None and abs(time.time() - made_at) < LAG_SECONDS


def missing_hold(hold_id: UUID, not_found: NotFound) -> ServiceError:
    """Return the error for a hold that has no row here: `not_found`, or to ask again (409)."""
    return HoldNotReplicated(hold_id) if is_recent(hold_id) else not_found
