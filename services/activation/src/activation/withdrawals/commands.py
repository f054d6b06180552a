"""Acting on news about a dossier: a connection is stopped, or becomes a case if it is made."""

from datetime import datetime
from uuid import UUID

from activation.activations.commands import find_by_request
from activation.activations.domain import Activation
from activation.activations.states import Stage
from activation.incidents.commands import open_incident
from activation.incidents.domain import after_connection
from activation.msale.gateways import WITHDRAW, Withdrawal, add_task, ask_soon
from kit.db import Tx


async def reconsider(tx: Tx, activation: Activation, *, now: datetime) -> None:
    """Hold the dossier against all that is known, whichever fact came first (decision 0024)."""
    activation.settle()
    if activation.should_be_withdrawn:
        activation.move_to(Stage.WITHDRAWING)
        await add_task(tx, WITHDRAW, activation, due_at=now)
    elif activation.is_connected and (kind := after_connection(activation)):
        await open_incident(tx, activation, kind, findings=activation.objections(), now=now)
    elif activation.stage is Stage.CONNECTING and activation.too_late:
        await ask_soon(tx, activation, now=now)


async def cancel(tx: Tx, activation: Activation, order_id: UUID, *, now: datetime) -> None:
    """Answer that an order shall be cancelled: one of cancelling and connecting wins (G18)."""
    if activation.sim != "ESIM":
        return  # there is a parcel: shipping answers
    answer = activation.cancel(order_id, now=now)
    if answer:
        await tx.publish(answer)
    await reconsider(tx, activation, now=now)


async def answered(tx: Tx, request_id: UUID, result: Withdrawal, *, now: datetime) -> None:
    """Take mSale's answer to a withdrawal; heard twice, it counts once."""
    activation = await find_by_request(tx, request_id)
    if activation is None or activation.stage is not Stage.WITHDRAWING:
        return
    if result.state in ("WITHDRAWN", "REFUSED"):
        if stopped := activation.given_back(now=now):
            await tx.publish(stopped)
        return
    activation.connection_id = activation.connection_id or result.connection_id
    if refused := activation.kept(now=now):
        await tx.publish(refused)
    await ask_soon(tx, activation, now=now)
