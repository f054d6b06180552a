"""The five tabs of an order, what is special inside them, and the way between them (6.1)."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from kit.errors import Conflict


class Status(StrEnum):
    """The tab an order is in; AWAITING_PAYMENT comes before the tabs."""

    AWAITING_PAYMENT = "AWAITING_PAYMENT"
    PENDING = "PENDING"
    AWAITING_COLLECTION = "AWAITING_COLLECTION"
    DELIVERING = "DELIVERING"
    DELIVERED = "DELIVERED"
    CANCELLED = "CANCELLED"


LABELS_VI: Final = {
    Status.AWAITING_PAYMENT: "Chờ thanh toán",
    Status.PENDING: "Chờ xử lý",
    Status.AWAITING_COLLECTION: "Chờ lấy hàng",
    Status.DELIVERING: "Đang giao hàng",
    Status.DELIVERED: "Đã giao",
    Status.CANCELLED: "Đã hủy",
}

NEXT: Final[dict[Status, set[Status]]] = {
    Status.AWAITING_PAYMENT: {Status.PENDING, Status.CANCELLED},
    Status.PENDING: {
        Status.AWAITING_COLLECTION,
        Status.DELIVERING,  # a channel's own courier, or a word that overtook another
        Status.DELIVERED,
        Status.CANCELLED,
    },
    Status.AWAITING_COLLECTION: {Status.DELIVERING, Status.DELIVERED, Status.CANCELLED},
    Status.DELIVERING: {Status.DELIVERED, Status.CANCELLED},
    Status.DELIVERED: {Status.CANCELLED},  # never activated (G39)
    Status.CANCELLED: {  # by the hold's clock: paid or received in time, heard late
        Status.PENDING,
        Status.AWAITING_COLLECTION,
        Status.DELIVERING,
        Status.DELIVERED,
    },
}


class SubStatus(StrEnum):
    """What is special inside a tab (flow 4, G15, G21, G23)."""

    READY_AT_STORE = "READY_AT_STORE"
    COLLECTION_FAILED = "COLLECTION_FAILED"
    RETURNING = "RETURNING"
    RETURNED = "RETURNED"
    LOST = "LOST"


SUB_LABELS_VI: Final = {
    SubStatus.READY_AT_STORE: "Chờ khách đến lấy",
    SubStatus.COLLECTION_FAILED: "Lấy hàng không thành công, sẽ lấy lại",
    SubStatus.RETURNING: "Đang hoàn hàng",
    SubStatus.RETURNED: "Đã hoàn hàng",
    SubStatus.LOST: "Thất lạc",
}

WHY_NOT: Final = {
    Status.DELIVERING: (
        "Đơn hàng đang được giao: nếu không muốn nhận, hãy từ chối khi người giao hàng đến.",
        "The parcel is on its way: if you do not want it, refuse it at the door.",
    ),
    Status.DELIVERED: (
        "SIM đã được giao: đơn hàng không hủy được nữa. Hãy liên hệ tổng đài để được hỗ trợ.",
        "The SIM was delivered: the order cannot be cancelled any more. Please call support.",
    ),
    Status.CANCELLED: (
        "Đơn hàng đã được hủy trước đó: không cần làm gì thêm.",
        "This order is cancelled already: there is nothing left to do.",
    ),
}
CONNECTION_BEGAN: Final = (
    "Thuê bao đang được đấu nối: đơn hàng không hủy được nữa.",
    "The connection has begun: the order cannot be cancelled any more.",
)


@dataclass(eq=False)
class CannotCancel(Conflict):
    """This order cannot be cancelled any more."""

    order_status: Status
    advice_vi: str
    advice_en: str


@dataclass(eq=False)
class OrderIsOver(Conflict):
    """This order is over: nobody needs to be responsible for it any more."""

    order_status: Status
