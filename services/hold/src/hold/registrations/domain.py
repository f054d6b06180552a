"""The subscriber registration form (F3.2 to F3.5): every field is judged, every fault is told.

What each word means is read by `values`, as by every other service: what is taken here, is taken by
the next. Here is only what this form asks of them.
"""

import re
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any, Final, TypeVar

from events import SimKind
from kit.errors import Invalid, NotFound
from values.dates import age_on, parse_date
from values.emails import parse_email
from values.errors import BadValue
from values.id_numbers import check_owner, parse_id_number
from values.labels import parse_label
from values.names import parse_name
from values.nationalities import VIETNAM, parse_nationality
from values.phones import parse_phone
from values.sexes import parse_sex
from values.texts import half_width, tidy
from values.wards import parse_ward

YOUNGEST: Final = 15
OLDEST: Final = 120
SHORTEST_ADDRESS: Final = 5
LONGEST_ADDRESS: Final = 200

MESSAGES_VI: Final = {
    "REQUIRED": "Vui lòng nhập thông tin này",
    "NAME_INVALID": "Họ tên chỉ có chữ cái, như trên giấy tờ",
    "DATE_INVALID": "Ngày sinh không hợp lệ",
    "AGE_UNDER_15": "Thuê bao phải từ đủ 15 tuổi; vui lòng nhờ người giám hộ đến cửa hàng",
    "SEX_INVALID": "Giới tính là Nam hoặc Nữ",
    "ID_NUMBER_INVALID": "Số căn cước gồm 12 chữ số, bắt đầu bằng mã tỉnh hoặc quốc gia",
    "ID_NUMBER_MISMATCH": "Số căn cước không khớp với ngày sinh hoặc giới tính",
    "IN_PERSON_REQUIRED": "Khách hàng nước ngoài vui lòng đăng ký tại cửa hàng",
    "PHONE_INVALID": "Số điện thoại liên hệ không phải số di động Việt Nam",
    "EMAIL_REQUIRED": "eSIM được gửi qua email: vui lòng nhập email",
    "EMAIL_INVALID": "Email không hợp lệ",
    "ADDRESS_INVALID": "Địa chỉ cần từ 5 đến 200 ký tự",
    "WARD_INVALID": "Mã phường, xã gồm 5 chữ số và phải có trong danh mục",
    "REFERRER_INVALID": "Mã giới thiệu gồm 2 đến 32 chữ cái hoặc chữ số",
}


@dataclass(eq=False)
class RegistrationInvalid(Invalid):
    """Some of the subscriber information is not right; each fault is listed."""

    errors: list[dict[str, str]]


@dataclass(eq=False)
class NoRegistration(NotFound):
    """The subscriber information of this hold was not given yet."""


@dataclass(frozen=True)
class Form:
    """The form as it was typed, unread."""

    full_name: str = ""
    date_of_birth: str = ""
    sex: str = ""
    id_number: str | None = None
    nationality: str = "VNM"
    contact_phone: str = ""
    email: str | None = None
    address: str = ""
    ward_code: str = ""
    referrer_code: str | None = None


@dataclass(frozen=True)
class Registration:
    """A form without a fault, each value in its one spelling."""

    full_name: str
    date_of_birth: str
    sex: str
    id_number: str | None
    nationality: str
    contact_phone: str
    email: str | None
    address: str
    ward_code: str
    referrer_code: str | None

    def as_json(self) -> dict[str, Any]:
        """Return what is sealed."""
        return asdict(self)


def check(form: Form, sim: SimKind, *, today: date) -> Registration:
    """Return the registration, or raise with every fault of the form (F3.4 TH1, TH2)."""
    sheet = _Sheet(form)
    email_missing = "EMAIL_REQUIRED" if sim == "ESIM" else None
    name = sheet.read("full_name", parse_name)
    born = sheet.read("date_of_birth", lambda text: _birthday(text, today))
    sex = sheet.read("sex", parse_sex)
    number = sheet.read("id_number", parse_id_number, missing=None)
    nationality = sheet.read("nationality", _nationality)
    phone = sheet.read("contact_phone", parse_phone)
    email = sheet.read("email", parse_email, missing=email_missing)
    address = sheet.read("address", _address)
    ward = sheet.read("ward_code", parse_ward)
    referrer = sheet.read("referrer_code", _referrer, missing=None)
    if number:
        sheet.judge("id_number", lambda: check_owner(number, born=born, sex=sex))
    if sheet.faults:
        raise RegistrationInvalid(sheet.all_faults())
    return Registration(
        full_name=name or "",
        date_of_birth=born.isoformat() if born else "",
        sex=sex or "",
        id_number=number,
        nationality=nationality or "",
        contact_phone=phone or "",
        email=email,
        address=address or "",
        ward_code=ward or "",
        referrer_code=referrer,
    )


T = TypeVar("T")


@dataclass
class _Sheet:
    """A form while it is read: what is wrong with it is collected."""

    form: Form
    faults: list[tuple[str, str]] = field(default_factory=list)

    def read(
        self, name: str, parse: Callable[[str], T], *, missing: str | None = "REQUIRED"
    ) -> T | None:
        """Read one field; nothing if it is missing or wrong."""
        text = getattr(self.form, name) or ""
        if not tidy(text):
            self.faults += [(name, missing)] if missing else []
            return None
        return self.judge(name, lambda: parse(text))

    def judge(self, name: str, value: Callable[[], T]) -> T | None:
        """Return a value, or note why there is none."""
        try:
            return value()
        except BadValue as bad:
            self.faults.append((name, bad.code))
            return None

    def all_faults(self) -> list[dict[str, str]]:
        """Tell every fault, in words too."""
        return [{"field": f, "code": c, "message_vi": MESSAGES_VI[c]} for f, c in self.faults]


def _birthday(text: str, today: date) -> date:
    born = parse_date(text)
    age = age_on(today, born)
    if not 0 <= age <= OLDEST:
        raise BadValue("DATE_INVALID", "is not the birthday of somebody alive")
    if age < YOUNGEST:
        raise BadValue("AGE_UNDER_15", "is too young")
    return born


def _nationality(text: str) -> str:
    try:
        nationality = parse_nationality(text)
    except BadValue:
        nationality = ""
    if nationality != VIETNAM:
        raise BadValue("IN_PERSON_REQUIRED", "is for the store")
    return nationality


def _address(text: str) -> str:
    try:
        address = parse_label(text, longest=LONGEST_ADDRESS)
    except BadValue as bad:
        raise BadValue("ADDRESS_INVALID", str(bad)) from bad
    if len(address) < SHORTEST_ADDRESS:
        raise BadValue("ADDRESS_INVALID", "is too short")
    return address


def _referrer(text: str) -> str:
    code = half_width(tidy(text)).upper()
    if not re.fullmatch(r"[A-Z0-9_\-]{2,32}", code):
        raise BadValue("REFERRER_INVALID", "is not a referrer's code")
    return code
