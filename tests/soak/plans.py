"""The journeys of a soak and their interruptions, drawn from one seed."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

KINDS: Final = ("ESIM", "ESIM", "HOME_COD", "HOME_ONLINE", "STORE_COD", "CHANNEL")
CANCELS: Final = (
    *("ordered", "paid", "confirmed", "booked", "packed", "on_the_road"),
    *("papers", "called", "signed", "sent"),
)
REVOKES: Final = ("signed", "sent", "confirmed")
PARCELS: Final = ("delivered", "delivered", "redelivered", "returned")
LATE: Final = ("heard", "heard", "paid")
"""Paid in time and heard of late; or paid when the hold had expired."""
FAULTS: Final = (
    *(("payment", "lost_callback"), ("payment", "duplicate_callback")),
    *(("carrier", "duplicate_callback"), ("carrier", "out_of_order_callback")),
    *(("msale", "lost_callback"), ("msale", "duplicate_callback")),
    *(("payment", "timeout_after_effect"), ("msale", "timeout_after_effect")),
    *(("payment", "refuse_refund"), ("payment", "slow_refund")),
)


@dataclass(frozen=True)
class Plan:
    """One journey, and its interruptions; most have one or two."""

    number: int
    kind: str
    cancel_at: str | None
    revoke_at: str | None
    parcel: str
    paid_late: str | None
    second_person: bool
    call_first: str | None
    refused_first: bool
    twice: bool
    fault: tuple[str, str] | None

    @property
    def sim(self) -> str:
        """The SIM that it is about."""
        return "ESIM" if self.kind == "ESIM" else "PHYSICAL"


def plans(seed: int, count: int) -> Iterator[Plan]:
    """Draw the journeys of a soak: the same seed draws the same ones."""
    for number in range(count):
        yield plan(random.Random(f"{seed}:{number}"), number)


def plan(dice: random.Random, number: int) -> Plan:
    """Draw one journey."""

    def sometimes(share: float) -> bool:
        return dice.random() < share

    return Plan(
        number=number,
        kind=dice.choice(KINDS),
        cancel_at=dice.choice(CANCELS) if sometimes(0.4) else None,
        revoke_at=dice.choice(REVOKES) if sometimes(0.2) else None,
        parcel=dice.choice(PARCELS),
        paid_late=dice.choice(LATE) if sometimes(0.3) else None,
        second_person=sometimes(0.2),
        call_first=dice.choice(("reject", "drop")) if sometimes(0.2) else None,
        refused_first=sometimes(0.1),
        twice=sometimes(0.4),
        fault=dice.choice(FAULTS) if sometimes(0.4) else None,
    )
