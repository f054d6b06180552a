"""Free text prints as it reads; a password is the same on every keyboard."""

import unicodedata
from typing import Annotated

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, Field, TypeAdapter, ValidationError

from values.errors import BadValue
from values.labels import Label, parse_label
from values.nationalities import Nationality, parse_nationality
from values.passwords import normal_password


class Note(BaseModel):
    text: Annotated[Label, Field(max_length=10)]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (" Số 1\nPhố Thử\t ", "Số 1 Phố Thử"),
        ("Giao \u202egnás\u202c", "Giao gnás"),
        ("gọi\u200b trước\ufeff", "gọi trước"),
        (unicodedata.normalize("NFD", "Nguyễn"), "Nguyễn"),
        ("🙂 tầng 2", "🙂 tầng 2"),
    ],
)
def test_a_label_prints_as_it_reads(written: str, read: str) -> None:
    assert parse_label(written) == read


@pytest.mark.parametrize("written", ["", "  ", "\u200b", "a\x00b", "a\x1bb", "a\ud800", "a" * 301])
def test_what_cannot_be_printed_is_refused(written: str) -> None:
    with pytest.raises(BadValue) as refusal:
        parse_label(written)
    assert refusal.value.code == "TEXT_INVALID"


def test_a_field_may_be_shorter_and_says_so() -> None:
    assert Note(text=" 1234567890 \n").text == "1234567890"
    with pytest.raises(ValidationError):
        Note(text="12345678901")
    assert Note.model_json_schema()["properties"]["text"]["maxLength"] == 10


@given(st.text(max_size=400) | st.text(alphabet="eo\u0301\u0302\u200d\u00ad \n", max_size=20))
def test_any_text_is_one_printable_line_or_refused(text: str) -> None:
    try:
        line = parse_label(text)
    except BadValue:
        return
    assert not any(unicodedata.category(c) in ("Cc", "Cf", "Cs") for c in line)
    assert 0 < len(line) <= 300
    assert line == unicodedata.normalize("NFC", line)
    assert parse_label(line) == line
    assert TypeAdapter(Label).validate_python(line) == line


@given(st.text(min_size=1, max_size=60))
def test_the_same_password_from_another_keyboard_is_the_same(text: str) -> None:
    try:
        normal = normal_password(text)
    except BadValue:
        return
    assert normal_password(unicodedata.normalize("NFD", text)) == normal
    assert normal_password(normal) == normal


def test_a_password_keeps_case_spaces_at_its_ends_and_width() -> None:
    assert normal_password(" Mật\u00a0khẩu １ ") == unicodedata.normalize("NFC", " Mật khẩu １ ")
    for unlike in ("a\x00", "a\t", "a\ud800"):
        with pytest.raises(BadValue) as refusal:
            normal_password(unlike)
        assert refusal.value.code == "PASSWORD_INVALID"


@pytest.mark.parametrize("written", ["VN", "vnm", "Việt Nam", "VIETNAM", "Viet Nam"])
def test_viet_nam_is_known_by_its_names(written: str) -> None:
    assert parse_nationality(written) == "VNM"
    assert TypeAdapter(Nationality).validate_python(written) == "VNM"


def test_other_nationalities_have_three_letters() -> None:
    assert parse_nationality("kor") == "KOR"
    for unlike in ("", "1", "Korea", "K"):
        with pytest.raises(BadValue) as refusal:
            parse_nationality(unlike)
        assert refusal.value.code == "NATIONALITY_INVALID"
