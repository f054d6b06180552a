"""The customer's view of an activation: the words of the status list, and the steps to come."""

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from pydantic import BaseModel
from sqlalchemy import select

from activation.activations.domain import Activation
from activation.activations.states import CallStatus, NoSuchActivation, Stage
from activation.tables import activations, numbers
from events import RepeatStep, SimKind
from kit.db import Tx

LABELS_VI: Final = {
    "NOT_STARTED": "Chưa hòa mạng",
    "DRAFT": "Đang khai báo thông tin",
    "KYC_CHECKING": "Đang xác thực eKYC",
    "KYC_FAILED": "eKYC không hợp lệ",
    "KYC_PASSED": "eKYC hợp lệ",
    "NEEDS_REVIEW": "Chờ nhân viên xem xét",
    "VIDEO_WAITING": "Chờ gọi video",
    "VIDEO_IN_CALL": "Đang gọi",
    "VIDEO_REJECTED": "Xác minh không thành công",
    "VIDEO_APPROVED": "Xác minh thành công",
    "SIGNED": "Đã ký",
    "QUEUED": "Chờ đấu nối",
    "CONNECTING": "Đang đấu nối",
    "ESIM_QR_SENT": "Đã gửi mã QR",
    "ESIM_INSTALL_FAILED": "Quét QR thất bại",
    "ACTIVATED": "Đã hòa mạng",
    "REFUSED": "Từ chối hòa mạng",
    "EXPIRED": "Quá hạn hòa mạng",
    "CLOSED": "Đã hủy",
}
"""The status list of the source, letter by letter."""


class ActivationView(BaseModel):
    """An activation as its customer sees it."""

    hold_id: UUID
    sim: SimKind
    status: str
    label_vi: str
    waiting_for: list[str]
    """Steps still to do before the dossier can be signed, in order."""
    sim_photographed: bool
    """Whether the photo of the SIM card is kept, which a signature needs too (F5a.9)."""
    msisdn: str | None
    reason_code: str | None
    reason_text: str | None
    repeat: RepeatStep | None
    """After a refusal: the one step to go back to (F5a.18 TH1)."""
    deadline: datetime | None
    connected_at: datetime | None


async def activation_of(
    tx: Tx, hold_id: UUID, customer_id: UUID, *, allowed: timedelta
) -> ActivationView:
    """Return a customer's activation; another customer's looks like none at all."""
    of_customer = (
        select(Activation, numbers.c.msisdn)
        .outerjoin(numbers, numbers.c.id == activations.c.number_id)
        .where(activations.c.hold_id == hold_id, activations.c.customer_id == customer_id)
    )
    row = (await tx.execute(of_customer)).one_or_none()
    if row is None:
        raise NoSuchActivation
    return view_of(row[0], row[1], allowed=allowed)


def view_of(activation: Activation, msisdn: str | None, *, allowed: timedelta) -> ActivationView:
    """Shape an activation for the screen."""
    status = status_of(activation)
    return ActivationView(
        hold_id=activation.hold_id,
        sim=activation.sim,
        status=status,
        label_vi=LABELS_VI[status],
        waiting_for=activation.missing(),
        sim_photographed=activation.sim_photo_sha256 is not None,
        msisdn=msisdn,
        reason_code=activation.reason_code,
        reason_text=activation.reason_text,
        repeat=activation.repeat,
        deadline=activation.deadline(allowed),
        connected_at=activation.connected_at,
    )


def status_of(activation: Activation) -> str:
    """Name the status by the list of the source: before the signature, the newest step counts."""
    if activation.stage in (Stage.SUBMITTED, Stage.WITHDRAWING, Stage.DELAYED):
        return "QUEUED"  # nothing that the customer could do about it
    if activation.stage is not Stage.OPEN:
        return str(activation.stage)
    if activation.call_status and _call_is_newer(activation):
        is_revoked = activation.call_status is CallStatus.VIDEO_REVOKED
        return str(CallStatus.VIDEO_WAITING if is_revoked else activation.call_status)
    return str(activation.kyc_status or "NOT_STARTED")


def _call_is_newer(activation: Activation) -> bool:
    kyc_at, call_at = activation.kyc_at, activation.call_at
    return kyc_at is None or (call_at is not None and call_at >= kyc_at)
