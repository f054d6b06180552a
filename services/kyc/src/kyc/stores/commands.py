"""Finding the case of a customer who stands in a store and shows the hold code."""

from sqlalchemy import select

from kit.auth import Caller
from kit.db import Tx
from kit.errors import NotFound
from kyc.journeys.domain import Journey
from kyc.tables import journeys


class NoSuchSlip(NotFound):
    """No hold of this region has this code; read it again from the customer's app."""


async def journey_by_code(tx: Tx, hold_code: str, clerk: Caller) -> Journey:
    """Return the journey whose code the customer shows; another region's looks like none."""
    journey = (
        await tx.scalars(select(Journey).where(journeys.c.hold_code == hold_code))
    ).one_or_none()
    if journey is None or not clerk.covers(journey.region):
        raise NoSuchSlip
    return journey
