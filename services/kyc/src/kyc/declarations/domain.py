"""What the customer says about themselves (F5a.4, F5b.3), checked field by field."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final, Literal, cast

from kit.errors import Invalid

Sex = Literal["MALE", "FEMALE"]
DocumentKind = Literal["CC", "CCCD_CHIP", "CCCD_NOCHIP"]

OLD_PROVINCES: Final = frozenset(
    f"{code:03}"
    for code in (
        *(1, 2, 4, 6, 8, 10, 11, 12, 14, 15, 17, 19, 20, 22, 24, 25, 26, 27, 30, 31, 33),
        *(34, 35, 36, 37, 38, 40, 42, 44, 45, 46, 48, 49, 51, 52, 54, 56, 58, 60, 62, 64),
        *(66, 67, 68, 70, 72, 74, 75, 77, 79, 80, 82, 83, 84, 86, 87, 89, 91, 92, 93, 94),
        *(95, 96),
    )
)
"""The 63 provinces of birth registration before 2025; the merger renumbered nobody."""
FIRST_COUNTRY: Final = "100"
"""From here on the code names the country where a birth was registered."""
VIETNAMESE: Final = {"vn", "vnm", "việt nam"}

MESSAGES: Final = {
    "NAME_INVALID": "Nhập họ và tên đúng như trên giấy tờ.",
    "DATE_INVALID": "Ngày không hợp lệ.",
    "AGE_UNDER_15": "Khách hàng dưới 15 tuổi cần đến cửa hàng cùng người giám hộ.",
    "SEX_INVALID": "Chọn giới tính như trên giấy tờ.",
    "ID_STRUCTURE": "Số giấy tờ không khớp với ngày sinh hoặc giới tính.",
    "ADDRESS_INVALID": "Nhập địa chỉ.",
    "WARD_INVALID": "Chọn phường, xã.",
    "IN_PERSON_REQUIRED": "Loại giấy tờ hoặc quốc tịch này cần đến cửa hàng.",
    "DOC_UNSUPPORTED": "Giấy tờ này không còn được chấp nhận; hãy dùng căn cước 12 số.",
}


@dataclass(eq=False)
class DeclarationWrong(Invalid):
    """Some of the declaration cannot be right."""

    errors: tuple[dict[str, str], ...]


@dataclass(frozen=True, kw_only=True)
class Declaration:
    """A declaration that holds together."""

    full_name: str
    date_of_birth: date
    sex: Sex
    id_number: str
    nationality: str
    address: str
    ward_code: str
    document_kind: DocumentKind
    issued_on: date | None = None

    def as_json(self) -> dict[str, Any]:
        """Return the declaration with dates as text."""
        issued = {"issued_on": self.issued_on.isoformat()} if self.issued_on else {}
        return (
            {name: getattr(self, name) for name in FIELDS}
            | {"date_of_birth": self.date_of_birth.isoformat()}
            | issued
        )


FIELDS: Final = (
    "full_name",
    "date_of_birth",
    "sex",
    "id_number",
    "nationality",
    "address",
    "ward_code",
    "document_kind",
)


@dataclass(frozen=True)
class _Form:
    """What was typed, with what the law asks for today."""

    typed: Mapping[str, str]
    today: date
    minimum_age: int
    born: date | None = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "born", _date(self["date_of_birth"]))

    def __getitem__(self, name: str) -> str:
        return self.typed.get(name, "")


def read_declaration(
    typed: Mapping[str, str | None], *, today: date, minimum_age: int
) -> Declaration:
    """Read what was typed, or say of every field what is wrong with it."""
    tidy = {name: _tidy(value) for name, value in typed.items() if value}
    form = _Form(tidy, today, minimum_age)
    found = {name: check(form) for name, check in CHECKS.items()}
    errors = [
        {"field": name, "reason_code": code, "message": MESSAGES[code]}
        for name, code in found.items()
        if code
    ]
    if errors:
        raise DeclarationWrong(tuple(errors))
    assert form.born
    return Declaration(
        full_name=form["full_name"],
        date_of_birth=form.born,
        sex=cast("Sex", form["sex"]),
        id_number=form["id_number"],
        nationality="VN",
        address=form["address"],
        ward_code=form["ward_code"],
        document_kind=cast("DocumentKind", form["document_kind"]),
        issued_on=_date(form["issued_on"]),
    )


def id_number_fits(id_number: str, born: date, sex: str) -> bool:
    """Tell whether a 12-digit number could be this person's; it has no check digit (K04)."""
    if not re.fullmatch(r"[0-9]{12}", id_number):
        return False
    province, century_and_sex = id_number[:3], int(id_number[3])
    if province not in OLD_PROVINCES and province < FIRST_COUNTRY:
        return False
    year = 1900 + 100 * (century_and_sex // 2) + int(id_number[4:6])
    return year == born.year and (century_and_sex % 2 == 0) == (sex == "MALE")


def age_on(born: date, day: date) -> int:
    """Return somebody's age in whole years."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def _tidy(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _name(form: _Form) -> str | None:
    name = form["full_name"]
    letters = sum(c.isalpha() for c in name)
    fine = letters >= 2 and all(c.isalpha() or c in " '-." for c in name)  # noqa: PLR2004, "Vũ"
    return None if fine and len(name) <= 80 else "NAME_INVALID"  # noqa: PLR2004, as on the form


def _birth(form: _Form) -> str | None:
    if form.born is None or form.born > form.today or form.born.year < 1900:  # noqa: PLR2004
        return "DATE_INVALID"
    return "AGE_UNDER_15" if age_on(form.born, form.today) < form.minimum_age else None


def _sex(form: _Form) -> str | None:
    return None if form["sex"] in ("MALE", "FEMALE") else "SEX_INVALID"


def _id_number(form: _Form) -> str | None:
    # A wrong date of birth is said once, at the date: here only the form of the number counts.
    born, sex, number = form.born, form["sex"], form["id_number"]
    if born is None or _sex(form):
        return None if re.fullmatch(r"[0-9]{12}", number) else "ID_STRUCTURE"
    return None if id_number_fits(number, born, sex) else "ID_STRUCTURE"


def _nationality(form: _Form) -> str | None:
    return None if form["nationality"].lower() in VIETNAMESE else "IN_PERSON_REQUIRED"


def _address(form: _Form) -> str | None:
    return None if 3 <= len(form["address"]) <= 200 else "ADDRESS_INVALID"  # noqa: PLR2004


def _ward(form: _Form) -> str | None:
    return None if re.fullmatch(r"[0-9]{5}", form["ward_code"]) else "WARD_INVALID"


def _document(form: _Form) -> str | None:
    if form["document_kind"] == "PASSPORT":
        return "IN_PERSON_REQUIRED"
    accepted = form["document_kind"] in ("CC", "CCCD_CHIP", "CCCD_NOCHIP")
    return None if accepted else "DOC_UNSUPPORTED"


def _issue(form: _Form) -> str | None:
    issued = _date(form["issued_on"])
    fine = not form["issued_on"] or (issued is not None and issued <= form.today)
    return None if fine else "DATE_INVALID"


CHECKS: Final[dict[str, Callable[[_Form], str | None]]] = {
    "full_name": _name,
    "date_of_birth": _birth,
    "sex": _sex,
    "id_number": _id_number,
    "nationality": _nationality,
    "address": _address,
    "ward_code": _ward,
    "document_kind": _document,
    "issued_on": _issue,
}
