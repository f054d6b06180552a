"""The members of the connection team, and the dossiers they may see."""

from dataclasses import dataclass
from uuid import UUID

from events import Region


@dataclass(frozen=True)
class Officer:
    """A member of the connection team, or a supervisor, with the regions of their work."""

    id: UUID
    regions: frozenset[Region]

    def covers(self, region: Region | None) -> bool:
        """Tell whether a dossier of this region is theirs to see; head office sees all."""
        return not self.regions or region in self.regions
