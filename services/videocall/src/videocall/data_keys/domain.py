"""The data key of a call, and the error when it was erased (LAW12, data law)."""

from typing import Final
from uuid import UUID

from kit.errors import Gone

KEY_BYTES: Final = 32


class EvidenceErased(Gone):
    """The time for which this evidence is kept is over: its key was erased, nothing opens it."""


def about(call_id: UUID) -> str:
    """Return what the seal over a call's data key is bound to."""
    return f"{call_id}:recordings"
