"""Every fault of the form is told, each with its own code (F3.4, F3.5)."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from events import SimKind
from hold.registrations.domain import (
    MESSAGES_VI,
    Form,
    RegistrationInvalid,
    check,
)

TODAY = date(2026, 11, 2)
GOOD = Form(
    full_name="Nguyễn Thị Mẫu",
    date_of_birth="1999-03-15",
    sex="F",
    id_number="001199012345",
    contact_phone="0905123456",
    email="mau@example.com",
    address="Số 1 Phố Thử",
    ward_code="00004",
)


def faults(sim: SimKind = "ESIM", **typed: Any) -> set[tuple[str, str]]:
    try:
        check(replace(GOOD, **typed), sim, today=TODAY)
    except RegistrationInvalid as refused:
        return {
            (e["field"], e["code"])
            for e in refused.errors
            if e["message_vi"] == MESSAGES_VI[e["code"]]
        }
    return set()


def test_a_good_form_is_kept_in_one_spelling() -> None:
    kept = check(
        replace(
            GOOD,
            full_name="  Nguyễn   Thị Mẫu ",
            sex="Nữ",
            nationality="Việt Nam",
            contact_phone="+84 905.123.456",
            referrer_code="ctv-01",
        ),
        "ESIM",
        today=TODAY,
    )

    assert (kept.full_name, kept.sex, kept.nationality) == ("Nguyễn Thị Mẫu", "FEMALE", "VNM")
    assert (kept.contact_phone, kept.referrer_code) == ("84905123456", "CTV-01")


def test_an_empty_form_is_told_everything_at_once() -> None:
    with pytest.raises(RegistrationInvalid) as refused:
        check(Form(nationality=""), "ESIM", today=TODAY)

    assert {(e["field"], e["code"]) for e in refused.value.errors} == {
        ("full_name", "REQUIRED"),
        ("date_of_birth", "REQUIRED"),
        ("sex", "REQUIRED"),
        ("nationality", "REQUIRED"),
        ("contact_phone", "REQUIRED"),
        ("email", "EMAIL_REQUIRED"),
        ("address", "REQUIRED"),
        ("ward_code", "REQUIRED"),
    }


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ({"full_name": "M"}, "NAME_INVALID"),
        ({"full_name": "Nguyễn Thị 3"}, "NAME_INVALID"),
        ({"full_name": "Nguyễn <b>Mẫu</b>"}, "NAME_INVALID"),
        ({"full_name": "A " * 60}, "NAME_INVALID"),
        ({"date_of_birth": "15/03/1999"}, "DATE_INVALID"),
        ({"date_of_birth": "1999-02-30"}, "DATE_INVALID"),
        ({"date_of_birth": "2027-01-01"}, "DATE_INVALID"),
        ({"date_of_birth": "1900-01-01"}, "DATE_INVALID"),
        ({"date_of_birth": "2011-11-03", "id_number": None}, "AGE_UNDER_15"),
        ({"sex": "X"}, "SEX_INVALID"),
        ({"id_number": "12345678901"}, "ID_NUMBER_INVALID"),
        ({"id_number": "099199012345"}, "ID_NUMBER_INVALID"),
        ({"id_number": "001099012345"}, "ID_NUMBER_MISMATCH"),
        ({"id_number": "001198012345"}, "ID_NUMBER_MISMATCH"),
        ({"id_number": "001399012345"}, "ID_NUMBER_MISMATCH"),
        ({"nationality": "LAO"}, "IN_PERSON_REQUIRED"),
        ({"contact_phone": "02438123456"}, "PHONE_INVALID"),
        ({"contact_phone": "0123456789"}, "PHONE_INVALID"),
        ({"contact_phone": "+1 202 555 0100"}, "PHONE_INVALID"),
        ({"email": "mau@"}, "EMAIL_INVALID"),
        ({"email": "mau@example.com, b@example.com"}, "EMAIL_INVALID"),
        ({"address": "ab"}, "ADDRESS_INVALID"),
        ({"ward_code": "1234"}, "WARD_INVALID"),
        ({"ward_code": "99999"}, "WARD_INVALID"),
        ({"address": "Số 1 \x07 Phố Thử"}, "ADDRESS_INVALID"),
        ({"contact_phone": "0123 456 789"}, "PHONE_INVALID"),
        ({"email": "a@b@example.com"}, "EMAIL_INVALID"),
        ({"referrer_code": "a b!"}, "REFERRER_INVALID"),
    ],
)
def test_one_fault_is_told_as_one_fault(typed: dict[str, Any], code: str) -> None:
    field = "date_of_birth" if "date_of_birth" in typed else next(iter(typed))

    assert (field, code) in faults(**typed)
    others = {f for f, c in faults(**typed) if c != code}
    assert others <= {"id_number"}  # a wrong birthday does not fit a right number


@pytest.mark.parametrize("name", ["Nguyễn Thị Mẫu", "H'Hen Niê", "Y-Moan Ênuôl", "Lê Đỗ Ý Nhi"])
def test_names_of_the_whole_country_are_accepted(name: str) -> None:
    assert faults(full_name=name) == set()


def test_an_esim_needs_an_email_and_a_card_does_not() -> None:
    """G09."""
    assert faults("ESIM", email=None) == {("email", "EMAIL_REQUIRED")}
    assert faults("PHYSICAL", email=None) == set()


def test_the_personal_number_may_be_left_out_and_may_be_of_somebody_born_abroad() -> None:
    assert faults(id_number=None) == set()
    assert faults(id_number="101199012345") == set()


def test_a_birthday_counts_on_its_day() -> None:
    assert faults(date_of_birth="2011-11-02", id_number=None) == set()
    assert faults(date_of_birth="2011-11-03", id_number=None) == {("date_of_birth", "AGE_UNDER_15")}


@pytest.mark.parametrize(
    "typed",
    [
        {"contact_phone": "\u202a+84\xa0905 123 456\u202c"},
        {"contact_phone": "０９０５１２３４５６"},
        {"contact_phone": "0084 905-123-456"},
        {"id_number": "００１１９９０１２３４５"},
        {"ward_code": "٠٠٠٠٤"},
        {"sex": "nữ"},
        {"nationality": "Việt Nam"},
        {"full_name": "H’Hen Niê"},
        {"full_name": "\u00d0ỗ Thị Mẫu"},
        {"email": "mau@bücher.vn"},
        {"address": "Số 1\nPhố Thử"},
    ],
)
def test_what_any_service_reads_is_read_here(typed: dict[str, Any]) -> None:
    assert faults(**typed) == set()
