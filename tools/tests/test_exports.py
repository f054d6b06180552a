"""A new event is exported by `make schemas`, not by hand."""

from tools.exports import with_exports

SOURCE = '''"""The events."""

from events.facts.hold import (
    HoldCreated,
)

__all__ = [
    "HoldCreated",
]
'''


def test_a_new_event_gets_its_import_and_its_place_in_all() -> None:
    text = with_exports(SOURCE, {"hold": {"HoldCreated", "HoldMoved"}})

    assert "import (\n    HoldCreated,\n    HoldMoved,\n)\n" in text
    assert text.endswith('__all__ = [\n    "HoldCreated",\n    "HoldMoved",\n]\n')


def test_a_new_module_of_events_is_imported() -> None:
    text = with_exports(SOURCE, {"hold": {"HoldCreated"}, "loyalty": {"CardIssued"}})

    assert "from events.facts.loyalty import (\n    CardIssued,\n)\n\n__all__" in text
    assert '    "CardIssued",\n' in text


def test_exports_that_are_complete_stay_complete() -> None:
    once = with_exports(SOURCE, {"hold": {"HoldCreated"}})

    assert with_exports(once, {"hold": {"HoldCreated"}}) == once
