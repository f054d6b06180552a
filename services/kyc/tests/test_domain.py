"""The rules of a declaration, of an answer and of a session, without a database in sight."""

from datetime import UTC, date, datetime

import pytest

from events.facts.kyc import FieldMatch
from events.ids import uuid7
from kit.db import Database
from kit.testing import assert_migrated
from kyc.declarations.domain import (
    DeclarationWrong,
    read_declaration,
)
from kyc.reasons.domain import REASONS, repeat_for
from kyc.sessions.domain import Session
from kyc.sessions.states import NEXT, SessionMoved, Status
from kyc.tables import metadata
from kyc.verdicts.domain import Answer, Outcome, Result, judge, known_codes

TODAY = date(2026, 11, 2)
NOON = datetime(2026, 11, 2, 5, 0, tzinfo=UTC)
FORM = {
    "full_name": "Nguyễn Thị Mẫu",
    "date_of_birth": "1999-03-15",
    "sex": "FEMALE",
    "id_number": "001199012345",
    "nationality": "VNM",
    "address": "Số 1 Phố Thử",
    "ward_code": "00004",
    "document_kind": "CC",
}


def wrong(**other: str) -> dict[str, str]:
    try:
        read_declaration(FORM | other, today=TODAY, minimum_age=15)
    except DeclarationWrong as error:
        return {e["field"]: e["reason_code"] for e in error.errors}
    return {}


@pytest.mark.parametrize(
    ("id_number", "born", "sex", "fits"),
    [
        ("001199012345", "1999-03-15", "FEMALE", True),
        ("001099012345", "1999-03-15", "MALE", True),
        ("096205000001", "2005-01-01", "MALE", True),
        ("120199012345", "1999-03-15", "FEMALE", True),
        ("003199012345", "1999-03-15", "FEMALE", False),
        ("001199012345", "1998-03-15", "FEMALE", False),
        ("001199012345", "1999-03-15", "MALE", False),
        ("00119901234", "1999-03-15", "FEMALE", False),
    ],
)
def test_a_number_fits_place_century_sex_and_year(
    id_number: str,
    born: str,
    sex: str,
    fits: bool,  # noqa: FBT001, a case of the table
) -> None:
    """K04: as `values` reads it."""
    contradictions = wrong(id_number=id_number, date_of_birth=born, sex=sex)

    assert contradictions == ({} if fits else {"id_number": "ID_STRUCTURE"})


def test_what_people_type_and_paste_is_read_as_every_service_reads_it() -> None:
    """F5a.4: digits of another keyboard, Nam and Nữ, Ð for Đ, an apostrophe that is none."""
    typed = FORM | {
        "full_name": "  H\u2019Hen   Ni\u00ea \u00d0a\u030fm ",
        "id_number": "\uff10\uff10\uff11 199 012345",
        "sex": "N\u1eef",
        "nationality": "Vi\u1ec7t Nam",
        "address": "S\u1ed1 1\tPh\u1ed1 Th\u1eed\u200b",
        "issued_on": " 2021-05-05 ",
    }

    read = read_declaration(typed, today=TODAY, minimum_age=15)

    assert (read.full_name, read.id_number) == ("H'Hen Niê \u0110ȁm", "001199012345")
    assert (read.sex, read.nationality, read.address) == ("FEMALE", "VNM", "Số 1 Phố Thử")
    assert read.issued_on == date(2021, 5, 5)


@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        ("CC", None),
        ("CCCD_CHIP", None),
        ("CCCD_NOCHIP", None),
        ("CMND", "DOC_UNSUPPORTED"),
        ("VNEID", "DOC_UNSUPPORTED"),
        ("PASSPORT", "IN_PERSON_REQUIRED"),
    ],
)
def test_only_the_documents_of_today_are_taken_online(kind: str, reason: str | None) -> None:
    """G03, LAW04, LAW07."""
    assert wrong(document_kind=kind).get("document_kind") == reason


@pytest.mark.parametrize(
    ("field", "value", "reason"),
    [
        ("full_name", "X", "NAME_INVALID"),
        ("full_name", "R2D2", "NAME_INVALID"),
        ("date_of_birth", "15/03/1999", "DATE_INVALID"),
        ("date_of_birth", "2027-01-01", "DATE_INVALID"),
        ("sex", "X", "SEX_INVALID"),
        ("nationality", "FRA", "IN_PERSON_REQUIRED"),
        ("nationality", "FR", "NATIONALITY_INVALID"),
        ("full_name", "Nguyễn\u202eThị\0", "NAME_INVALID"),
        ("address", "Số 1\0", "ADDRESS_INVALID"),
        ("ward_code", "99999", "WARD_INVALID"),
        ("issued_on", "1999-03-14", "DATE_INVALID"),
        ("ward_code", "4", "WARD_INVALID"),
        ("issued_on", "2027-01-01", "DATE_INVALID"),
        ("issued_on", "soon", "DATE_INVALID"),
    ],
)
def test_each_field_has_its_own_no(field: str, value: str, reason: str) -> None:
    assert wrong(**{field: value})[field] == reason


