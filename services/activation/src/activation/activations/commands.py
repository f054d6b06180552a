"""Finding and locking an activation: for its customer, for an officer, or for mSale's answer."""

from uuid import UUID

from sqlalchemy import ColumnElement, select

from activation.activations.domain import Activation, Officer
from activation.activations.states import NoSuchActivation
from activation.tables import activations
from kit.db import Tx
from kit.replication_lag import missing_hold


async def get(tx: Tx, hold_id: UUID, customer_id: UUID | None = None) -> Activation:
    """Lock an activation; another customer's looks like none at all."""
    activation = await _locked(tx, activations.c.hold_id == hold_id)
    if activation is None and customer_id is not None:
        raise missing_hold(hold_id, NoSuchActivation())
    if activation is None or (customer_id is not None and activation.customer_id != customer_id):
        raise NoSuchActivation
    return activation


async def get_for_officer(tx: Tx, hold_id: UUID, officer: Officer) -> Activation:
    """Lock a dossier for an officer; another region's looks like none at all."""
    activation = await _locked(tx, activations.c.hold_id == hold_id)
    if activation is None or not officer.covers(activation.region):
        raise NoSuchActivation
    return activation


async def find_by_request(tx: Tx, request_id: UUID) -> Activation | None:
    """Lock the activation a request to mSale belongs to; None once it was submitted anew."""
    return await _locked(tx, activations.c.request_id == request_id)


async def _locked(tx: Tx, condition: ColumnElement[bool]) -> Activation | None:
    rows = await tx.scalars(select(Activation).where(condition).with_for_update())
    return rows.one_or_none()
