"""The base of all tables, and rows that exist once however often they are asked for."""

from datetime import datetime
from typing import Any, ClassVar, TypeVar

from sqlalchemy import DateTime, MetaData, Text, select
from sqlalchemy.dialects.postgresql import ARRAY, JSONB, insert
from sqlalchemy.orm import DeclarativeBase

from kit.db import NAMES, Database, Tx

_MAKING_TABLES = "making the tables of the outside world"


class Base(DeclarativeBase):
    """A table of the simulators."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        str: Text,
        datetime: DateTime(timezone=True),
        dict[str, Any]: JSONB,
        list[str]: ARRAY(Text),
    }


Row = TypeVar("Row", bound=Base)


async def make_tables(db: Database) -> None:
    """Make what is missing; processes that start together take turns."""
    async with db.transaction() as tx:
        await tx.advisory_lock(_MAKING_TABLES)
        connection = await tx.connection()
        await connection.run_sync(Base.metadata.create_all)


async def once(
    tx: Tx, kind: type[Row], natural_key: dict[str, Any], **values: Any
) -> tuple[Row, bool]:
    """Add a row unless its key is there already; return the row, locked, and whether it is new."""
    add = insert(kind).values(**natural_key, **values)
    added = await tx.execute(
        add.on_conflict_do_nothing(index_elements=list(natural_key)).returning(
            *kind.__table__.primary_key
        )
    )
    is_new = added.first() is not None
    query = select(kind).filter_by(**natural_key).with_for_update()
    return (await tx.scalars(query)).one(), is_new
