"""The declaration of a customer (F5a.4, F5b.3), checked field by field.

What a word means is decided in `values`; here is only what a declaration asks of it.
"""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final, Literal, TypeVar, cast, get_args

from kit.errors import Invalid
from values.dates import age_on, parse_date
from values.errors import BadValue
from values.id_numbers import check_owner, parse_id_number
from values.labels import parse_label
from values.names import parse_name
from values.nationalities import VIETNAM, parse_nationality
from values.sexes import Sex, parse_sex
from values.wards import parse_ward

T = TypeVar("T")

DocumentKind = Literal["CC", "CCCD_CHIP", "CCCD_NOCHIP"]
SHORTEST_ADDRESS: Final = 3
LONGEST_ADDRESS: Final = 200

MESSAGES: Final = {
    "NAME_INVALID": "Nhập họ và tên đúng như trên giấy tờ.",
    "DATE_INVALID": "Ngày không hợp lệ.",
    "AGE_UNDER_15": "Khách hàng dưới 15 tuổi cần đến cửa hàng cùng người giám hộ.",
    "SEX_INVALID": "Chọn giới tính như trên giấy tờ.",
    "ID_STRUCTURE": "Số giấy tờ không khớp với ngày sinh hoặc giới tính.",
    "NATIONALITY_INVALID": "Chọn quốc tịch.",
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


class _Wrong(ValueError):
    """A field is readable, and still not what a declaration may say."""


@dataclass(frozen=True)
class _Form:
    """A field as it was typed, with what the law asks for today."""

    typed: Mapping[str, str | None]
    today: date
    minimum_age: int
    born: date | None = field(init=False)
    sex: Sex | None = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "born", _or_none(parse_date, self["date_of_birth"]))
        object.__setattr__(self, "sex", _or_none(parse_sex, self["sex"]))

    def __getitem__(self, name: str) -> str:
        return self.typed.get(name) or ""


def read_declaration(
    typed: Mapping[str, str | None], *, today: date, minimum_age: int
) -> Declaration:
    """Read what was typed, or say of every field what is wrong with it."""
    form = _Form(typed, today, minimum_age)
    read: dict[str, Any] = {}
    errors = []
    for name, (parse, wrong) in READERS.items():
        try:
            read[name] = parse(form)
        except (BadValue, _Wrong) as error:
            code = str(error) if isinstance(error, _Wrong) else wrong
            errors.append(
                {"field": name, "code": code, "reason_code": code, "message": MESSAGES[code]}
            )
    if errors:
        raise DeclarationWrong(tuple(errors))
    return Declaration(**read)


def _or_none(parse: Callable[[str], T], text: str) -> T | None:
    with suppress(BadValue):
        return parse(text)
    return None


def _birth(form: _Form) -> date:
    born = parse_date(form["date_of_birth"])
    if born > form.today:
        raise _Wrong("DATE_INVALID")
    if age_on(form.today, born) < form.minimum_age:
        raise _Wrong("AGE_UNDER_15")
    return born


def _id_number(form: _Form) -> str:
    # A wrong date of birth is said once, at the date: here only what can be read counts (K04).
    number = parse_id_number(form["id_number"])
    check_owner(number, born=form.born, sex=form.sex)
    return number


def _nationality(form: _Form) -> str:
    nationality = parse_nationality(form["nationality"])
    if nationality != VIETNAM:
        raise _Wrong("IN_PERSON_REQUIRED")
    return nationality


def _address(form: _Form) -> str:
    address = parse_label(form["address"], longest=LONGEST_ADDRESS)
    if len(address) < SHORTEST_ADDRESS:
        raise _Wrong("ADDRESS_INVALID")
    return address


def _document(form: _Form) -> DocumentKind:
    kind = form["document_kind"].strip()
    if kind == "PASSPORT":
        raise _Wrong("IN_PERSON_REQUIRED")
    if kind not in get_args(DocumentKind):
        raise _Wrong("DOC_UNSUPPORTED")
    return cast("DocumentKind", kind)


def _issue(form: _Form) -> date | None:
    if not form["issued_on"].strip():
        return None
    issued = parse_date(form["issued_on"])
    if issued > form.today or (form.born and issued < form.born):
        raise _Wrong("DATE_INVALID")
    return issued


READERS: Final[dict[str, tuple[Callable[[_Form], object], str]]] = {
    "full_name": (lambda form: parse_name(form["full_name"]), "NAME_INVALID"),
    "date_of_birth": (_birth, "DATE_INVALID"),
    "sex": (lambda form: parse_sex(form["sex"]), "SEX_INVALID"),
    "id_number": (_id_number, "ID_STRUCTURE"),
    "nationality": (_nationality, "NATIONALITY_INVALID"),
    "address": (_address, "ADDRESS_INVALID"),
    "ward_code": (lambda form: parse_ward(form["ward_code"]), "WARD_INVALID"),
    "document_kind": (_document, "DOC_UNSUPPORTED"),
    "issued_on": (_issue, "DATE_INVALID"),
}
"""The reader of each field, and the message where it fails."""
