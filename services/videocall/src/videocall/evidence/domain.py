"""Stills, the agent's ticks, and the seal over both."""

import hashlib
import json
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Final, Literal

PhotoKind = Literal["FRONT", "BACK", "FACE", "SIM"]
Still = tuple[PhotoKind, str]
"""A still of a call: its kind, and the fingerprint of the picture."""
NEEDED: Final[tuple[PhotoKind, ...]] = ("FRONT", "FACE")
"""The stills without which nothing is approved."""


@dataclass(frozen=True)
class Checklist:
    """What the agent compared with the record, field by field (SD.2)."""

    id_number: bool
    full_name: bool
    date_of_birth: bool
    face: bool
    same_person: bool

    @property
    def unticked(self) -> list[str]:
        """Return what the agent did not confirm."""
        return [f"checklist.{name}" for name, ticked in vars(self).items() if not ticked]


def missing(stills: Collection[Still]) -> list[str]:
    """Return what the agent did not photograph."""
    taken = {kind for kind, _ in stills}
    return [f"photos.{kind}" for kind in NEEDED if kind not in taken]


def seal(decision: dict[str, Any], checklist: Checklist, stills: Collection[Still]) -> str:
    """Return one fingerprint of a decision and of all it was made on."""
    record = decision | {"checklist": vars(checklist), "photos": sorted(stills)}
    return hashlib.sha256(json.dumps(record, sort_keys=True).encode()).hexdigest()
