"""The little language of masks."""

import pytest

from catalog.masks.domain import Mask, MaskInvalid


@pytest.mark.parametrize(
    ("typed", "pattern", "from_the_end"),
    [
        ("*1990", "%1990", True),
        ("0931*", "0931%", False),
        ("0931*68", "0931%68", False),
        ("09*1990", "09%1990", True),
        ("1990", "%1990%", False),
        ("0931.266.868", "0931266868", False),
        ("+84931266868", "0931266868", False),
        ("??????1990", "______1990", True),
        ("09XX??1990", "09____1990", True),
        ("*6?8?", "%6_8_", False),
        ("6x8", "%6_8%", False),
        ("**68**", "%68%", False),
        ("+84931*", "0931%", False),
        ("84 931*68", "0931%68", False),
        ("0084931*", "0931%", False),
        ("+84?????1990", "0_____1990", True),
        ("８４９３１２６６８６８", "0931266868", False),
        ("＊１９９０", "%1990", True),
        ("09\u200b31？？*", "0931__%", False),
        ("84", "%84%", False),
        ("*84", "%84", True),
    ],
)
def test_a_mask_becomes_a_pattern(typed: str, pattern: str, *, from_the_end: bool) -> None:
    mask = Mask.read(typed)

    assert mask.pattern == pattern
    assert mask.ends_clearer is from_the_end
    assert mask.backwards == pattern[::-1]


@pytest.mark.parametrize(
    "typed", ["", "*", "1*", "?", "abc", "68%", "68_", "09312668680", "68'", "6⑧", "+85931*", "84*"]
)
def test_what_is_not_a_mask_is_refused(typed: str) -> None:
    with pytest.raises(MaskInvalid):
        Mask.read(typed)


@pytest.mark.parametrize(
    ("typed", "pair"),
    [("*68", "68"), ("*8?68", "68"), ("????????68", "68"), ("*868", None), ("09*68", None)],
)
def test_the_last_two_digits_alone_have_an_index_of_their_own(typed: str, pair: str | None) -> None:
    assert Mask.read(typed).pair == pair
