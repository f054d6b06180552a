"""Kafka: customers who are to be forgotten."""

from events import SubjectErased
from events.transport import Subscriptions
from kit.db import Tx
from videocall.retention import commands

subscriptions = Subscriptions[Tx]("videocall")


@subscriptions.on(SubjectErased)
async def forget(erased: SubjectErased, tx: Tx) -> None:
    """Erase the evidence of their calls; what the law or a person keeps is noted as kept."""
    await commands.forget(tx, erased.subject_id, asked_at=erased.occurred_at)
