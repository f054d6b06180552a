"""What mobi eKYC answers, what we make of it, and what it means for the customer."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Literal

from events.facts.kyc import FieldMatch

Repeat = Literal["EDIT", "PHOTO", "STORE"]
Result = Literal["VALID", "INVALID", "REVIEW"]
Fields = dict[str, FieldMatch]
"""The verdict on each of the four fields that the law compares (LAW05)."""


@dataclass(frozen=True)
class Reason:
    """What a code means: what the customer reads, and the step to repeat."""

    text_vi: str
    repeat: Repeat = "PHOTO"


OTHER: Final = "EKYC_OTHER"
FRAUD: Final = "FRAUD_SUSPECTED"
QUOTA: Final = "ID_QUOTA_EXCEEDED"
TOO_MANY: Final = "TOO_MANY_ATTEMPTS"
STALE: Final = "KYC_TOO_OLD"

REASONS: Final[dict[str, Reason]] = {
    "DOC_BLUR": Reason("Ảnh giấy tờ bị mờ."),
    "DOC_GLARE": Reason("Ảnh giấy tờ bị lóa."),
    "DOC_CROPPED": Reason("Ảnh giấy tờ bị mất góc."),
    "DOC_WRONG_SIDE": Reason("Ảnh chụp nhầm mặt giấy tờ."),
    "DOC_UNSUPPORTED": Reason("Loại giấy tờ không được chấp nhận."),
    "DOC_NOT_ORIGINAL": Reason("Hãy chụp giấy tờ gốc, không chụp lại từ màn hình hay bản sao."),
    "DOC_TAMPERED": Reason("Không xác minh được giấy tờ."),
    "DOC_INCONSISTENT": Reason("Thông tin trên hai mặt giấy tờ không khớp nhau."),
    "DOC_EXPIRED": Reason("Giấy tờ đã hết hạn."),
    "ID_STRUCTURE": Reason("Số giấy tờ không hợp lệ.", "EDIT"),
    "AGE_UNDER_15": Reason("Khách hàng dưới 15 tuổi cần đến cửa hàng.", "STORE"),
    "FACE_NONE": Reason("Không thấy khuôn mặt trong ảnh chân dung."),
    "FACE_MULTIPLE": Reason("Ảnh chân dung có nhiều khuôn mặt."),
    "FACE_QUALITY": Reason("Ảnh chân dung chưa rõ."),
    "FACE_MISMATCH": Reason("Khuôn mặt không khớp với giấy tờ."),
    "LIVENESS_FAILED": Reason("Hãy chụp trực tiếp khuôn mặt của bạn."),
    "DB_MISMATCH": Reason("Thông tin không khớp với cơ sở dữ liệu quốc gia."),
    "DB_UNAVAILABLE": Reason("Hệ thống đối chiếu đang gián đoạn; chúng tôi sẽ thử lại."),
    "FORM_MISMATCH": Reason("Thông tin khai báo không khớp với giấy tờ.", "EDIT"),
    QUOTA: Reason("Giấy tờ này đã có đủ số thuê bao đăng ký trực tuyến.", "STORE"),
    TOO_MANY: Reason("Bạn đã thử quá nhiều lần; hãy đến cửa hàng hoặc thử lại sau.", "STORE"),
    FRAUD: Reason("Hồ sơ cần được nhân viên xem xét."),
    STALE: Reason("Kết quả xác thực đã quá 72 giờ; hãy chụp lại chân dung."),
    OTHER: Reason("Chưa xác thực được; hãy chụp lại."),
}


@dataclass(frozen=True)
class Answer:
    """What mobi eKYC says about one attempt."""

    result: Result
    id_number: FieldMatch
    full_name: FieldMatch
    date_of_birth: FieldMatch
    face: FieldMatch
    alive: bool
    reason_codes: tuple[str, ...] = ()

    @property
    def fields(self) -> Fields:
        """Return the verdict on each of the four fields (LAW05)."""
        return {
            "id_number": self.id_number,
            "full_name": self.full_name,
            "date_of_birth": self.date_of_birth,
            # A face that fits proves nothing if nobody living was before the camera.
            "face": self.face if self.alive or self.face != "PASS" else "REVIEW",
        }


class Outcome(StrEnum):
    """What we make of an answer."""

    PASSED = "PASSED"
    FAILED = "FAILED"
    REVIEW = "REVIEW"
    LATER = "LATER"
    """The national registry is away, which is nobody's fault: ask again."""


def judge(answer: Answer) -> Outcome:
    """Decide what an answer means. A doubtful face alone is left to the call (F5a.7)."""
    *others, face = answer.fields.values()
    if answer.result == "INVALID":
        return Outcome.REVIEW if FRAUD in answer.reason_codes else Outcome.FAILED
    if "UNAVAILABLE" in (*others, face):
        return Outcome.LATER
    certain = answer.alive and set(others) == {"PASS"}
    if certain and (face == "REVIEW" or (face, answer.result) == ("PASS", "VALID")):
        return Outcome.PASSED
    return Outcome.REVIEW


def known(codes: Iterable[str]) -> tuple[str, ...]:
    """Keep the codes we have words for; anything else becomes one code of its own."""
    kept = [code if code.partition(":")[0] in REASONS else OTHER for code in codes]
    return tuple(dict.fromkeys(kept)) or (OTHER,)


def repeat_for(codes: Iterable[str]) -> Repeat:
    """Say which step mends all of this: the store before the form, the form before the photo."""
    steps = {REASONS[code.partition(":")[0]].repeat for code in codes}
    return next(step for step in ("STORE", "EDIT", "PHOTO") if step in steps)


def words_for(code: str) -> str:
    """Return what the customer reads about a reason; later steps have codes of their own."""
    reason = REASONS.get(code.partition(":")[0])
    return reason.text_vi if reason else "Thông tin cần được bổ sung hoặc chụp lại."
