"""Noting exports."""

from datetime import datetime

from sqlalchemy import insert

from events.ids import uuid7
from kit.auth import Caller
from kit.db import Tx
from shipping.lists.domain import MOST_EXPORTED, TooManyToExport
from shipping.streams.domain import Filters
from shipping.tables import exports


async def note_export(
    tx: Tx, caller: Caller, filters: Filters, rows: int, *, now: datetime
) -> None:
    """Note which member of staff takes which orders away in a file. Raises TooManyToExport."""
    if rows > MOST_EXPORTED:
        raise TooManyToExport(rows, MOST_EXPORTED)
    row = {
        "id": uuid7(),
        "at": now,
        "staff_id": caller.subject_id,
        "filters": filters.as_json(),
        "rows": rows,
        "regions": [filters.region] if filters.region else sorted(caller.regions),
    }
    await tx.execute(insert(exports).values(row))
