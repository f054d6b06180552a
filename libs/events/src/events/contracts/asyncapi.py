"""The AsyncAPI document of the bus: every event, its producer, its consumers and what they do.

It is written from the classes and the golden samples. The consumers are known to the services
alone, so the caller gives them: see `Reactions`.
"""

import json
import sys
from collections.abc import Collection, Mapping
from inspect import cleandoc, getdoc
from typing import Any, Final

from events.contracts.schemas import KEY, schema_of
from events.facts.base import CATALOGUE, Event
from events.facts.cloudevents import headers_of

Reactions = Mapping[str, Mapping[str, str]]
"""By service and topic: what the service does with the event, as one sentence."""
Document = dict[str, Any]

DEAD_LETTERS: Final = "dlq."
_TEXT: Final = {"type": "string"}
_ID: Final = {"type": "string", "format": "uuid"}
_BINDING: Final = "0.5.0"


def document(
    reactions: Reactions, samples: Mapping[str, str], unpublished: Collection[str] = ()
) -> Document:
    """Describe the bus; `samples` has the golden sample of every topic, as JSON.

    `unpublished` events are promised, but no code publishes them yet.
    """
    described = _document(reactions, samples)
    for topic in unpublished:
        for node in (
            described["channels"][topic],
            described["operations"][_publishing(CATALOGUE[topic])],
        ):
            node["summary"] += " **No service publishes it yet.**"
    return described


def _document(reactions: Reactions, samples: Mapping[str, str]) -> Document:
    return {
        "asyncapi": "3.0.0",
        "info": _info(reactions),
        "defaultContentType": "application/json",
        "servers": {"kafka": _server()},
        "channels": {
            **{topic: _channel(event, reactions) for topic, event in CATALOGUE.items()},
            **{_letters(service): _dead_channel(service) for service in reactions},
        },
        "operations": {
            **{_publishing(e): _operation("send", e.source, e) for e in CATALOGUE.values()},
            **_consuming(reactions),
        },
        "components": {
            "messages": {
                **{topic: _message(e, samples[topic]) for topic, e in CATALOGUE.items()},
                "DeadLetter": _dead_letter(),
            },
            "messageTraits": {"CloudEvent": {"headers": _cloud_event()}},
            "schemas": {topic: schema_of(event) for topic, event in CATALOGUE.items()},
        },
    }


def summary_of(event: type[Event]) -> str:
    """Return the docstring of an event as one line: what is true when it is published."""
    return " ".join(cleandoc(event.__doc__ or "").split())


def _info(reactions: Reactions) -> dict[str, Any]:
    return {
        "title": "Chọn Số: the events",
        "version": "1",
        "description": (
            "From a chosen number to a connected SIM. Nine services publish facts on Kafka and act"
            " on each other's facts; none calls another. One topic per event, named as the event."
            " The key is the journey (`hold_id`) wherever there is one: events of one key and"
            " topic come in order, and at least once; between topics there is no order.\n\n"
            "A contract is never broken: fields are only added, and only optional ones. Readers"
            " ignore fields that they do not know. Nothing personal is in any event."
        ),
        "tags": [
            {"name": service, "description": _module_summary(service)}
            for service in dict.fromkeys([*reactions, *(e.source for e in CATALOGUE.values())])
        ],
    }


def _module_summary(service: str) -> str:
    return (getdoc(sys.modules.get(f"events.facts.{service}")) or f"The {service} service.").strip()


def _server() -> dict[str, Any]:
    return {
        "host": "{bootstrap}",
        "protocol": "kafka",
        "description": "Apache Kafka. Every topic has the same number of partitions.",
        "variables": {
            "bootstrap": {
                "default": "localhost:9092",
                "description": "KAFKA_BOOTSTRAP, or what the environment says.",
            }
        },
    }


def _channel(event: type[Event], reactions: Reactions) -> dict[str, Any]:
    return {
        "address": event.topic,
        "title": event.topic,
        "summary": summary_of(event),
        "messages": {event.topic: {"$ref": f"#/components/messages/{event.topic}"}},
        "tags": [{"name": event.source}],
        KEY: event.keyed_by,
        "x-producer": event.source,
        "x-consumers": [s for s, consumed in reactions.items() if event.topic in consumed],
    }


