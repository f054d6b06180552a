"""Versions of what is marked."""

from collections.abc import Iterable
from typing import Final

from sqlalchemy import Text, any_, bindparam, cast, select
from sqlalchemy.dialects.postgresql import ARRAY

from kit.db import Tx
from videocall.tables import changes

_OF_SUBJECTS: Final = select(changes.c.subject, changes.c.version).where(
    changes.c.subject == any_(cast(bindparam("subjects"), ARRAY(Text)))
)
NEVER: Final = 0
"""The version of what was not marked since marks are kept."""


async def versions_of(tx: Tx, subjects: Iterable[str]) -> dict[str, int]:
    """Return the versions of subjects; one that was never marked is not among them."""
    rows = await tx.execute(_OF_SUBJECTS, {"subjects": list(subjects)})
    return {row.subject: row.version for row in rows}
