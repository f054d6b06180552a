"""The words of shipping: states, the five tabs they lie in, and what a serial looks like."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Literal
from uuid import UUID

from kit.errors import Conflict, Invalid, NotFound


class Status(StrEnum):
    """Where a shipment stands."""

    WAITING_PAYMENT = "WAITING_PAYMENT"
    PENDING = "PENDING"
    BOOKING = "BOOKING"
    BOOKED = "BOOKED"
    COLLECTION_FAILED = "COLLECTION_FAILED"
    READY_AT_STORE = "READY_AT_STORE"
    WITH_CHANNEL = "WITH_CHANNEL"
    DELIVERING = "DELIVERING"
    DELIVERY_RETRY = "DELIVERY_RETRY"
    DELIVERED = "DELIVERED"
    CANCELLED = "CANCELLED"
    RETURNING = "RETURNING"
    RETURNED = "RETURNED"
    LOST = "LOST"
    DAMAGED = "DAMAGED"


class Tab(StrEnum):
    """The five tabs of the order list, exactly."""

    PENDING = "PENDING"
    AWAITING_COLLECTION = "AWAITING_COLLECTION"
    DELIVERING = "DELIVERING"
    DELIVERED = "DELIVERED"
    CANCELLED = "CANCELLED"


TAB_LABELS: Final[dict[Tab, str]] = {
    Tab.PENDING: "Chờ xử lý",
    Tab.AWAITING_COLLECTION: "Chờ lấy hàng",
    Tab.DELIVERING: "Đang giao hàng",
    Tab.DELIVERED: "Đã giao",
    Tab.CANCELLED: "Đã hủy",
}

TAB_OF: Final[dict[Status, Tab | None]] = {
    Status.WAITING_PAYMENT: None,
    Status.PENDING: Tab.PENDING,
    Status.BOOKING: Tab.AWAITING_COLLECTION,
    Status.BOOKED: Tab.AWAITING_COLLECTION,
    Status.COLLECTION_FAILED: Tab.AWAITING_COLLECTION,
    Status.READY_AT_STORE: Tab.AWAITING_COLLECTION,
    Status.WITH_CHANNEL: Tab.AWAITING_COLLECTION,
    Status.DELIVERING: Tab.DELIVERING,
    Status.DELIVERY_RETRY: Tab.DELIVERING,
    Status.DELIVERED: Tab.DELIVERED,
    Status.CANCELLED: Tab.CANCELLED,
    Status.RETURNING: Tab.CANCELLED,
    Status.RETURNED: Tab.CANCELLED,
    Status.LOST: Tab.CANCELLED,
    Status.DAMAGED: Tab.CANCELLED,
}

LABELS: Final[dict[Status, str]] = {
    Status.WAITING_PAYMENT: "Chờ thanh toán",
    Status.PENDING: "Chờ xử lý",
    Status.BOOKING: "Đang đặt đơn vị vận chuyển",
    Status.BOOKED: "Chờ bưu tá đến lấy",
    Status.COLLECTION_FAILED: "Lấy hàng không thành công",
    Status.READY_AT_STORE: "Chờ khách đến lấy",
    Status.WITH_CHANNEL: "Kênh bán hàng đang gửi",
    Status.DELIVERING: "Đang giao hàng",
    Status.DELIVERY_RETRY: "Giao chưa thành công, sẽ giao lại",
    Status.DELIVERED: "Đã giao",
    Status.CANCELLED: "Đã hủy",
    Status.RETURNING: "Đang hoàn hàng",
    Status.RETURNED: "Đã hoàn hàng",
    Status.LOST: "Thất lạc",
    Status.DAMAGED: "Hư hỏng",
}

IN_THE_HOUSE: Final = frozenset(
    {
        Status.WAITING_PAYMENT,
        Status.PENDING,
        Status.BOOKING,
        Status.BOOKED,
        Status.COLLECTION_FAILED,
        Status.READY_AT_STORE,
        Status.WITH_CHANNEL,
    }
)
"""Before the hand-over: here, and only here, cancelling is possible (G18, G19)."""

NEXT: Final[dict[Status, set[Status]]] = {
    Status.WAITING_PAYMENT: {Status.PENDING, Status.CANCELLED},
    Status.PENDING: {
        Status.BOOKING,
        Status.READY_AT_STORE,
        Status.WITH_CHANNEL,
        Status.DELIVERED,
        Status.CANCELLED,
    },
    Status.BOOKING: {Status.BOOKED, Status.CANCELLED},
    Status.BOOKED: {Status.COLLECTION_FAILED, Status.DELIVERING, Status.CANCELLED},
    Status.COLLECTION_FAILED: {Status.BOOKED, Status.DELIVERING, Status.CANCELLED},
    Status.READY_AT_STORE: {Status.DELIVERED, Status.CANCELLED},
    Status.WITH_CHANNEL: {Status.DELIVERED, Status.CANCELLED},
    Status.DELIVERING: {
        Status.DELIVERY_RETRY,
        Status.DELIVERED,
        Status.RETURNING,
        Status.LOST,
        Status.DAMAGED,
    },
    Status.DELIVERY_RETRY: {
        Status.DELIVERING,
        Status.DELIVERED,
        Status.RETURNING,
        Status.LOST,
        Status.DAMAGED,
    },
    Status.RETURNING: {Status.RETURNED, Status.LOST, Status.DAMAGED},
    # Only for a payment heard late, whose number was taken back for it.
    Status.CANCELLED: {Status.PENDING},
    Status.DELIVERED: set(),
    Status.RETURNED: set(),
    Status.LOST: set(),
    Status.DAMAGED: set(),
}

RANK: Final[dict[Status, int]] = {
    Status.BOOKING: 0,
    Status.BOOKED: 1,
    Status.COLLECTION_FAILED: 1,
    Status.DELIVERING: 2,
    Status.DELIVERY_RETRY: 2,
    Status.RETURNING: 3,
    Status.DELIVERED: 4,
    Status.CANCELLED: 4,
    Status.RETURNED: 4,
    Status.LOST: 4,
    Status.DAMAGED: 4,
}
"""How far a parcel has come by a carrier's word: news never takes it back."""

