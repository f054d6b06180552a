"""The job of deliveries: phones that were sealed before phones were indexed."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Select

from kit.db import Tx
from kit.jobs import Jobs
from kit.sealing import Sealer
from shipping.deliveries.commands import index_phone, without_phone_index


def add_to(jobs: Jobs, sealer: Sealer) -> None:
    """Add the job of deliveries to those of the service."""

    def unindexed(_: datetime) -> Select[UUID]:
        return without_phone_index()

    @jobs.each_row(300, unindexed)
    async def index_phone_of_delivery(tx: Tx, delivery_id: UUID, _: datetime) -> None:
        """Let staff find a parcel by its recipient's phone."""
        await index_phone(tx, sealer, delivery_id)
