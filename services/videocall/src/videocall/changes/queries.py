"""Versions of what is marked."""

from collections.abc import Iterable
from typing import Final

from sqlalchemy import Text, any_, bindparam, cast, select, text
from sqlalchemy.dialects.postgresql import ARRAY

from kit.db import Tx
from videocall.tables import changes

_OF_SUBJECTS: Final = select(changes.c.subject, changes.c.version).where(
    changes.c.subject == any_(cast(bindparam("subjects"), ARRAY(Text)))
)
_RECENT: Final = text(
    """
    select subject, version from change
    where version > cast(extract(epoch from clock_timestamp()) * 1000 as bigint) - 5000
    """
)


async def versions_of(tx: Tx, subjects: Iterable[str]) -> dict[str, int]:
    """Return the versions of subjects; one that was never marked is not among them."""
    rows = await tx.execute(_OF_SUBJECTS, {"subjects": list(subjects)})
    return {row.subject: row.version for row in rows}


async def recent_versions(tx: Tx) -> list[tuple[str, int]]:
    """Return the subjects that were marked within the last five seconds, with their versions."""
    return [(row.subject, row.version) for row in await tx.execute(_RECENT)]
