"""What a hold is that a service does not know: none at all, or one whose news is on its way."""

import time
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from events.ids import born
from kit.errors import Conflict, NotFound, ServiceError

NEWS_SECONDS: Final = 300.0
"""How long the news of a hold may take: longer than a roll-out or the restart of a broker."""


@dataclass(eq=False)
class NotHeardYet(Conflict):
    """We have not heard of this hold yet; ask again in a moment."""

    hold_id: UUID


def is_news(hold_id: UUID) -> bool:
    """Tell whether a hold was made so recently that we may not have heard of it.

    Its id says when, by the clock of a machine, and not by `kit.clock`, which may be moved.
    """
    made = born(hold_id)
    return made is not None and abs(time.time() - made) < NEWS_SECONDS


def unknown(hold_id: UUID, nothing: NotFound) -> ServiceError:
    """Say what to answer who asks for a hold we do not know: `nothing`, or to ask again."""
    return NotHeardYet(hold_id) if is_news(hold_id) else nothing
