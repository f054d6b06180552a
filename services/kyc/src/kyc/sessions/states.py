"""The states of a session, its limits, its reasons to repeat a step, and its refusals."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final, Literal
from uuid import UUID

from events.facts.kyc import FieldMatch
from kit.errors import Conflict, Invalid, NotFound

ImageKind = Literal["FRONT", "BACK", "PORTRAIT"]
Desk = Literal["REVIEW", "STORE"]
"""The desk at which a person decides: a reviewer's, or a store's."""
Repeat = Literal["EDIT", "PHOTO", "STORE"]
IMAGES: Final[tuple[ImageKind, ...]] = ("FRONT", "BACK", "PORTRAIT")


class Status(StrEnum):
    """The state of a session."""

    DRAFT = "DRAFT"
    KYC_CHECKING = "KYC_CHECKING"
    KYC_FAILED = "KYC_FAILED"
    KYC_PASSED = "KYC_PASSED"
    NEEDS_REVIEW = "NEEDS_REVIEW"
    CLOSED = "CLOSED"


NEXT: Final[dict[Status, set[Status]]] = {
    Status.DRAFT: {Status.KYC_CHECKING, Status.CLOSED},
    Status.KYC_CHECKING: {
        Status.KYC_PASSED,
        Status.KYC_FAILED,
        Status.NEEDS_REVIEW,
        Status.CLOSED,
    },
    # A store decides about what it sees; everybody else is checked again.
    Status.KYC_FAILED: {Status.KYC_CHECKING, Status.KYC_PASSED, Status.CLOSED},
    Status.KYC_PASSED: {Status.DRAFT, Status.CLOSED},  # a later step found fault, or time went by
    Status.NEEDS_REVIEW: {Status.KYC_PASSED, Status.KYC_FAILED, Status.CLOSED},
    Status.CLOSED: set(),
}
EDITABLE: Final = (Status.DRAFT, Status.KYC_FAILED)


Fields = dict[str, FieldMatch]
"""The verdict on each of the four fields that the law compares (LAW05)."""


@dataclass(frozen=True)
class Reason:
    """The meaning of a code: the words a customer reads, and the step to repeat."""

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


def repeat_for(codes: Iterable[str]) -> Repeat:
    """Return the step that mends all reasons: store before form, form before photo."""
    steps = {REASONS[code.partition(":")[0]].repeat for code in codes}
    return next(step for step in ("STORE", "EDIT", "PHOTO") if step in steps)


def words_for(code: str) -> str:
    """Return the words a customer reads about a reason; later steps have codes of their own."""
    reason = REASONS.get(code.partition(":")[0])
    return reason.text_vi if reason else "Thông tin cần được bổ sung hoặc chụp lại."


@dataclass(frozen=True)
class Limits:
    """The failures allowed: three in a row, then a person decides; five a day (G27)."""

    in_a_row: int = 3
    a_day: int = 5


@dataclass(frozen=True)
class Failures:
    """The failures of one customer's session and of its document, whichever are more."""

    in_a_row: int = 0
    """Since the document passed or a person decided about it."""
    today: int = 0
    """Within 24 hours, since a person allowed another try."""
    under_way: int = 0
    """Attempts with the same document whose verdict is still to come."""

    def and_one_more(self) -> "Failures":
        """Count the failure that was stated just now."""
        return Failures(self.in_a_row + 1, self.today + 1)

    def left(self, limits: Limits) -> int:
        """Return the number of attempts left before a person has to help."""
        # Who may try at all may try once: after that one a person looks, not before it.
        in_a_row = max(1, limits.in_a_row - self.in_a_row)
        return max(0, min(in_a_row, limits.a_day - self.today - self.under_way))


@dataclass(eq=False)
class NoSuchSession(NotFound):
    """This session does not exist."""


@dataclass(eq=False)
class NothingSent(NotFound):
    """Nothing of this kind was sent for verification."""


@dataclass(eq=False)
class SessionMoved(Conflict):
    """This session can no longer change that way."""

    session_id: UUID
    state: Status


@dataclass(eq=False)
class Incomplete(Conflict):
    """Declare and photograph everything first."""

    missing: tuple[str, ...]


@dataclass(eq=False)
class TooManyAttempts(Conflict):
    """Too many attempts: go to a store, or try again later."""

    attempts_left: int = 0
    repeat: str = "STORE"


@dataclass(eq=False)
class NotPassed(Conflict):
    """The identity check has not been passed yet."""

    state: Status


@dataclass(eq=False)
class WrongCaptureTime(Invalid):
    """The picture must have been taken within the last day, by a clock that is right."""

    captured_at: datetime
