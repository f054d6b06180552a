"""Timestamps that Python cannot represent are read as the nearest one, and fail no list or job.

PostgreSQL keeps years from 4713 BC to 294276 and infinity. `values.moments` keeps such values out;
rows written before, or by hand, are read as the first or the last timestamp there is.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

import psycopg
from psycopg.adapt import Buffer, Loader
from psycopg.pq import Format
from psycopg.types.datetime import TimestamptzLoader

if TYPE_CHECKING:
    from psycopg.abc import AdaptContext

# A day inside, so that the moment can be written with every offset.
FIRST: Final = datetime.min.replace(tzinfo=UTC) + timedelta(days=1)
LAST: Final = datetime.max.replace(tzinfo=UTC) - timedelta(days=1)
KIND: Final = "timestamptz"


def _in_text(data: bytes) -> bool:
    return data.endswith(b"BC") or data.startswith((b"-", b"0001"))


def _in_binary(data: bytes) -> bool:
    return int.from_bytes(data, "big", signed=True) < 0


def _clamping(form: Format, is_early: Callable[[bytes], bool]) -> type[Loader]:
    registered = psycopg.adapters.get_loader(psycopg.adapters.types[KIND].oid, form)
    quick = registered or TimestamptzLoader

    class Clamping(Loader):
        format = form

        def __init__(self, oid: int, connection: "AdaptContext | None" = None) -> None:
            super().__init__(oid, connection)
            self._quick = quick(oid, connection)

        def load(self, data: Buffer) -> datetime:
            try:
                moment: datetime = self._quick.load(data)
            except psycopg.DataError:
                return FIRST if is_early(bytes(data)) else LAST
            if FIRST.year < moment.year < LAST.year:
                return moment
            return FIRST if moment.year == FIRST.year else LAST

    return Clamping


_LOADERS: Final = (_clamping(Format.TEXT, _in_text), _clamping(Format.BINARY, _in_binary))


def accept_every_timestamp(connection: psycopg.AsyncConnection[Any]) -> None:
    """Let a connection read timestamps of any year."""
    for loader in _LOADERS:
        connection.adapters.register_loader(KIND, loader)
