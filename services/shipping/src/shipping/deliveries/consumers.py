"""Kafka: the addresses of an erased person are forgotten."""

from events import SubjectErased
from events.transport import Subscriptions
from kit.db import Tx
from shipping.deliveries import commands

subscriptions = Subscriptions[Tx]("shipping")


@subscriptions.on(SubjectErased)
async def forget_subject(erased: SubjectErased, tx: Tx) -> None:
    """Forget a person's address; the shipment itself names nobody."""
    await commands.forget(tx, erased.subject_id)
