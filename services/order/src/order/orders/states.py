"""The statuses an order shows, with their labels: tab, money and activation (6.1, 6.2, 6.4)."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from events import SimKind
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
    """A special case inside a tab (flow 4, G15, G21, G23)."""

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


class PaymentStatus(StrEnum):
    """The place of the money: still due, taken, going back, or given back."""

    NONE_DUE = "NONE_DUE"
    INITIATED = "INITIATED"
    PENDING = "PENDING"
    PAID = "PAID"
    FAILED = "FAILED"
    EXPIRED = "EXPIRED"
    COD_DUE = "COD_DUE"
    COD_COLLECTED = "COD_COLLECTED"
    REFUND_PENDING = "REFUND_PENDING"
    REFUNDED = "REFUNDED"
    REFUND_FAILED = "REFUND_FAILED"


P = PaymentStatus

PAYMENT_LABELS_VI: Final = {
    P.NONE_DUE: "Không phải thanh toán",
    P.INITIATED: "Chờ thanh toán",
    P.PENDING: "Đang chờ kết quả thanh toán",
    P.PAID: "Đã thanh toán",
    P.FAILED: "Thanh toán không thành công",
    P.EXPIRED: "Hết hạn thanh toán",
    P.COD_DUE: "Thu khi nhận hàng",
    P.COD_COLLECTED: "Đã thu hộ",
    P.REFUND_PENDING: "Đang hoàn tiền",
    P.REFUNDED: "Đã hoàn tiền",
    P.REFUND_FAILED: "Nhân viên sẽ chuyển khoản hoàn tiền cho bạn",
}
HAS_MONEY: Final = (P.PAID, P.COD_COLLECTED)


class ActivationStatus(StrEnum):
    """The step the activation has reached, as far as its facts tell."""

    NOT_STARTED = "NOT_STARTED"
    DRAFT = "DRAFT"
    KYC_CHECKING = "KYC_CHECKING"
    KYC_FAILED = "KYC_FAILED"
    NEEDS_REVIEW = "NEEDS_REVIEW"
    KYC_PASSED = "KYC_PASSED"
    VIDEO_WAITING = "VIDEO_WAITING"
    VIDEO_IN_CALL = "VIDEO_IN_CALL"
    VIDEO_REJECTED = "VIDEO_REJECTED"
    VIDEO_APPROVED = "VIDEO_APPROVED"
    SIGNED = "SIGNED"
    QUEUED = "QUEUED"
    CONNECTING = "CONNECTING"
    ESIM_QR_SENT = "ESIM_QR_SENT"
    ESIM_INSTALL_FAILED = "ESIM_INSTALL_FAILED"
    ACTIVATED = "ACTIVATED"
    REFUSED = "REFUSED"
    EXPIRED = "EXPIRED"


A = ActivationStatus

ACTIVATION_LABELS_VI: Final = {
    A.NOT_STARTED: "Chưa hòa mạng",
    A.DRAFT: "Đang khai báo thông tin",
    A.KYC_CHECKING: "Đang xác thực eKYC",
    A.KYC_FAILED: "eKYC không hợp lệ",
    A.NEEDS_REVIEW: "Chờ nhân viên xem xét",
    A.KYC_PASSED: "eKYC hợp lệ",
    A.VIDEO_WAITING: "Chờ gọi video",
    A.VIDEO_IN_CALL: "Đang gọi",
    A.VIDEO_REJECTED: "Xác minh không thành công",
    A.VIDEO_APPROVED: "Xác minh thành công",
    A.SIGNED: "Đã ký",
    A.QUEUED: "Chờ đấu nối (hàng đợi)",
    A.CONNECTING: "Đang đấu nối",
    A.ESIM_QR_SENT: "Đã gửi mã QR",
    A.ESIM_INSTALL_FAILED: "Quét QR thất bại",
    A.ACTIVATED: "Đã hòa mạng",
    A.REFUSED: "Từ chối hòa mạng",
    A.EXPIRED: "Quá hạn hòa mạng",
}

UNDER_WAY: Final = (A.CONNECTING, A.ESIM_QR_SENT, A.ESIM_INSTALL_FAILED, A.ACTIVATED)
"""An officer has decided: nothing can be called back any more. Before, activation is asked."""


def label_of(status: Status, activation: ActivationStatus, sim: SimKind) -> str:
    """Return the label of an order; a paid eSIM has no parcel and shows its activation's (6.1)."""
    if sim == "ESIM" and status is Status.PENDING:
        if activation is A.NOT_STARTED:
            return "Đã thanh toán"
        return ACTIVATION_LABELS_VI[activation]
    return LABELS_VI[status]
