"""Numbers off sale, by the catalog's word: an offer that is still good may be older than that."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.dialects.postgresql import insert

from hold.offers.domain import NumberNotOnSale
from hold.tables import withdrawn_numbers
from kit.db import Tx


async def note_on_sale(tx: Tx, number_id: UUID, *, withdrawn: bool, at: datetime) -> None:
    """Remember whether a number may be held; the newest word counts."""
    row = insert(withdrawn_numbers).values(number_id=number_id, withdrawn=withdrawn, at=at)
    await tx.execute(
        row.on_conflict_do_update(
            index_elements=["number_id"],
            set_={"withdrawn": withdrawn, "at": at},
            where=withdrawn_numbers.c.at < at,
        )
    )


async def must_be_on_sale(tx: Tx, number_id: UUID) -> None:
    """Refuse a number that was withdrawn after its offer was signed."""
    off = exists().where(withdrawn_numbers.c.number_id == number_id, withdrawn_numbers.c.withdrawn)
    if await tx.scalar(select(off)):
        raise NumberNotOnSale(number_id)
