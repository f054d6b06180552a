"""The subscriber registration form (F3.2 to F3.5): every field is judged, every fault is told."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Final

import phonenumbers

from events import SimKind
from kit.errors import Invalid, NotFound

YOUNGEST: Final = 15
OLDEST: Final = 120
LONGEST_NAME: Final = 100
MOBILE: Final = (
    phonenumbers.PhoneNumberType.MOBILE,
    phonenumbers.PhoneNumberType.FIXED_LINE_OR_MOBILE,
)
SEXES: Final = {"M": "M", "F": "F", "NAM": "M", "NỮ": "F", "MALE": "M", "FEMALE": "F"}
VIETNAM: Final = {"VNM", "VN", "VIỆT NAM", "VIETNAM"}

# A name is words of letters; the highlands also write H'Hen and Y-Moan.
_NAME = re.compile(r"[^\W\d_]+(?:['’.\-][^\W\d_]+)*(?: [^\W\d_]+(?:['’.\-][^\W\d_]+)*)+")
_EMAIL = re.compile(
    r"[^\s@,;<>\"]{1,64}@(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,24}", re.IGNORECASE
)

MESSAGES_VI: Final = {
    "REQUIRED": "Vui lòng nhập thông tin này",
    "NAME_INVALID": "Họ tên gồm ít nhất hai từ và chỉ có chữ cái",
    "DATE_INVALID": "Ngày sinh không hợp lệ",
    "AGE_UNDER_15": "Thuê bao phải từ đủ 15 tuổi; vui lòng nhờ người giám hộ đến cửa hàng",
    "SEX_INVALID": "Giới tính là Nam hoặc Nữ",
    "ID_NUMBER_INVALID": "Số căn cước gồm 12 chữ số",
    "ID_NUMBER_MISMATCH": "Số căn cước không khớp với ngày sinh hoặc giới tính",
    "IN_PERSON_REQUIRED": "Khách hàng nước ngoài vui lòng đăng ký tại cửa hàng",
    "PHONE_INVALID": "Số điện thoại liên hệ không phải số di động Việt Nam",
    "EMAIL_REQUIRED": "eSIM được gửi qua email: vui lòng nhập email",
    "EMAIL_INVALID": "Email không hợp lệ",
    "ADDRESS_INVALID": "Địa chỉ cần từ 5 đến 200 ký tự",
    "WARD_INVALID": "Mã phường, xã gồm 5 chữ số",
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
    """What somebody typed."""

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
    """What is left of the form when nothing is wrong with it, each value in its one spelling."""

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
    clean = _tidy(form)
    faults = [(field, code) for rule in _RULES for field, code in rule(clean, sim, today)]
    if faults:
        raise RegistrationInvalid(
            [{"field": f, "code": c, "message_vi": MESSAGES_VI[c]} for f, c in faults]
        )
    return Registration(**asdict(clean) | {"contact_phone": mobile(clean.contact_phone)})


def mobile(text: str) -> str | None:
    """Read a Vietnamese mobile number as people write it; return E.164 digits."""
    try:
        number = phonenumbers.parse("+" + text if text.startswith("84") else text, "VN")
    except phonenumbers.NumberParseException:
        return None
    good = phonenumbers.is_valid_number_for_region(number, "VN")
    if not good or phonenumbers.number_type(number) not in MOBILE:
        return None
    return f"84{number.national_number}"


def _tidy(form: Form) -> Form:
    words = {k: _spaced(v) if isinstance(v, str) else v for k, v in asdict(form).items()}
    nationality, sex = words["nationality"].upper(), words["sex"].upper()
    return Form(
        **words
        | {
            "sex": SEXES.get(sex, sex),
            "nationality": "VNM" if nationality in VIETNAM else nationality,
            "id_number": words["id_number"] or None,
            "email": words["email"] or None,
            "referrer_code": (words["referrer_code"] or "").upper() or None,
        }
    )


def _spaced(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


Fault = tuple[str, str]


def _name(form: Form, _: SimKind, __: date) -> Iterator[Fault]:
    if not form.full_name:
        yield "full_name", "REQUIRED"
    elif len(form.full_name) > LONGEST_NAME or not _NAME.fullmatch(form.full_name):
        yield "full_name", "NAME_INVALID"


def _birthday(form: Form, _: SimKind, today: date) -> Iterator[Fault]:
    born = _date(form.date_of_birth)
    if not form.date_of_birth:
        yield "date_of_birth", "REQUIRED"
    elif born is None or not 0 <= age_at(today, born) <= OLDEST:
        yield "date_of_birth", "DATE_INVALID"
    elif age_at(today, born) < YOUNGEST:
        yield "date_of_birth", "AGE_UNDER_15"


def _sex(form: Form, _: SimKind, __: date) -> Iterator[Fault]:
    if form.sex not in ("M", "F"):
        yield "sex", "SEX_INVALID" if form.sex else "REQUIRED"


def _id_number(form: Form, _: SimKind, __: date) -> Iterator[Fault]:
    number = form.id_number
    if number is None:
        return
    if not re.fullmatch(r"[0-9]{12}", number):
        yield "id_number", "ID_NUMBER_INVALID"
    elif not fits_id_number(number, _date(form.date_of_birth), form.sex):
        yield "id_number", "ID_NUMBER_MISMATCH"


def _nationality(form: Form, _: SimKind, __: date) -> Iterator[Fault]:
    if form.nationality != "VNM":
        yield "nationality", "IN_PERSON_REQUIRED" if form.nationality else "REQUIRED"


def _contacts(form: Form, sim: SimKind, _: date) -> Iterator[Fault]:
    if mobile(form.contact_phone) is None:
        yield "contact_phone", "PHONE_INVALID" if form.contact_phone else "REQUIRED"
    if form.email is None:
        if sim == "ESIM":
            yield "email", "EMAIL_REQUIRED"
    elif not _EMAIL.fullmatch(form.email):
        yield "email", "EMAIL_INVALID"


_TEXTS: Final = (
    ("address", r".{5,200}", "ADDRESS_INVALID"),
    ("ward_code", r"[0-9]{5}", "WARD_INVALID"),
)


def _address(form: Form, _: SimKind, __: date) -> Iterator[Fault]:
    for field, pattern, code in _TEXTS:
        text = getattr(form, field)
        if not re.fullmatch(pattern, text):
            yield field, code if text else "REQUIRED"
    if form.referrer_code and not re.fullmatch(r"[A-Z0-9_\-]{2,32}", form.referrer_code):
        yield "referrer_code", "REFERRER_INVALID"


def age_at(today: date, born: date) -> int:
    """Return how many birthdays somebody has had."""
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def fits_id_number(number: str, born: date | None, sex: str) -> bool:
    """Compare the century, year and sex a personal number carries with what was typed."""
    century_and_sex = int(number[3])
    year = 1900 + 100 * (century_and_sex // 2) + int(number[4:6])
    same_sex = sex not in ("M", "F") or (century_and_sex % 2 == 0) == (sex == "M")
    return same_sex and (born is None or born.year == year)


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


_RULES: Final[tuple[Callable[[Form, SimKind, date], Iterator[Fault]], ...]] = (
    _name,
    _birthday,
    _sex,
    _id_number,
    _nationality,
    _contacts,
    _address,
)
