"""mobi eKYC decides from what is printed on the pictures (F5a.7, F5b.6; K01 to K14)."""

from typing import Any

import pytest
from simulators.tests.mobi_ekyc import ID, PERSON, request, verify

from simulators.ekyc.names import Likeness, compare
from simulators.specimens import anything, card, portrait
from simulators.testing import Outside


async def test_a_true_customer_is_valid_in_every_field(outside: Outside) -> None:
    verdict = await verify(outside, request())

    assert verdict["result"] == "VALID"
    assert verdict["fields"] == dict.fromkeys(
        ("id_number", "full_name", "date_of_birth", "face"), "PASS"
    )
    assert (verdict["liveness"], verdict["reasons"]) == ("PASS", [])
    assert verdict["captured"]["full_name"] == "Nguyễn Thị Mẫu"


@pytest.mark.parametrize(
    ("changes", "reason", "result"),
    [
        ({"front": card(PERSON, blur=True)}, "DOC_BLUR", "INVALID"),
        ({"back": card(PERSON, "BACK", glare=True)}, "DOC_GLARE", "INVALID"),
        ({"front": card(PERSON, cropped=True)}, "DOC_CROPPED", "INVALID"),
        ({"front": card(PERSON, copied=True)}, "DOC_NOT_ORIGINAL", "INVALID"),
        ({"front": card(PERSON, tampered=True)}, "DOC_TAMPERED", "INVALID"),
        ({"front": card(PERSON, "BACK")}, "DOC_WRONG_SIDE", "INVALID"),
        ({"front": anything("con meo")}, "DOC_UNSUPPORTED", "INVALID"),
        ({"document_kind": "CMND"}, "DOC_UNSUPPORTED", "INVALID"),
        ({"front": card(PERSON | {"expires_on": "2020-01-01"})}, "DOC_EXPIRED", "INVALID"),
        (
            {"back": card(PERSON | {"full_name": "Trần Văn Khác"}, "BACK")},
            "DOC_INCONSISTENT:full_name",
            "INVALID",
        ),
        ({"face": anything("con meo")}, "FACE_NONE", "INVALID"),
        ({"face": portrait("001199000000")}, "FACE_MISMATCH", "INVALID"),
        ({"face": portrait(ID, similarity=0.5)}, "FACE_MISMATCH", "INVALID"),
        ({"face": portrait(ID, similarity=0.7)}, "FACE_MISMATCH", "REVIEW"),
        ({"face": portrait(ID, live=False)}, "LIVENESS_FAILED", "INVALID"),
        (
            {"declared": PERSON | {"full_name": "Trần Thị Khác"}},
            "FORM_MISMATCH:full_name",
            "INVALID",
        ),
        (
            {"declared": PERSON | {"full_name": "nguyen thi mau"}},
            "FORM_MISMATCH:full_name",
            "REVIEW",
        ),
        (
            {"declared": PERSON | {"date_of_birth": "1999-03-16"}},
            "FORM_MISMATCH:date_of_birth",
            "INVALID",
        ),
        (
            {"declared": PERSON | {"id_number": "001199012346"}},
            "FORM_MISMATCH:id_number",
            "INVALID",
        ),
        ({"declared": PERSON | {"sex": "Nam"}}, "FORM_MISMATCH:sex", "INVALID"),
    ],
)
async def test_what_is_wrong_is_named(
    outside: Outside, changes: dict[str, Any], reason: str, result: str
) -> None:
    verdict = await verify(outside, request(**changes))

    assert (verdict["result"], verdict["reasons"]) == (result, [reason])


@pytest.mark.parametrize(
    "false",
    [
        {"sex": "M"},
        {"date_of_birth": "1998-03-15"},
        {"date_of_birth": "2099-03-15"},
        {"id_number": "00119901234"},
        {"id_number": "00119901234x"},
    ],
)
async def test_an_id_number_must_fit_its_holder(outside: Outside, false: dict[str, str]) -> None:
    liar = PERSON | false

    verdict = await verify(
        outside, request(card(liar), card(liar, "BACK"), portrait(liar["id_number"]), declared=liar)
    )

    assert verdict["reasons"][0] == "ID_STRUCTURE"
    assert verdict["fields"]["id_number"] == "FAIL"


async def test_the_young_are_sent_to_a_store(outside: Outside) -> None:
    child = PERSON | {"id_number": "001320012345", "date_of_birth": "2020-01-01"}

    verdict = await verify(
        outside,
        request(
            card(child), card(child, "BACK"), portrait(str(child["id_number"])), declared=child
        ),
    )

    assert verdict["reasons"] == ["AGE_UNDER_15"]


async def test_the_field_that_fails_is_marked(outside: Outside) -> None:
    declared = PERSON | {"full_name": "Trần Thị Khác"}

    verdict = await verify(outside, request(face=portrait(ID, live=False), declared=declared))

    assert verdict["fields"] == {
        "id_number": "PASS",
        "full_name": "FAIL",
        "date_of_birth": "PASS",
        "face": "FAIL",
    }
    assert verdict["liveness"] == "FAIL"


async def test_the_registry_knows_better_than_the_card(outside: Outside) -> None:
    await outside.http.post(
        "/ekyc/v1/registry",
        json=PERSON | {"full_name": "Lê Thị Thật"},
    )

    verdict = await verify(outside, request())

    assert (verdict["result"], verdict["reasons"]) == ("INVALID", ["DB_MISMATCH:full_name"])


async def test_who_is_unknown_is_registered_as_printed(outside: Outside) -> None:
    await verify(outside, request())
    other = PERSON | {"full_name": "Lê Thị Khác"}

    verdict = await verify(
        outside,
        request(card(other), card(other, "BACK"), declared=other, request_id="request-2"),
        "key-2",
    )

    assert verdict["reasons"] == ["DB_MISMATCH:full_name"]


async def test_a_suspect_is_looked_at_by_a_person(outside: Outside) -> None:
    await outside.http.post("/ekyc/v1/registry", json=PERSON | {"is_suspect": True})

    verdict = await verify(outside, request())

    assert (verdict["result"], verdict["reasons"]) == ("REVIEW", ["FRAUD_SUSPECTED"])


async def test_a_registry_that_is_down_is_nobodys_fault_and_the_same_request_works_later(
    outside: Outside,
) -> None:
    await outside.fault("ekyc", "registry_down", times=1)

    first, second = await verify(outside, request()), await verify(outside, request())

    assert (first["result"], first["reasons"]) == ("REVIEW", ["DB_UNAVAILABLE"])
    assert set(first["fields"].values()) == {"UNAVAILABLE"}
    assert second["result"] == "VALID"


@pytest.mark.parametrize(
    ("one", "other", "likeness"),
    [
        ("NGUYỄN THỊ HÒA", "nguyễn  thị hoà", Likeness.SAME),
        ("Trần Thúy", "Trần Thuý", Likeness.SAME),
        ("H\u2019Hen Niê", "H'Hen Niê", Likeness.SAME),
        ("\u00d0ỗ Thị Mẫu", "Đỗ Thị Mẫu", Likeness.SAME),
        ("Đỗ Văn Đức", "Do Van Duc", Likeness.WITHOUT_ACCENTS),
        ("Nguyễn Hoà", "Nguyễn Hoá", Likeness.WITHOUT_ACCENTS),
        ("Nguyễn Hoà", "Nguyễn Hoa Mai", Likeness.DIFFERENT),
    ],
)
def test_names_are_read_as_people_read_them(one: str, other: str, likeness: Likeness) -> None:
    assert compare(one, other) is likeness
