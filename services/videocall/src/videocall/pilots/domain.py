"""Refusals about the pilot of video calls (G40)."""

from dataclasses import dataclass
from uuid import UUID

from events import Region
from kit.errors import Conflict, Invalid


@dataclass(eq=False)
class NotInPilot(Conflict):
    """Video calls are not offered in this region yet: please come to a store."""

    hold_id: UUID
    region: Region
    repeat: str = "STORE"


@dataclass(eq=False)
class SubstituteNeeded(Conflict):
    """The team of this region answers for others: name another substitute for them first."""

    region: Region
    for_regions: tuple[Region, ...]


@dataclass(eq=False)
class NoSubstitute(Invalid):
    """A substitute is a team of another region, where video calls are offered."""

    substitute: str
