"""An agent's readiness for the next call (SB.3.3, SD.1)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Literal

from kit.errors import Conflict

BreakReason = Literal["MEAL", "REST", "MEETING", "TRAINING", "TROUBLE"]


class Readiness(StrEnum):
    """The readiness of an agent who is at the desk."""

    READY = "READY"
    WRAP_UP = "WRAP_UP"
    """The last call is over, its paperwork is not; the next call ends it."""
    BREAK = "BREAK"


@dataclass(eq=False)
class OnBreak(Conflict):
    """You are on a break: end it before you take a call."""

    since: datetime | None
