"""Which activation label an order shows after which fact (F5a.14, F5a.16, decision 0025)."""

from enum import StrEnum
from typing import Final

from events import (
    ActivationExpired,
    ActivationStarted,
    ConnectionCompleted,
    ConnectionConfirmed,
    ConnectionDelayed,
    ConnectionQueued,
    ConnectionRejected,
    DossierSigned,
    EsimInstalled,
    EsimInstallFailed,
    EsimProfileIssued,
    Event,
    KycFailed,
    KycNeedsReview,
    KycPassed,
    KycSubmitted,
    SimKind,
    VideoCallApproved,
    VideoCallQueued,
    VideoCallRejected,
    VideoCallRevoked,
    VideoCallStarted,
)


class ActivationStatus(StrEnum):
    """Where the activation stands, as far as its facts tell."""

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

LABELS_VI: Final = {
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

SHOWN_AFTER: Final[dict[type[Event], ActivationStatus]] = {
    ActivationStarted: A.DRAFT,
    KycSubmitted: A.KYC_CHECKING,
    KycFailed: A.KYC_FAILED,
    KycNeedsReview: A.NEEDS_REVIEW,
    KycPassed: A.KYC_PASSED,
    VideoCallQueued: A.VIDEO_WAITING,
    VideoCallStarted: A.VIDEO_IN_CALL,
    VideoCallRejected: A.VIDEO_REJECTED,
    VideoCallRevoked: A.VIDEO_REJECTED,
    VideoCallApproved: A.VIDEO_APPROVED,
    DossierSigned: A.SIGNED,
    ConnectionQueued: A.QUEUED,
    ConnectionConfirmed: A.CONNECTING,
    ConnectionDelayed: A.QUEUED,
    ConnectionRejected: A.REFUSED,
    EsimProfileIssued: A.ESIM_QR_SENT,
    EsimInstallFailed: A.ESIM_INSTALL_FAILED,
    EsimInstalled: A.ACTIVATED,
}
STEPS_SHOWN: Final[tuple[type[Event], ...]] = (*SHOWN_AFTER, ConnectionCompleted)


def shown_after(event: Event, sim: SimKind) -> ActivationStatus:
    """Return the label after a fact; an eSIM is joined when it is on the phone (G30)."""
    if isinstance(event, ConnectionCompleted):
        return A.ACTIVATED if sim == "PHYSICAL" else A.CONNECTING
    if isinstance(event, ActivationExpired):
        return A.EXPIRED
    return SHOWN_AFTER[type(event)]


def reason_of(event: Event) -> str | None:
    """Return why the activation was refused, or a scan failed."""
    if isinstance(event, ConnectionRejected | EsimInstallFailed | VideoCallRejected):
        return event.reason_code
    return None
