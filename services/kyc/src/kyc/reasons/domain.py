"""The reasons to repeat a step: their codes, their words in both languages, the step that mends."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal

Repeat = Literal["EDIT", "PHOTO", "STORE"]
"""The step that a customer repeats."""


@dataclass(frozen=True)
class Reason:
    """The meaning of a code: the words a customer reads, and the step to repeat."""

    text_vi: str
    text_en: str
    repeat: Repeat = "PHOTO"


OTHER: Final = "EKYC_OTHER"
FRAUD: Final = "FRAUD_SUSPECTED"
QUOTA: Final = "ID_QUOTA_EXCEEDED"
TOO_MANY: Final = "TOO_MANY_ATTEMPTS"
STALE: Final = "KYC_TOO_OLD"

REASONS: Final[dict[str, Reason]] = {
    "DOC_BLUR": Reason(
        "Ảnh giấy tờ bị mờ.",
        "The photo of the document is blurred.",
    ),
    "DOC_GLARE": Reason(
        "Ảnh giấy tờ bị lóa.",
        "There is glare on the photo of the document.",
    ),
    "DOC_CROPPED": Reason(
        "Ảnh giấy tờ bị mất góc.",
        "A corner of the document is missing in the photo.",
    ),
    "DOC_WRONG_SIDE": Reason(
        "Ảnh chụp nhầm mặt giấy tờ.",
        "The wrong side of the document was photographed.",
    ),
    "DOC_UNSUPPORTED": Reason(
        "Loại giấy tờ không được chấp nhận.",
        "This kind of document is not accepted.",
    ),
    "DOC_NOT_ORIGINAL": Reason(
        "Hãy chụp giấy tờ gốc, không chụp lại từ màn hình hay bản sao.",
        "Photograph the original document, not a screen or a copy.",
    ),
    "DOC_TAMPERED": Reason(
        "Không xác minh được giấy tờ.",
        "The document could not be verified.",
    ),
    "DOC_INCONSISTENT": Reason(
        "Thông tin trên hai mặt giấy tờ không khớp nhau.",
        "The two sides of the document do not agree.",
    ),
    "DOC_EXPIRED": Reason(
        "Giấy tờ đã hết hạn.",
        "The document has expired.",
    ),
    "ID_STRUCTURE": Reason(
        "Số giấy tờ không hợp lệ.",
        "The document number is not valid.",
        "EDIT",
    ),
    "AGE_UNDER_15": Reason(
        "Khách hàng dưới 15 tuổi cần đến cửa hàng.",
        "Customers under 15 have to come to a store.",
        "STORE",
    ),
    "FACE_NONE": Reason(
        "Không thấy khuôn mặt trong ảnh chân dung.",
        "There is no face in the portrait.",
    ),
    "FACE_MULTIPLE": Reason(
        "Ảnh chân dung có nhiều khuôn mặt.",
        "There are several faces in the portrait.",
    ),
    "FACE_QUALITY": Reason(
        "Ảnh chân dung chưa rõ.",
        "The portrait is not clear enough.",
    ),
    "FACE_MISMATCH": Reason(
        "Khuôn mặt không khớp với giấy tờ.",
        "The face does not match the document.",
    ),
    "LIVENESS_FAILED": Reason(
        "Hãy chụp trực tiếp khuôn mặt của bạn.",
        "Photograph your own face directly.",
    ),
    "DB_MISMATCH": Reason(
        "Thông tin không khớp với cơ sở dữ liệu quốc gia.",
        "The information does not match the national database.",
    ),
    "DB_UNAVAILABLE": Reason(
        "Hệ thống đối chiếu đang gián đoạn; chúng tôi sẽ thử lại.",
        "The national database cannot be reached; we will try again.",
    ),
    "FORM_MISMATCH": Reason(
        "Thông tin khai báo không khớp với giấy tờ.",
        "What you declared does not match the document.",
        "EDIT",
    ),
    QUOTA: Reason(
        "Giấy tờ này đã có đủ số thuê bao đăng ký trực tuyến.",
        "This document has its full count of numbers registered online.",
        "STORE",
    ),
    TOO_MANY: Reason(
        "Bạn đã thử quá nhiều lần; hãy đến cửa hàng hoặc thử lại sau.",
        "You have tried too often; come to a store, or try again later.",
        "STORE",
    ),
    FRAUD: Reason(
        "Hồ sơ cần được nhân viên xem xét.",
        "A member of our staff has to look at this case.",
    ),
    STALE: Reason(
        "Kết quả xác thực đã quá 72 giờ; hãy chụp lại chân dung.",
        "The identity check is more than 72 hours old; take the portrait again.",
    ),
    OTHER: Reason(
        "Chưa xác thực được; hãy chụp lại.",
        "This could not be verified; take the photos again.",
    ),
}


def repeat_for(codes: Iterable[str]) -> Repeat:
    """Return the step that mends all reasons: store before form, form before photo."""
    steps = {REASONS[code.partition(":")[0]].repeat for code in codes}
    return next(step for step in ("STORE", "EDIT", "PHOTO") if step in steps)


LATER_STEP: Final = Reason(
    "Thông tin cần được bổ sung hoặc chụp lại.",
    "Some information has to be added, or photographed again.",
)
"""The words about a reason of a later step, which has codes of its own."""


def reason_for(code: str) -> Reason:
    """Return the reason behind a code, a detail after a colon aside."""
    return REASONS.get(code.partition(":")[0], LATER_STEP)
