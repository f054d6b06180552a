"""A value that one service takes is taken by the next, and both keep the same (decision 0011).

A service that reads a phone, a name or a code in a way of its own is found here, at its own door.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, TypeAdapter, ValidationError

from activation.dossiers.api import Serial
from hold.partners.api import HoldNumber
from hold.registrations.domain import Form, RegistrationInvalid, check
from identity.accounts.api import Register, UpdateMe
from identity.challenges.api import Answer, StartChallenge
from identity.codes.domain import EnterCode
from identity.logins.api import LogIn
from identity.resets.api import ForgetPassword
from kyc.declarations.domain import DeclarationWrong, read_declaration
from notification.messages.api import Contacts
from order.placing.api import PlaceOrder
from shipping.channels.api import Packed
from shipping.counters.api import HandOver
from shipping.deliveries.api import AtHome
from shipping.shipments.api import Pack

TODAY: Final = date(2026, 11, 22)
PERSON: Final = {
    "full_name": "Nguyễn Thị Mẫu",
    "date_of_birth": "1999-03-15",
    "sex": "FEMALE",
    "id_number": "001199012345",
    "nationality": "VNM",
    "address": "Số 1 Phố Thử",
    "ward_code": "00004",
}
Door = Callable[[str], Any]


def model(kind: type[BaseModel], name: str) -> Door:
    """Knock where a model of a route is read."""
    reader: TypeAdapter[Any] = TypeAdapter(kind.model_fields[name].rebuild_annotation())

    def read(text: str) -> Any:
        try:
            return reader.validate_python(text)
        except ValidationError:
            return None

    return read


def registration(name: str) -> Door:
    """Knock where hold reads the form of a slip (F3.3)."""
    whole = Form(**PERSON, contact_phone="84931266868", email="lan@example.vn")

    def read(text: str) -> Any:
        try:
            return getattr(check(replace(whole, **{name: text}), "ESIM", today=TODAY), name)
        except RegistrationInvalid:
            return None

    return read


def declaration(name: str) -> Door:
    """Knock where kyc reads what a customer declares (F5a.4)."""
    typed = PERSON | {"document_kind": "CC"}

    def read(text: str) -> Any:
        try:
            declaration_read = read_declaration(typed | {name: text}, today=TODAY, minimum_age=15)
        except DeclarationWrong:
            return None
        return declaration_read.as_json()[name]

    return read


DOORS: Final[dict[str, list[Door]]] = {
    "phone": [
        registration("contact_phone"),
        *(model(kind, "phone") for kind in (Register, ForgetPassword, StartChallenge, LogIn)),
        model(AtHome, "phone"),
        model(HoldNumber, "customer_phone"),
    ],
    "email": [
        registration("email"),
        *(model(kind, "email") for kind in (UpdateMe, Contacts, PlaceOrder)),
    ],
    "name": [
        registration("full_name"),
        declaration("full_name"),
        *(model(kind, "full_name") for kind in (Register, UpdateMe)),
    ],
    "id number": [registration("id_number"), declaration("id_number")],
    "sex": [registration("sex"), declaration("sex")],
    "date": [registration("date_of_birth"), declaration("date_of_birth")],
    "nationality": [registration("nationality"), declaration("nationality")],
    "ward": [
        registration("ward_code"),
        declaration("ward_code"),
        *(model(kind, "ward_code") for kind in (AtHome, PlaceOrder)),
    ],
    "serial": [model(kind, "sim_serial") for kind in (Serial, Pack, Packed, HandOver)],
    "code": [model(kind, "code") for kind in (EnterCode, Answer)],
}
WRITTEN: Final[dict[str, dict[str, str | None]]] = {
    "phone": {
        "+84 (0) 931-266.868": "84931266868",
        "\u202a0084 931\u00a0266 868\u202c": "84931266868",
        "０９３１２６６８６８": "84931266868",
        "0951234567": None,
        "0931 CALL ME": None,
    },
    "email": {
        " Lan@THỬ.vn ": "Lan@xn--th-yct.vn",
        "a@b.vn,c@d.vn": None,
        "a@b.vn\r\nBcc: c@d.vn": None,
    },
    "name": {
        "Ðỗ  Thị Mẫu": "Đỗ Thị Mẫu",
        "H’Hen Niê": "H'Hen Niê",
        "Y Ble\u0302\u0306 Niê": "Y Blê\u0306 Niê",
        "Byưk": "Byưk",
        "Nguyễn Thị 3": None,
    },
    "id number": {"001 199 012 345": "001199012345", "００１１９９０１２３４５": "001199012345"}
    | dict.fromkeys(("003199012345", "001099012345", "00119901234")),
    "sex": {"Nữ": "FEMALE", "nu": "FEMALE", "F": "FEMALE", "X": None},
    "date": {" 1999-03-15 ": "1999-03-15", "１９９９-０３-１５": "1999-03-15"}
    | dict.fromkeys(("19990315", "1999-03-15T00:00:00", "0001-01-01", "15/03/1999")),
    "nationality": {"Việt Nam": "VNM", "vn": "VNM", "KOR": None},
    "ward": {"００００４": "00004", "99999": None, "4": None},
    "serial": {
        "8984 0123 4567 8901 234": "8984012345678901234",
        "8984012345678901235": None,
        "123": None,
    },
    "code": {"１２３４５６": "123456", "123 456": "123456", "①23456": None, "12345": None},
}


@pytest.mark.parametrize(
    ("noun", "text", "kept"),
    [(noun, text, kept) for noun, texts in WRITTEN.items() for text, kept in texts.items()],
)
def test_every_door_reads_it_alike(noun: str, text: str, kept: str | None) -> None:
    assert [door(text) for door in DOORS[noun]] == [kept] * len(DOORS[noun])


@given(st.sampled_from(sorted(DOORS)), st.data())
def test_no_door_takes_what_another_refuses(noun: str, data: st.DataObject) -> None:
    right = sorted(text for text in WRITTEN[noun] if WRITTEN[noun][text])
    text = data.draw(st.sampled_from(right))
    at = data.draw(st.integers(0, len(text)))
    odd = data.draw(st.text(alphabet="0٣９Ａa'.-+ \u200b\u0301\u00a0Đ", min_size=1, max_size=2))

    kept = {str(door(text[:at] + odd + text[at:])) for door in DOORS[noun]}

    assert len(kept) == 1
