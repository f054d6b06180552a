"""An e-mail address is one address, and nothing else of a mail."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from values.emails import parse_email
from values.errors import BadValue


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("lan@example.vn", "lan@example.vn"),
        (" Lan.Nguyen+sim@Example.VN\n", "Lan.Nguyen+sim@example.vn"),
        ("lan@thử.vn", "lan@xn--th-yct.vn"),
        ("lan@THỬ.VN", "lan@xn--th-yct.vn"),
        ("lan@xn--th-yct.vn", "lan@xn--th-yct.vn"),
        ("ｌａｎ＠ｅｘａｍｐｌｅ．ｖｎ", "lan@example.vn"),
        ("\u202alan@example.vn\u202c", "lan@example.vn"),
        ("o'brien@example.co.uk", "o'brien@example.co.uk"),
    ],
)
def test_an_address_is_kept_in_the_form_that_mail_servers_know(written: str, read: str) -> None:
    assert parse_email(written) == read
    assert parse_email(read) == read


@pytest.mark.parametrize(
    "written",
    [
        "",
        "lan",
        "lan@",
        "@example.vn",
        "lan@example",
        "lan@example..vn",
        "lan@-example.vn",
        "lan@exam_ple.vn",
        "lan@127.0.0.1",
        "lan@[127.0.0.1]",
        "lan@example.vn,nam@example.vn",
        "lan@example.vn;nam@example.vn",
        "lan@example.vn nam@example.vn",
        "lan@nam@example.vn",
        "Lan <lan@example.vn>",
        "lan@example.vn\r\nBcc: all@example.vn",
        "lan\n@example.vn",
        '"lan nguyen"@example.vn',
        ".lan@example.vn",
        "lan..n@example.vn",
        "lán@example.vn",
        "a" * 65 + "@example.vn",
        "lan@" + "a" * 64 + ".vn",
        "lan@" + "a." * 130 + "vn",
        "lan@xn--a.vn",
        "lan@\ud800.vn",
    ],
)
def test_what_is_not_one_address_is_refused(written: str) -> None:
    with pytest.raises(BadValue) as refusal:
        parse_email(written)

    assert refusal.value.code == "EMAIL_INVALID"


@given(st.text(max_size=80) | st.builds("{}@{}.vn".format, st.text(max_size=9), st.text()))
def test_any_text_is_one_ascii_address_on_one_line_or_refused(text: str) -> None:
    try:
        read = parse_email(text)
    except BadValue:
        return
    assert read.isascii()
    assert read.isprintable()
    assert not set(read) & set(' ,;<>"()[]')
    assert parse_email(read) == read
