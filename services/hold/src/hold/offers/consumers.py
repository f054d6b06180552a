"""Kafka: numbers that go off sale, and come back."""

from typing import Final

from events import NumberPublished, NumberWithdrawn
from events.transport import Subscriptions
from hold.offers import commands
from kit.db import Tx

subscriptions: Final = Subscriptions[Tx]("hold")


@subscriptions.on(NumberWithdrawn)
async def refuse_withdrawn_number(withdrawn: NumberWithdrawn, tx: Tx) -> None:
    """Refuse new holds of the number, even with an offer that is still good."""
    number_id, at = withdrawn.number_id, withdrawn.occurred_at
    await commands.note_on_sale(tx, number_id, withdrawn=True, at=at)


@subscriptions.on(NumberPublished)
async def allow_published_number(published: NumberPublished, tx: Tx) -> None:
    """Let the number be held again."""
    number_id, at = published.number_id, published.occurred_at
    await commands.note_on_sale(tx, number_id, withdrawn=False, at=at)