def _operation(action: str, service: str, event: type[Event]) -> dict[str, Any]:
    channel = f"#/channels/{event.topic}"
    return {
        "action": action,
        "title": f"{service} {action}s {event.topic}",
        "summary": summary_of(event),
        "channel": {"$ref": channel},
        "messages": [{"$ref": f"{channel}/messages/{event.topic}"}],
        "tags": [{"name": service}],
    }


def _publishing(event: type[Event]) -> str:
    return f"{event.source}.sends.{event.topic}"


def _consuming(reactions: Reactions) -> dict[str, Any]:
    group = {"bindingVersion": _BINDING}
    return {
        f"{service}.receives.{topic}": {
            **_operation("receive", service, CATALOGUE[topic]),
            "summary": consumed[topic],
            "bindings": {"kafka": {"groupId": {**_TEXT, "enum": [service]}, **group}},
        }
        for service, consumed in reactions.items()
        for topic in CATALOGUE
        if topic in consumed
    }


def _message(event: type[Event], sample: str) -> dict[str, Any]:
    return {
        "name": event.topic,
        "title": event.topic,
        "summary": summary_of(event),
        "contentType": "application/json",
        "traits": [{"$ref": "#/components/messageTraits/CloudEvent"}],
        "payload": {"$ref": f"#/components/schemas/{event.topic}"},
        "correlationId": {
            "location": "$message.header#/ce_correlationid",
            "description": "The journey.",
        },
        "bindings": {"kafka": {"key": _key(event), "bindingVersion": _BINDING}},
        "tags": [{"name": event.source}],
        "examples": [
            {
                "name": event.topic,
                "summary": "The golden sample, and its headers.",
                "headers": headers_of(event.model_validate_json(sample)),
                "payload": json.loads(sample),
            }
        ],
    }


def _key(event: type[Event]) -> dict[str, Any]:
    return {**_ID, "description": f"The event's `{event.keyed_by}`, as text."}


def _cloud_event() -> dict[str, Any]:
    def text(description: str, **more: str) -> dict[str, str]:
        return {**_TEXT, **more, "description": description}

    return {
        "type": "object",
        "description": "CloudEvents 1.0 in binary mode. All values are text.",
        "required": ["ce_specversion", "ce_id", "ce_source", "ce_type", "content-type"],
        "properties": {
            "ce_specversion": {**_TEXT, "const": "1.0"},
            "ce_id": text("The event's `event_id`: the same id is the same fact.", format="uuid"),
            "ce_source": text(
                "The service that publishes it, such as `/hold`.", format="uri-reference"
            ),
            "ce_type": text("The name of the event, and of its topic."),
            "ce_time": text("When it became true.", format="date-time"),
            "ce_subject": text("What it is about: the same as the record's key."),
            "ce_partitionkey": text("The record's key."),
            "ce_correlationid": text("The journey it belongs to."),
            "ce_causationid": text("The event that led to it, if one did.", format="uuid"),
            "traceparent": text("W3C trace context of the producer."),
            "tracestate": text("W3C trace context of the producer."),
            "content-type": {**_TEXT, "const": "application/json"},
        },
    }


def _letters(service: str) -> str:
    return f"{DEAD_LETTERS}{service}"


def _dead_channel(service: str) -> dict[str, Any]:
    return {
        "address": _letters(service),
        "title": _letters(service),
        "summary": f"What {service} gave up: a person has to look, and may have it tried again.",
        "messages": {"DeadLetter": {"$ref": "#/components/messages/DeadLetter"}},
        "tags": [{"name": service}],
        "x-producer": service,
        "x-consumers": [],
    }


def _dead_letter() -> dict[str, Any]:
    notes = {
        "dlq-reason": "The kind of failure and where it was; never what the event said.",
        "dlq-attempts": "How often it was tried.",
        "dlq-topic": "The topic it came from.",
        "dlq-partition": "The partition it came from.",
        "dlq-offset": "Its offset there.",
        "dlq-left-out": "What was too large to be repeated here and is in the table only.",
    }
    required = [name for name in notes if name != "dlq-left-out"]
    properties = {
        name: {**_TEXT, "description": description} for name, description in notes.items()
    }
    return {
        "name": "DeadLetter",
        "title": "A dead letter",
        "summary": "A record that a service could not handle, as it came, and why.",
        "headers": {"type": "object", "required": required, "properties": properties},
        "payload": {"description": "The bytes of the record: an event, or what claimed to be one."},
        "bindings": {"kafka": {"key": _TEXT, "bindingVersion": _BINDING}},
    }
