"""The eSIM after the connection: issued, installed, or in need of help (F5b.13-F5b.20, G29)."""

from datetime import datetime
from typing import Final, Literal
from uuid import UUID

from activation.domain import Activation, Stage
from events import EsimInstalled, EsimInstallFailed, EsimProfileIssued
from events.ids import uuid7

HELP_VI: Final = {
    "DEVICE_NOT_ESIM": "Máy này không hỗ trợ eSIM. Vui lòng dùng máy khác hoặc đổi sang SIM vật lý tại cửa hàng.",  # noqa: E501, one text
    "DEVICE_LOCKED": "Máy đang bị khóa mạng. Vui lòng liên hệ nơi bán máy để mở khóa.",
    "NO_INTERNET": "Máy cần có Wi-Fi hoặc dữ liệu để tải eSIM. Vui lòng kết nối rồi quét lại.",
    "CODE_USED": "Mã đã được dùng trên một máy khác. Vui lòng yêu cầu cấp lại mã QR.",
    "CODE_EXPIRED": "Mã đã hết hạn. Vui lòng yêu cầu cấp lại mã QR.",
    "CONFIRMATION_CODE": "Mã xác nhận chưa đúng. Vui lòng nhập lại mã trong thư.",
    "MEMORY_FULL": "Máy đã đủ số eSIM. Vui lòng xóa một eSIM cũ rồi quét lại.",
    "UNKNOWN": "Vui lòng quét lại; nếu vẫn không được, hãy yêu cầu cấp lại mã QR.",
}
"""What to do about each way an installation can fail."""


def issue(activation: Activation, *, now: datetime) -> EsimProfileIssued:
    """Note that a profile waits for the customer's phone (F5b.13)."""
    activation.move_to(Stage.ESIM_QR_SENT)
    activation.profile_id = uuid7()
    activation.reason_code = None
    return EsimProfileIssued(
        occurred_at=now, hold_id=activation.hold_id, profile_id=activation.profile_id
    )


def installed(
    activation: Activation, heard_from: Literal["CUSTOMER", "SMDP"], *, now: datetime
) -> EsimInstalled:
    """Finish: the profile is on the phone (F5b.15, F5b.16, G30)."""
    activation.move_to(Stage.ACTIVATED)
    return EsimInstalled(
        occurred_at=now,
        hold_id=activation.hold_id,
        profile_id=_profile_of(activation),
        heard_from=heard_from,
    )


def install_failed(activation: Activation, reason_code: str, *, now: datetime) -> EsimInstallFailed:
    """Note a failed scan (F5b.17): the subscriber stays connected and gets help, not a refusal."""
    activation.move_to(Stage.ESIM_INSTALL_FAILED)
    activation.reason_code = reason_code
    return EsimInstallFailed(
        occurred_at=now,
        hold_id=activation.hold_id,
        profile_id=_profile_of(activation),
        reason_code=reason_code,
    )


def _profile_of(activation: Activation) -> UUID:
    assert activation.profile_id, "a QR code was sent without a profile"
    return activation.profile_id
