"""The schemas of events, and the changes of one that break its contract."""

from collections.abc import Iterator
from typing import Any, Final

from events.facts.base import Event

KEY: Final = "x-keyed-by"
_WORDS: Final = ("title", "description")


def schema_of(event: type[Event]) -> dict[str, Any]:
    """Return the JSON Schema of an event with its key: the promise to its consumers."""
    return event.model_json_schema() | {KEY: event.keyed_by}


def breaks(schema: dict[str, Any], promise: dict[str, Any]) -> list[str]:
    """List in sentences what a new schema would break, and what to do instead.

    What is required never changes, a field never changes its meaning, and nothing is taken away;
    an optional field may be added. Words may be improved freely.
    """
    return [*_broken_keys(schema, promise), *_broken_fields(schema, promise)]


def _broken_keys(schema: dict[str, Any], promise: dict[str, Any]) -> Iterator[str]:
    old, new = promise.get(KEY), schema.get(KEY)
    if old != new:
        yield (
            f"The key was {old} and is {new}: events of one {old} would no longer be handled in"
            f" order. Keep {old}, or publish a new event."
        )


def _broken_fields(schema: dict[str, Any], promise: dict[str, Any]) -> Iterator[str]:
    old, new = _fields(promise), _fields(schema)
    old_required, new_required = (set(s.get("required", ())) for s in (promise, schema))
    for name in sorted(old.keys() - new.keys()):
        yield (
            f"{name} was taken away or renamed: those who read it would park every event."
            f" Keep {name}; add another field beside it if it needs another name."
        )
    for name in sorted(old.keys() & new.keys()):
        yield from _changed_meaning(name, old[name], new[name])
    for name in sorted(new_required - old_required):
        yield (
            f"{name} became required: events that are on their way do not have it."
            f" Give {name} a default."
        )
    for name in sorted((old_required - new_required) & new.keys()):
        yield f"{name} became optional: those who need it would find nothing. Keep it required."


def _changed_meaning(name: str, old: Any, new: Any) -> Iterator[str]:
    if old == new:
        return
    before, after = _choices(old), _choices(new)
    if before is None or after is None:
        yield (
            f"{name} was {_short(old)} and is {_short(new)}: the same word with another meaning."
            f" Keep {name} as it was and add a field with another name."
        )
        return
    if gone := sorted(before - after):
        yield (
            f"{name} no longer takes {', '.join(gone)}: events that say so could not be read."
            f" Keep the value, even if no service sends it any more."
        )
    if more := sorted(after - before):
        yield (
            f"{name} also takes {', '.join(more)}: those who do not know the value would park the"
            f" event. Publish a new event."
        )


def _fields(schema: dict[str, Any]) -> dict[str, Any]:
    definitions = schema.get("$defs", {})
    return {n: _meaning(node, definitions) for n, node in schema.get("properties", {}).items()}


def _meaning(node: Any, definitions: dict[str, Any]) -> Any:
    """Leave out the words and put in what is only named."""
    if isinstance(node, list):
        return [_meaning(item, definitions) for item in node]
    if not isinstance(node, dict):
        return node
    if "$ref" in node:
        return _meaning(definitions[node["$ref"].rpartition("/")[2]], definitions)
    return {
        name: {field: _meaning(item, definitions) for field, item in value.items()}
        if name == "properties"
        else _meaning(value, definitions)
        for name, value in node.items()
        if name not in _WORDS
    }


def _choices(node: Any) -> set[str] | None:
    """Return the values of a field that takes one of a few words, and nothing for another."""
    if not isinstance(node, dict) or not node.keys() & {"enum", "const"}:
        return None
    return {str(word) for word in node.get("enum") or [node["const"]]}


def _short(node: Any) -> str:
    if not isinstance(node, dict):
        return str(node)
    kind = node.get("type") or " or ".join(_short(option) for option in node.get("anyOf", ()))
    limits = [f"{n}={v}" for n, v in node.items() if n not in ("type", "anyOf", "default")]
    return " ".join([str(kind or "anything"), *map(str, limits)])