@pytest.mark.parametrize(
    ("born", "number", "reason"),
    [("2011-11-02", "001311012345", None), ("2011-11-03", "001311012345", "AGE_UNDER_15")],
)
def test_fifteen_is_old_enough_to_the_day(born: str, number: str, reason: str | None) -> None:
    """LAW13."""
    assert wrong(date_of_birth=born, id_number=number).get("date_of_birth") == reason


def test_a_name_is_tidied_and_composed() -> None:
    decomposed = "  Nguye\u0302\u0303n   Thi\u0323  Ma\u0302\u0303u "

    declaration = read_declaration(FORM | {"full_name": decomposed}, today=TODAY, minimum_age=15)

    assert declaration.full_name == "Nguyễn Thị Mẫu"


@pytest.mark.parametrize(
    ("result", "fields", "alive", "reasons", "outcome"),
    [
        ("VALID", ("PASS", "PASS", "PASS", "PASS"), True, (), Outcome.PASSED),
        ("REVIEW", ("PASS", "PASS", "PASS", "REVIEW"), True, (), Outcome.PASSED),
        ("REVIEW", ("PASS", "PASS", "PASS", "REVIEW"), False, (), Outcome.REVIEW),
        ("REVIEW", ("PASS", "REVIEW", "PASS", "PASS"), True, (), Outcome.REVIEW),
        ("REVIEW", ("PASS", "PASS", "PASS", "PASS"), True, (), Outcome.REVIEW),
        ("VALID", ("PASS", "PASS", "PASS", "FAIL"), True, (), Outcome.REVIEW),
        ("VALID", ("PASS", "FAIL", "PASS", "PASS"), True, (), Outcome.REVIEW),
        ("REVIEW", ("UNAVAILABLE",) * 4, True, (), Outcome.LATER),
        ("VALID", ("PASS", "PASS", "PASS", "UNAVAILABLE"), True, (), Outcome.LATER),
        ("INVALID", ("FAIL", "PASS", "PASS", "PASS"), True, ("DOC_BLUR",), Outcome.FAILED),
        ("INVALID", ("UNAVAILABLE",) * 4, True, ("DOC_BLUR",), Outcome.FAILED),
        ("INVALID", ("PASS",) * 4, True, ("FRAUD_SUSPECTED",), Outcome.REVIEW),
    ],
)
def test_only_a_whole_yes_passes_and_only_a_doubtful_face_is_left_to_the_call(
    result: Result,
    fields: tuple[FieldMatch, FieldMatch, FieldMatch, FieldMatch],
    alive: bool,  # noqa: FBT001, a case of the table
    reasons: tuple[str, ...],
    outcome: Outcome,
) -> None:
    """F5a.7, F5b.6, LAW08: there is never a silent yes."""
    answer = Answer(result, *fields, alive=alive, reason_codes=reasons)

    assert judge(answer) is outcome


def test_a_code_nobody_knows_becomes_one_we_have_words_for() -> None:
    assert known_codes(["DOC_BLUR", "Nguyễn Thị Mẫu", "FORM_MISMATCH:full_name"]) == (
        "DOC_BLUR",
        "EKYC_OTHER",
        "FORM_MISMATCH:full_name",
    )
    assert known_codes([]) == ("EKYC_OTHER",)


def test_the_earliest_step_at_fault_is_the_one_to_repeat() -> None:
    assert repeat_for(["DOC_BLUR"]) == "PHOTO"
    assert repeat_for(["DOC_BLUR", "FORM_MISMATCH:sex"]) == "EDIT"
    assert repeat_for(["FORM_MISMATCH:sex", "AGE_UNDER_15"]) == "STORE"
    assert all(reason.text_vi and reason.text_en for reason in REASONS.values())


@pytest.mark.parametrize("start", Status)
def test_a_session_closes_from_everywhere_and_never_opens_again(start: Status) -> None:
    session = Session(hold_id=uuid7(), status=start, opened_at=NOON)

    session.close()

    assert session.status is Status.CLOSED
    assert NEXT[Status.CLOSED] == set()
    with pytest.raises(SessionMoved):
        session.take_picture()


@pytest.mark.parametrize("start", [s for s in Status if Status.KYC_PASSED not in NEXT[s]])
def test_nothing_passes_that_is_not_being_checked(start: Status) -> None:
    session = Session(hold_id=uuid7(), status=start, opened_at=NOON)
    fields: dict[str, FieldMatch] = {
        "id_number": "PASS",
        "full_name": "PASS",
        "date_of_birth": "PASS",
        "face": "PASS",
    }

    with pytest.raises(SessionMoved):
        session.pass_check(fields, call_always=True, now=NOON)

    assert session.status is start


async def test_the_migrations_make_the_tables_of_the_code(db: Database) -> None:
    await assert_migrated("kyc", metadata, db)


def test_a_face_that_fits_is_no_pass_where_nobody_living_was_seen() -> None:
    """K09, LAW05: nobody states a comparison that proves nothing."""
    photo = Answer("REVIEW", "PASS", "PASS", "PASS", "PASS", alive=False)

    assert photo.fields["face"] == "REVIEW"
    assert judge(photo) is Outcome.REVIEW
