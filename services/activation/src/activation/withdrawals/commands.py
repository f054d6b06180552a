"""Acting on news about a dossier: what has not happened is stopped, what has becomes a case."""

from datetime import datetime
from uuid import UUID

from activation.connections.commands import ask_soon, by_request
from activation.domain import Activation
from activation.gateways import WITHDRAW, Withdrawal, note_errand
from activation.incidents.commands import open_incident
from activation.incidents.domain import after_connection
from activation.stages import Stage
from activation.withdrawals import domain
from kit.db import Tx


async def reconsider(tx: Tx, activation: Activation, *, now: datetime) -> None:
    """Hold the dossier against all that is known, whichever fact came first (decision 0024)."""
    activation.settle()
    if domain.should_withdraw(activation):
        activation.move_to(Stage.WITHDRAWING)
        await note_errand(tx, WITHDRAW, activation, due_at=now)
    elif activation.is_connected and (kind := after_connection(activation)):
        await open_incident(tx, activation, kind, found=activation.objections(), now=now)
    elif activation.stage is Stage.CONNECTING and activation.too_late:
        await ask_soon(tx, activation, now=now)


async def cancel(tx: Tx, activation: Activation, order_id: UUID, *, now: datetime) -> None:
    """Answer that an order shall be cancelled: one of cancelling and connecting wins (G18)."""
    if activation.sim != "ESIM":
        return  # there is a parcel: shipping answers
    answer = domain.cancel(activation, order_id, now=now)
    if answer:
        await tx.publish(answer)
    await reconsider(tx, activation, now=now)


async def answered(tx: Tx, request_id: UUID, became: Withdrawal, *, now: datetime) -> None:
    """Take mSale's answer to a withdrawal; heard twice, it counts once."""
    activation = await by_request(tx, request_id)
    if activation is None or activation.stage is not Stage.WITHDRAWING:
        return
    answer: domain.Answer | None
    if became.state in ("WITHDRAWN", "REFUSED"):
        answer = domain.given_back(activation, now=now)
    else:
        activation.connection_id = activation.connection_id or became.connection_id
        answer = domain.kept(activation, now=now)
        await ask_soon(tx, activation, now=now)
    if answer:
        await tx.publish(answer)
