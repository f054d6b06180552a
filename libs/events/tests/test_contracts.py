"""A published fact may grow but never change: the schemas on disk are the promise."""

import json
import re
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from events import CATALOGUE, Event
from events.contracts.schemas import KEY, breaks, schema_of

PROMISES = Path(__file__).parents[1] / "contracts"
SAMPLES = PROMISES / "samples"

every_fact = pytest.mark.parametrize("event", CATALOGUE.values(), ids=CATALOGUE.keys())


@every_fact
def test_every_fact_keeps_its_promise(event: type[Event]) -> None:
    promise = json.loads((PROMISES / f"{event.__name__}.json").read_text())

    assert breaks(schema_of(event), promise) == []


@every_fact
def test_every_fact_can_still_be_read_as_it_was_when_it_was_new(event: type[Event]) -> None:
    sample = json.loads((SAMPLES / f"{event.__name__}.json").read_text())

    read = event.model_validate_json(json.dumps(sample))

    assert read.model_dump(mode="json").items() >= sample.items()


@every_fact
def test_every_fact_has_a_key_and_nobodys_phone_number(event: type[Event]) -> None:
    assert event.model_fields[event.keyed_by].is_required()
    assert event.model_fields[event.keyed_by].annotation not in (None, type(None))
    assert "msisdn" not in event.model_fields or "customer_id" not in event.model_fields


def test_every_promise_is_still_stated() -> None:
    assert {path.stem for path in PROMISES.glob("*.json")} == CATALOGUE.keys()
    assert {path.stem for path in SAMPLES.glob("*.json")} == CATALOGUE.keys()


Schema = dict[str, Any]


def remove(schema: Schema) -> None:
    del schema["properties"]["number_id"]
    schema["required"].remove("number_id")


def rename(schema: Schema) -> None:
    schema["properties"]["phone_number_id"] = schema["properties"]["number_id"]
    schema["required"].append("phone_number_id")
    remove(schema)


def retype(schema: Schema) -> None:
    schema["properties"]["number_id"] = {"type": "integer"}


def newly_require(schema: Schema) -> None:
    schema["properties"]["price_vnd"] = {"type": "integer"}
    schema["required"].append("price_vnd")


def no_longer_require(schema: Schema) -> None:
    schema["required"].remove("number_id")


def narrow(schema: Schema) -> None:
    schema["properties"]["because"]["enum"].remove("COD")


def narrow_to_one_word(schema: Schema) -> None:
    schema["properties"]["because"] = {"const": "PAID", "type": "string"}


def widen(schema: Schema) -> None:
    schema["properties"]["because"]["enum"].append("GIFT")


def change_the_key(schema: Schema) -> None:
    schema[KEY] = "number_id"


@pytest.mark.parametrize(
    ("change", "advice"),
    [
        (remove, "number_id was taken away or renamed: .* Keep number_id;"),
        (rename, "number_id was taken away or renamed: .* Keep number_id;"),
        (retype, "number_id was string format=uuid and is integer: .* Keep number_id as it"),
        (newly_require, "price_vnd became required: .* Give price_vnd a default."),
        (no_longer_require, "number_id became optional: .* Keep it required."),
        (narrow, "because no longer takes COD: .* Keep the value"),
        (narrow_to_one_word, "because no longer takes COD: .* Keep the value"),
        (widen, "because also takes GIFT: .* Publish a new event."),
        (change_the_key, "The key was hold_id and is number_id: .* Keep hold_id, or publish a new"),
    ],
)
def test_a_change_that_breaks_a_promise_is_refused_with_advice(
    change: Callable[[Schema], None], advice: str
) -> None:
    promise = json.loads((PROMISES / "HoldConfirmed.json").read_text())

    schema = deepcopy(promise)
    change(schema)

    assert re.search(advice, "\n".join(breaks(schema, promise)))


def test_a_new_optional_field_and_better_words_are_welcome() -> None:
    promise = json.loads((PROMISES / "HoldConfirmed.json").read_text())
    schema = deepcopy(promise)
    schema["properties"]["note"] = {"type": "string", "default": ""}
    schema["properties"]["number_id"]["description"] = "Better words."
    schema["description"] = "Better words."

    assert breaks(schema, promise) == []


def test_a_change_behind_a_reference_is_seen() -> None:
    node = {"properties": {"title": {"type": "string"}}, "type": "object"}
    promise: Schema = {"properties": {"who": {"$ref": "#/$defs/Who"}}, "$defs": {"Who": node}}
    schema = deepcopy(promise)
    schema["$defs"]["Who"]["properties"]["title"] = {"type": "integer"}

    assert len(breaks(schema, promise)) == 1
    assert breaks(promise, promise) == []
