"""A name has one spelling, whatever keyboard it was typed on."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from values.errors import BadValue
from values.names import parse_name, plain_key
from values.sexes import parse_sex

EDE = unicodedata.normalize("NFC", "Y Ble\u0302\u0306 Niê")
"""ê with a breve has no composed form: the mark stays."""


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("  Nguyễn \t Thị   Mẫu ", "Nguyễn Thị Mẫu"),
        (unicodedata.normalize("NFD", "Nguyễn Thị Mẫu"), "Nguyễn Thị Mẫu"),
        ("Ðỗ Đức", "Đỗ Đức"),  # U+00D0, of Iceland
        ("Ɖỗ ɖức", "Đỗ đức"),  # U+0189, of Togo
        ("H’Hen Niê", "H'Hen Niê"),
        ("HʼHen Niê", "H'Hen Niê"),
        ("H＇Hen Niê", "H'Hen Niê"),
        ("Y-Moan Ênuôl", "Y-Moan Ênuôl"),
        ("Y Ble\u0302\u0306 Niê", EDE),
        ("Byưk", "Byưk"),
        ("Ｌａｎ　Ａｎｈ", "Lan Anh"),
        ("Lan\u200b Anh\u202c", "Lan Anh"),
        ("Le\u200d\u0301", "Lé"),  # an accent behind a mark that cannot be seen
        ("Ksor Ƀê", "Ksor Ƀê"),
    ],
)
def test_a_name_is_kept_in_its_one_spelling(written: str, read: str) -> None:
    assert parse_name(written) == read
    assert parse_name(read) == read


def test_a_letter_without_a_composed_form_keeps_its_mark() -> None:
    assert "\u0306" in parse_name(EDE)


@pytest.mark.parametrize(
    "written",
    [
        "",
        "X",
        "12",
        "Nguyễn Thị 3",
        "Nguyễn <b>Mẫu</b>",
        "Nguyễn_Thị",
        "А Б В",  # Cyrillic
        "王小明",
        "Lan" + "\u0301" * 5,
        "\u0301Lan",
        "'Lan",
        "Lan'",
        "Lan\x00",
        "A " * 60,
        "Lan\ud800",
    ],
)
def test_what_no_document_can_say_is_refused(written: str) -> None:
    with pytest.raises(BadValue) as refusal:
        parse_name(written)

    assert refusal.value.code == "NAME_INVALID"


def test_the_plain_key_of_a_name_is_that_of_the_cards_machine_readable_zone() -> None:
    assert plain_key("Đỗ Thị Hòa") == plain_key("DO THI HOA") == "DO THI HOA"
    assert plain_key(EDE) == "Y BLE NIE"


NEARLY: st.SearchStrategy[str] = st.text(
    alphabet="eEoaĐÐÊ\u0302\u0301\u0306\u200d\u00ad '’-.", max_size=20
)


@given(NEARLY | st.text(max_size=40))
def test_any_text_is_a_name_in_one_spelling_or_refused(text: str) -> None:
    try:
        name = parse_name(text)
    except BadValue:
        return
    assert name == unicodedata.normalize("NFC", name)
    assert parse_name(name) == name
    assert parse_name(unicodedata.normalize("NFD", name)) == name


@pytest.mark.parametrize(
    ("written", "sex"),
    [
        *[(word, "FEMALE") for word in ("F", "female", "Nữ", "NỮ", "nu", " nữ ")],
        *[(word, "MALE") for word in ("M", "MALE", "Nam")],
    ],
)
def test_the_sex_is_read_from_documents_and_from_clients(written: str, sex: str) -> None:
    assert parse_sex(written) == sex
    assert parse_sex(unicodedata.normalize("NFD", written)) == sex


def test_a_word_that_is_no_sex_is_refused() -> None:
    with pytest.raises(BadValue, match="neither"):
        parse_sex("X")
