"""The proof that an approval of a call stands on."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Row

from kit.db import Tx
from videocall.calls.states import Proof
from videocall.challenges.domain import Challenge
from videocall.challenges.queries import challenges_of
from videocall.photos.queries import accepted_kinds, takes_of


async def proof_of(tx: Tx, call_id: UUID) -> Proof:
    """Return the takes and challenges of a call."""
    return proof_by(await takes_of(tx, call_id), await challenges_of(tx, call_id))


def proof_by(takes: Sequence[Row[Any]], drawn: Sequence[Challenge]) -> Proof:
    """Shape what was read of a call."""
    return Proof(
        takes=[(take.kind, take.sha256) for take in takes],
        accepted=accepted_kinds(takes),
        challenges=[(challenge.kind, challenge.result) for challenge in drawn],
    )
