"""The plan: which state and which region each journey comes to, by its number."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Final

from demo.population.people import REGIONS
from values.wards import Region

HOME: Final[Region] = "KV2"
"""The region of the seed's staff: the first journey of each state is theirs."""


class State(StrEnum):
    """The state in which a journey of the plan stays."""

    SLIP_UNPAID = "SLIP_UNPAID"
    """A slip without an order; it expires by itself."""
    PAYMENT_OPEN = "PAYMENT_OPEN"
    """Ordered online, the payment page left open; it expires by itself."""
    PAYMENT_FAILED = "PAYMENT_FAILED"
    ORDER_PENDING = "ORDER_PENDING"
    ORDER_PENDING_PAID = "ORDER_PENDING_PAID"
    ORDER_BOOKED = "ORDER_BOOKED"
    """Confirmed, the carrier is coming, not packed yet."""
    CARRIER_REFUSED = "CARRIER_REFUSED"
    """Confirmed, and refused by the carrier: a task on the work list."""
    ORDER_PACKED = "ORDER_PACKED"
    COLLECTION_FAILED = "COLLECTION_FAILED"
    DELIVERING = "DELIVERING"
    DELIVERY_FAILED = "DELIVERY_FAILED"
    PARCEL_REFUSED = "PARCEL_REFUSED"
    PARCEL_RETURNED = "PARCEL_RETURNED"
    PARCEL_LOST = "PARCEL_LOST"
    DELIVERED = "DELIVERED"
    CANCELLED = "CANCELLED"
    ORDER_REJECTED = "ORDER_REJECTED"
    REFUND_AT_BANK = "REFUND_AT_BANK"
    REFUND_BY_HAND = "REFUND_BY_HAND"
    REFUNDED = "REFUNDED"
    STORE_PENDING = "STORE_PENDING"
    STORE_READY = "STORE_READY"
    STORE_COLLECTED = "STORE_COLLECTED"
    CHANNEL_HOLD = "CHANNEL_HOLD"
    """Sold by a channel; its customer has not claimed the slip."""
    CHANNEL_DELIVERED = "CHANNEL_DELIVERED"
    PAPERS_BEGUN = "PAPERS_BEGUN"
    PAPERS_FAILED = "PAPERS_FAILED"
    NEEDS_REVIEW = "NEEDS_REVIEW"
    SENT_TO_STORE = "SENT_TO_STORE"
    CALL_REJECTED = "CALL_REJECTED"
    CALL_DROPPED = "CALL_DROPPED"
    CALL_APPROVED = "CALL_APPROVED"
    APPROVAL_REVOKED = "APPROVAL_REVOKED"
    CONNECTION_QUEUED = "CONNECTION_QUEUED"
    CONNECTION_CLAIMED = "CONNECTION_CLAIMED"
    CONNECTION_REFUSED = "CONNECTION_REFUSED"
    INCIDENT = "INCIDENT"
    """Connected in the name of the agent of the call: withheld until a person decides."""
    ESIM_WAITING = "ESIM_WAITING"
    ESIM_FAILED = "ESIM_FAILED"
    ESIM_CONNECTED = "ESIM_CONNECTED"
    SIM_CONNECTED = "SIM_CONNECTED"
    CALL_WAITING = "CALL_WAITING"
    """On the line, and staying there for as long as the suite runs."""


COUNTS: Final[dict[State, int]] = dict.fromkeys(State, 7) | {
    State.ORDER_PENDING: 20,
    State.ORDER_BOOKED: 10,
    State.DELIVERING: 10,
    State.DELIVERED: 9,
    State.CONNECTION_QUEUED: 11,
    State.SIM_CONNECTED: 8,
    State.STORE_PENDING: 9,
    State.STORE_READY: 9,
    State.NEEDS_REVIEW: 8,
    State.CARRIER_REFUSED: 4,
    State.REFUND_AT_BANK: 4,
    State.REFUND_BY_HAND: 5,
    State.PARCEL_LOST: 4,
    State.INCIDENT: 4,
    State.APPROVAL_REVOKED: 4,
    State.SENT_TO_STORE: 5,
    State.CALL_WAITING: 4,
    State.PAYMENT_OPEN: 4,
}
"""The journeys of each state, 300 in all; beyond them, the plan begins again."""


@dataclass(frozen=True)
class Slot:
    """A place of the plan."""

    number: int
    state: State
    region: Region


def plan(target: int) -> list[Slot]:
    """Return the first slots of the plan, the same ones every time."""
    first = _slots()
    return [
        Slot(number, first[number % len(first)].state, first[number % len(first)].region)
        for number in range(target)
    ]


@cache
def _slots() -> list[Slot]:
    """Deal the states in rounds, so that the first slots have one of each."""
    slots: list[Slot] = []
    for round_ in range(max(COUNTS.values())):
        for index, state in enumerate(State):
            if COUNTS[state] > round_:
                slots.append(Slot(len(slots), state, _region(state, index, round_)))
    return slots


def _region(state: State, index: int, round_: int) -> Region:
    """Give round 0, and customers on the line, to the seed's staff, the rest to all in turn."""
    if round_ == 0 or state is State.CALL_WAITING:
        return HOME
    return REGIONS[(index + round_) % len(REGIONS)]
