"""docs/glossary.md: each word of the machinery once, where the alphabet has it."""

from pathlib import Path
from typing import Final

GLOSSARY: Final = Path(__file__).parents[2] / "docs/glossary.md"


def test_each_word_of_the_machinery_has_one_row_in_alphabetical_order() -> None:
    table = GLOSSARY.read_text("utf-8").partition("## Words of the machinery")[2]
    words = [line.split("|")[1].strip() for line in table.splitlines() if line.startswith("| ")]

    assert words[0] == "word"
    assert words[1:] == sorted({word.lower() for word in words[1:]})
