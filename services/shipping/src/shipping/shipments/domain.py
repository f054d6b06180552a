"""A shipment: one blank SIM for one order. Each method returns the facts it made true."""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal
from uuid import UUID

from events import (
    CancelRefused,
    CodCollected,
    Event,
    OrderPlaced,
    PaymentMethod,
    ShipmentBooked,
    ShipmentCancelled,
    ShipmentConfirmed,
    ShipmentDelivered,
    ShipmentHandedOver,
    ShipmentPacked,
)
from events.ids import uuid7
from shipping.shipments.states import (
    IN_THE_HOUSE,
    NEXT,
    WITH_COURIER,
    NotPacked,
    NotThatWay,
    ShipmentMovedOn,
    Status,
)
from values.moments import between

Way = Literal["HOME", "STORE", "CHANNEL"]
Taker = Literal["CARRIER", "COUNTER"]


@dataclass(kw_only=True, eq=False)
class Shipment:
    """One parcel, or one SIM behind a counter."""

    id: UUID = field(default_factory=uuid7)
    hold_id: UUID
    order_id: UUID
    delivery: Way
    delivery_id: UUID | None
    store_code: str | None
    payment: PaymentMethod
    cod_due_vnd: int
    """Money to collect at the hand-over, in đồng; 0 once it is paid."""
    status: Status = Status.WAITING_PAYMENT
    placed_at: datetime
    carrier: str | None = None
    collection_address: str | None = None
    collection_at: datetime | None = None
    tracking_code: str | None = None
    refused_because: str | None = None
    """Why the carrier does not take the parcel: staff mend it and confirm again, or reject."""
    carrier_word: str | None = None
    """The last thing the carrier said, in its own word."""
    carrier_said_at: datetime | None = None
    heard_at: datetime | None = None
    asked_at: datetime | None = None
    sim_serial: str | None = None
    packed_at: datetime | None = None
    handed_over_at: datetime | None = None
    refused_at: datetime | None = None
    """Since when the order knows that the customer did not take it; it may be brought again."""
    lost_at: datetime | None = None
    """Since when the order knows that the carrier lost it; it may be found again."""
    delivered_at: datetime | None = None
    cod_collected_at: datetime | None = None
    cod_open_vnd: int = 0
    """Money due at a delivery that its carrier has not said to have collected, in đồng."""
    closed_because: str | None = None
    """Why it ended, or why its customer does not have it yet."""

    @classmethod
    def of(cls, placed: OrderPlaced) -> "Shipment":
        """Begin with what the customer agreed to (F4.1)."""
        assert placed.delivery != "ESIM"
        return cls(
            hold_id=placed.hold_id,
            order_id=placed.order_id,
            delivery=placed.delivery,
            delivery_id=placed.delivery_id,
            store_code=placed.store_code,
            payment=placed.payment,
            cod_due_vnd=placed.total_vnd if placed.payment == "COD" else 0,
            placed_at=placed.occurred_at,
        )

    def begin(self, *, paid: bool) -> None:
        """Enter the tab "Chờ xử lý" once nothing is owed before delivery (F4.2)."""
        called_off = self.status is Status.CANCELLED and self.closed_because == "HOLD_EXPIRED"
        if (self.status is Status.WAITING_PAYMENT or called_off) and (
            paid or self.payment == "COD"
        ):
            self.move_to(Status.PENDING)
            self.closed_because = None

    def confirm(self, address: str, at: datetime, carrier: str, *, now: datetime) -> Event:
        """Say where and when the courier finds the parcel (F4.8)."""
        self.must_be_for("HOME")
        if self.status is not Status.BOOKING or self.refused_because is None:
            self.move_to(Status.BOOKING)
        self.refused_because = None
        self.collection_address, self.collection_at, self.carrier = address, at, carrier
        return ShipmentConfirmed(
            occurred_at=now, hold_id=self.hold_id, shipment_id=self.id, carrier=carrier
        )

    def booked(self, tracking_code: str, *, now: datetime) -> list[Event]:
        """Note that the carrier took the order (F4.8.2); heard again, nothing changes."""
        if self.tracking_code is not None:
            return []
        self.tracking_code, self.heard_at, self.refused_because = tracking_code, now, None
        if self.status is not Status.BOOKING:
            return []
        self.move_to(Status.BOOKED)
        assert self.carrier is not None
        return [
            ShipmentBooked(
                occurred_at=now,
                hold_id=self.hold_id,
                shipment_id=self.id,
                carrier=self.carrier,
                tracking_code=tracking_code,
            )
        ]

    def pack(self, serial: str, *, now: datetime) -> Event:
        """Bind the blank SIM to the order (F4.12, G37); until the hand-over it may be another."""
        self.must_be_for("HOME")
        packable = {Status.BOOKING, Status.BOOKED, Status.COLLECTION_FAILED}
        if self.sim_serial is None:
            # The courier was quicker than the scanner: better late than never.
            packable |= WITH_COURIER | {Status.DELIVERED}
        self._must_be_in(packable)
        return self.bind(serial, now=now)

    def hand_over(self, *, now: datetime) -> Event:
        """Give the parcel to the courier: it must be packed, and he must be booked (F4.13, G20)."""
        self.must_be_for("HOME")
        self._must_be_in({Status.BOOKED, Status.COLLECTION_FAILED})
        if self.sim_serial is None:
            raise NotPacked(self.id)
        return self.collected(now, now=now)

    def collected(self, at: datetime, *, now: datetime) -> Event:
        """Let it go with the courier, whoever says so first, staff or he (F4.13.1, F4.13.2)."""
        self.move_to(Status.DELIVERING)
        self.handed_over_at, self.closed_because = self.moment_of(at, now=now), None
        return ShipmentHandedOver(occurred_at=now, hold_id=self.hold_id, shipment_id=self.id)

    def deliver(self, at: datetime, paid_vnd: int | None = None, *, now: datetime) -> list[Event]:
        """End well: the customer has the SIM, the courier the money (F4.15 TH2, F4.19 to F4.23)."""
        self.move_to(Status.DELIVERED)
        self.delivered_at = at = self.moment_of(at, now=now)
        self.closed_because = None
        return [
            *self.money("CARRIER", at, paid_vnd, now=now),
            ShipmentDelivered(
                occurred_at=now, hold_id=self.hold_id, shipment_id=self.id, delivered_at=at
            ),
        ]

    def moment_of(self, at: datetime, *, now: datetime) -> datetime:
        """Return a carrier's time, moved between the step before and now."""
        return between(at, self.handed_over_at or self.packed_at or self.placed_at, now=now)

    def cancel(self, reason_code: str, *, now: datetime) -> Event:
        """Stop it while it is in the house (F4.3 TH1, F4.10 TH1, G17, G18)."""
        self.call_off(reason_code)
        return self._cancelled(now=now)

    def call_off(self, reason_code: str) -> None:
        """Stop it because the hold or the order is over already: nobody needs to be told."""
        self._must_be_in(IN_THE_HOUSE)
        self.move_to(Status.CANCELLED)
        self.closed_because = reason_code

    def answer_cancel(self, reason_code: str, *, now: datetime) -> Event:
        """Decide a cancellation that somebody asked for; asked again, the answer is the same."""
        if self.status in IN_THE_HOUSE:
            return self.cancel(reason_code, now=now)
        if self.status is Status.CANCELLED:
            return self._cancelled(now=now)
        return CancelRefused(
            occurred_at=now,
            hold_id=self.hold_id,
            shipment_id=self.id,
            reason_code=_TOO_LATE.get(self.status, "ALREADY_CANCELLED"),
        )

    def _cancelled(self, *, now: datetime) -> Event:
        return ShipmentCancelled(
            occurred_at=now,
            hold_id=self.hold_id,
            shipment_id=self.id,
            reason_code=self.closed_because,
        )

    def bind(self, serial: str, *, now: datetime) -> Event:
        """Bind the SIM with this serial to the parcel."""
        self.sim_serial, self.packed_at = serial, now
        return ShipmentPacked(
            occurred_at=now, hold_id=self.hold_id, shipment_id=self.id, sim_serial=serial
        )

    def money(
        self, by: Taker, at: datetime, paid_vnd: int | None = None, *, now: datetime
    ) -> list[Event]:
        """Note the money for it, once: what was taken, or else what is due (F4.19, F4.20)."""
        amount_vnd = paid_vnd or self.cod_due_vnd
        if not amount_vnd or self.cod_collected_at:
            return []
        self.cod_collected_at = at
        return [
            CodCollected(
                occurred_at=now,
                hold_id=self.hold_id,
                shipment_id=self.id,
                amount_vnd=amount_vnd,
                collected_by=by,
                collected_at=at,
            )
        ]

    def must_be_for(self, way: Way) -> None:
        """Refuse what does not fit the way this SIM reaches its customer (F4.5)."""
        if self.delivery != way:
            raise NotThatWay(self.id, self.delivery)

    def _must_be_in(self, statuses: AbstractSet[Status]) -> None:
        if self.status not in statuses:
            raise ShipmentMovedOn(self.id, self.status)

    def move_to(self, status: Status) -> None:
        """Change state, if the state machine knows the way."""
        if status not in NEXT[self.status]:
            raise ShipmentMovedOn(self.id, self.status)
        self.status = status


_TOO_LATE = {
    **dict.fromkeys(WITH_COURIER, "ALREADY_HANDED_OVER"),
    Status.DELIVERED: "ALREADY_DELIVERED",
}
