"""The envelope of an event on Kafka: CloudEvents 1.0 in binary mode, all headers plain text."""

from base64 import b64decode, b64encode
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, NamedTuple, Self
from uuid import NAMESPACE_URL, UUID, uuid5

from pydantic import ValidationError

from events.facts.base import CATALOGUE, Event
from events.facts.cloudevents import headers_of

if TYPE_CHECKING:  # the type alone
    from aiokafka import ConsumerRecord

RAW: Final = "base64:"


class Unreadable(Exception):
    """A record that no handler can be given: trying again would not make it another."""


class Envelope(NamedTuple):
    """An event on its way, or a record that claims to be an event."""

    event_id: UUID
    topic: str
    key: str
    headers: dict[str, str]
    payload: bytes
    partition: int | None = None
    offset: int | None = None

    @classmethod
    def around(cls, event: Event, more: Mapping[str, str] | None = None) -> Self:
        """Wrap an event, with more headers if given."""
        headers = {**headers_of(event), **(more or {})}
        payload = event.model_dump_json().encode()
        return cls(event.event_id, event.topic, event.key, headers, payload)

    @classmethod
    def of(cls, record: "ConsumerRecord[Any, Any]") -> Self:
        """Wrap a record of Kafka, whatever it is; `open` tells whether it is an event."""
        headers = _plain(record.headers) or _without_repeats(record.headers)
        return cls(
            _event_id(headers) or _event_id_of_a_place(record),
            record.topic,
            text_of(record.key or b""),
            headers,
            record.value or b"",
            record.partition,
            record.offset,
        )

    def open(self) -> Event:
        """Read the event; fields this service does not know are ignored."""
        if type(self.headers) is not _Text:
            self._refuse_non_text()
        kind = self.headers.get("ce_type")
        model = CATALOGUE.get(self.topic)
        if model is None or kind != self.topic:
            raise Unreadable(f"unknown type: {kind} on topic {self.topic}")
        try:
            event = model.model_validate_json(self.payload)
        except ValidationError as error:
            # Which field and which rule, never the value: it could be about a person.
            wrong = [f"{_path(e['loc'])}: {e['type']}" for e in error.errors(include_input=False)]
            raise Unreadable(f"not a {self.topic}: {'; '.join(wrong)}") from None
        if event.event_id.int != self.event_id.int:  # which is all that a UUID compares
            raise Unreadable("ce_id is not the event's event_id")
        if str(getattr(event, model.keyed_by)) != self.key:
            raise Unreadable(f"the record's key is not the event's {model.keyed_by}")
        return event

    def _refuse_non_text(self) -> None:
        # Headers are text, as CloudEvents says and our relay writes: else it is of another hand.
        for name, value in self.headers.items():
            if name.startswith(RAW):
                raise Unreadable("the name of a header is not UTF-8")
            if value.startswith(RAW):
                raise Unreadable(f"header {name} is not UTF-8")


class _Text(dict[str, str]):
    """Headers that are known to be text, and are not checked again."""


def text_of(raw: bytes) -> str:
    """Write bytes as text that PostgreSQL can keep, so that `bytes_of` gives them back."""
    try:
        text = raw.decode()
    except UnicodeDecodeError:
        text = RAW
    if text.startswith(RAW) or "\0" in text:
        return RAW + b64encode(raw).decode()
    return text


def bytes_of(text: str) -> bytes:
    """Give back the bytes that `text_of` wrote."""
    return b64decode(text.removeprefix(RAW)) if text.startswith(RAW) else text.encode()


def _plain(headers: Sequence[tuple[str, bytes | None]]) -> _Text | None:
    """Read headers that are text and unique, as our own are; None if they are not."""
    try:
        kept = _Text({name: str(value, "utf-8") for name, value in headers if value is not None})
    except UnicodeDecodeError:
        return None
    everything = "".join([*kept, *kept.values()])
    strange = len(kept) != len(headers) or "\0" in everything or RAW in everything
    return None if strange else kept


def _without_repeats(headers: Iterable[tuple[str, bytes | None]]) -> dict[str, str]:
    kept: dict[str, str] = {}
    seen: Counter[str] = Counter()
    for raw_name, value in headers:
        name = raw_name.replace("\0", "\N{REPLACEMENT CHARACTER}")
        seen[name] += 1
        kept[name if seen[name] == 1 else f"{name}#{seen[name]}"] = text_of(value or b"")
    return kept


def _event_id(headers: Mapping[str, str]) -> UUID | None:
    try:
        return UUID(headers.get("ce_id", ""))
    except ValueError:
        return None


def _event_id_of_a_place(record: "ConsumerRecord[Any, Any]") -> UUID:
    return uuid5(NAMESPACE_URL, f"{record.topic}/{record.partition}/{record.offset}")


def _path(parts: tuple[int | str, ...]) -> str:
    return ".".join(map(str, parts)) or "payload"
