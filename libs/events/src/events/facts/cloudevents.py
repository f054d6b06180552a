"""The CloudEvents 1.0 attributes of an event, as text headers of a Kafka record (binary mode)."""

from events.facts.base import Event


def headers_of(event: Event) -> dict[str, str]:
    """Return the headers that every event has, whatever sends it."""
    return {
        "ce_specversion": "1.0",
        "ce_id": str(event.event_id),
        "ce_source": f"/{event.source}",
        "ce_type": event.topic,
        "ce_time": event.occurred_at.isoformat(),
        "ce_subject": event.key,
        "ce_partitionkey": event.key,
        "content-type": "application/json",
    }
