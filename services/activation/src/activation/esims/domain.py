"""The eSIM after the connection: issued, installed, or in need of help (F5b.13-F5b.20, G29)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal
from uuid import UUID

from activation.domain import Activation
from activation.stages import ActivationClosed, Stage
from events import EsimInstalled, EsimInstallFailed, EsimProfileIssued
from kit.errors import TooManyRequests

HELP_VI: Final = {
    "DEVICE_NOT_ESIM": "Máy này không hỗ trợ eSIM. Vui lòng dùng máy khác hoặc đổi sang SIM vật lý tại cửa hàng.",  # noqa: E501, one text
    "DEVICE_LOCKED": "Máy đang bị khóa mạng. Vui lòng liên hệ nơi bán máy để mở khóa.",
    "NO_INTERNET": "Máy cần có Wi-Fi hoặc dữ liệu để tải eSIM. Vui lòng kết nối rồi quét lại.",
    "CODE_USED": "Mã đã được dùng trên một máy khác. Vui lòng yêu cầu cấp lại mã QR.",
    "CODE_EXPIRED": "Mã đã hết hạn. Vui lòng yêu cầu cấp lại mã QR.",
    "CONFIRMATION_CODE": "Mã xác nhận chưa đúng. Vui lòng nhập lại mã trong thư.",
    "CODE_UNUSABLE": "Mã QR chưa dùng được. Vui lòng yêu cầu cấp lại mã QR.",
    "MEMORY_FULL": "Máy đã đủ số eSIM. Vui lòng xóa một eSIM cũ rồi quét lại.",
    "UNKNOWN": "Vui lòng quét lại; nếu vẫn không được, hãy yêu cầu cấp lại mã QR.",
}
"""What to do about each way an installation can fail."""


@dataclass(eq=False)
class TooManyCodes(TooManyRequests):
    """No more codes are issued online for this eSIM: a store will help with the phone."""


def issue(activation: Activation, profile_id: UUID, *, now: datetime) -> EsimProfileIssued:
    """Note that a profile waits for the customer's phone (F5b.13)."""
    activation.move_to(Stage.ESIM_QR_SENT)
    activation.profile_id = profile_id
    activation.reason_code = None
    return EsimProfileIssued(occurred_at=now, hold_id=activation.hold_id, profile_id=profile_id)


def wait_for_code(activation: Activation) -> None:
    """Note that no code is there that a phone could use: the next one may be."""
    activation.stage = Stage.ESIM_INSTALL_FAILED
    activation.profile_id, activation.reason_code = None, "CODE_UNUSABLE"


def installed(
    activation: Activation, heard_from: Literal["CUSTOMER", "SMDP"], *, now: datetime
) -> EsimInstalled:
    """Finish: the profile is on the phone (F5b.15, F5b.16, G30)."""
    profile_id = _profile_of(activation)
    activation.move_to(Stage.ACTIVATED)
    return EsimInstalled(
        occurred_at=now,
        hold_id=activation.hold_id,
        profile_id=profile_id,
        heard_from=heard_from,
    )


def install_failed(activation: Activation, reason_code: str, *, now: datetime) -> EsimInstallFailed:
    """Note a failed scan (F5b.17): the subscriber stays connected and gets help, not a refusal."""
    profile_id = _profile_of(activation)
    activation.move_to(Stage.ESIM_INSTALL_FAILED)
    activation.reason_code = reason_code
    return EsimInstallFailed(
        occurred_at=now,
        hold_id=activation.hold_id,
        profile_id=profile_id,
        reason_code=reason_code,
    )


def _profile_of(activation: Activation) -> UUID:
    if activation.profile_id is None:
        raise ActivationClosed(activation.hold_id, activation.stage)
    return activation.profile_id
