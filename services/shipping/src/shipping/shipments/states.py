"""The states of a shipment: the five tabs they lie in, their transitions, and refusals."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final
from uuid import UUID

from kit.errors import Conflict, Invalid, NotFound


class Status(StrEnum):
    """The state of a shipment."""

    WAITING_PAYMENT = "WAITING_PAYMENT"
    PENDING = "PENDING"
    BOOKING = "BOOKING"
    BOOKED = "BOOKED"
    COLLECTION_FAILED = "COLLECTION_FAILED"
    READY_AT_STORE = "READY_AT_STORE"
    WITH_CHANNEL = "WITH_CHANNEL"
    DELIVERING = "DELIVERING"
    DELIVERY_RETRY = "DELIVERY_RETRY"
    WAITING_TO_RETURN = "WAITING_TO_RETURN"
    EXCEPTION = "EXCEPTION"
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
    Status.WAITING_TO_RETURN: Tab.DELIVERING,
    Status.EXCEPTION: Tab.DELIVERING,
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
    Status.WAITING_TO_RETURN: "Giao chưa thành công, chờ giao lại hoặc hoàn hàng",
    Status.EXCEPTION: "Đơn vị vận chuyển đang xử lý sự cố",
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

WITH_COURIER: Final = frozenset(
    {
        Status.DELIVERING,
        Status.DELIVERY_RETRY,
        Status.WAITING_TO_RETURN,
        Status.EXCEPTION,
    }
)
"""On its way to the customer, however well that goes."""

ON_THE_ROAD: Final = WITH_COURIER | {Status.RETURNING, Status.LOST, Status.DAMAGED}
"""States of a parcel that the carrier has. Each may follow each (a parcel that waits for its return
is brought again, a lost one found) until the customer has it, or we.
"""

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
    **{here: {*ON_THE_ROAD - {here}, Status.DELIVERED} for here in ON_THE_ROAD},
    Status.RETURNING: {*ON_THE_ROAD - {Status.RETURNING}, Status.DELIVERED, Status.RETURNED},
    # A payment heard late, whose number was taken back for it; a courier who took it all the same.
    Status.CANCELLED: {Status.PENDING, Status.DELIVERING},
    Status.DELIVERED: set(),
    Status.RETURNED: set(),
}

RANK: Final[dict[Status, int]] = {
    Status.BOOKING: 0,
    Status.BOOKED: 1,
    Status.COLLECTION_FAILED: 1,
    **dict.fromkeys(ON_THE_ROAD, 2),
    Status.DELIVERED: 3,
    Status.CANCELLED: 3,
    Status.RETURNED: 3,
}
"""How far a parcel has come by a carrier's word: news never takes it back to a lower rank. Within
a rank the word that was said last counts.
"""


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
class WrongAmount(Invalid):
    """What was collected is not what is due."""

    due_vnd: int
    collected_vnd: int