SERIAL: Final = re.compile(r"[0-9]{10,20}")
WHOLE_ICCID: Final = re.compile(r"8984[0-9]{15,16}")


@dataclass(eq=False)
class NoSuchShipment(NotFound):
    """This shipment does not exist."""


@dataclass(eq=False)
class ShipmentMovedOn(Conflict):
    """This shipment can no longer change that way; read it again."""

    shipment_id: UUID
    state: Status


@dataclass(eq=False)
class NotThatWay(Conflict):
    """This SIM reaches its customer another way."""

    shipment_id: UUID
    delivery: str


@dataclass(eq=False)
class NotPacked(Conflict):
    """Pack the SIM and note its serial before you hand it over."""

    shipment_id: UUID


@dataclass(eq=False)
class CodAboveLimit(Conflict):
    """The carrier does not collect so much money: have it paid online, or reject the order."""

    due_vnd: int
    most_vnd: int


@dataclass(eq=False)
class SerialTaken(Conflict):
    """Another shipment has the SIM with this serial."""

    sim_serial: str


@dataclass(eq=False)
class WrongSerial(Invalid):
    """This is not the serial of a SIM; look for a typing mistake."""

    because: Literal["SHAPE", "CHECK_DIGIT"]


@dataclass(eq=False)
class WrongAmount(Invalid):
    """What was collected is not what is due."""

    due_vnd: int
    collected_vnd: int


def check_serial(serial: str) -> None:
    """Refuse what cannot be on a SIM; only a whole ICCID has a check digit (Luhn)."""
    if not SERIAL.fullmatch(serial):
        raise WrongSerial("SHAPE")
    if WHOLE_ICCID.fullmatch(serial) and not _luhn(serial):
        raise WrongSerial("CHECK_DIGIT")


def _luhn(digits: str) -> bool:
    doubled = [int(d) * 2 for d in digits[-2::-2]]
    plain = [int(d) for d in digits[-1::-2]]
    return (sum(plain) + sum(d - 9 if d > 9 else d for d in doubled)) % 10 == 0  # noqa: PLR2004, digits
